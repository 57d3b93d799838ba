"""The limits of Auth0's plans: requests per second and numbers of entities.

Rates: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy/rate-limit-configurations
Entities: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket's size and how fast it fills."""

    burst: int
    per_second: float


@dataclass(frozen=True, slots=True)
class SubscriptionPlan:
    """One plan. `endpoints` gives some routes a bucket of their own; all others share `rate`."""

    name: str
    rate: Rate
    resource_servers: int
    client_grants: int
    clients: int
    endpoints: dict[str, Rate] = field(default_factory=dict)


_LIST_CLIENTS = "GET /api/v2/clients"
_ORGANIZATION_GRANTS = "/api/v2/organizations/{id}/client-grants"

PLANS = {
    plan.name: plan
    for plan in (
        SubscriptionPlan("free", Rate(2, 2), 10, 100, 10),
        SubscriptionPlan("self-service", Rate(10, 2.5), 100, 10_000, 100, {_LIST_CLIENTS: Rate(5, 100 / 60)}),
        SubscriptionPlan("enterprise-dev", Rate(10, 2), 100_000, 100_000, 100_000),
        SubscriptionPlan(
            "enterprise",
            Rate(50, 16),
            100_000,
            100_000,
            100_000,
            {
                f"GET {_ORGANIZATION_GRANTS}": Rate(10, 100 / 60),
                f"POST {_ORGANIZATION_GRANTS}": Rate(5, 150 / 60),
            },
        ),
    )
}

UNLIMITED = SubscriptionPlan("unlimited", Rate(1_000_000, 1_000_000.0), 2**31, 2**31, 2**31)
"""No limit at all: what a sandbox has unless a plan is chosen."""


def plan_named(name: str | None) -> SubscriptionPlan:
    """The plan with this name, None for no limits; ValueError names the plans there are."""
    if name is None:
        return UNLIMITED
    try:
        return PLANS[name]
    except KeyError:
        raise ValueError(f"There is no plan {name!r}; choose one of {', '.join(PLANS)}.") from None
