"""Without RBAC Auth0 gives every user every scope that an application asks for.

With `enforce_policies` it grants only the permissions that the user has by role or directly.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


def switch_on(api: ResourceServer, _: Configuration) -> dict[str, bool]:
    """Turn RBAC on."""
    return {} if api.enforce_policies else {"enforce_policies": True}


@resource_rule(
    ResourceServer,
    name="rbac-enabled",
    severity=Severity.HIGH,
    remedy="switch `enforce_policies` on and give users roles that hold the API's permissions.",
    tags=["access", "rbac"],
    url="https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis",
    framework=PolicyComplianceFramework(
        "OWASP API Security Top 10", "2023", "API5", "Broken Function Level Authorization"
    ),
    remediate=switch_on,
)
def rbac_enabled(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """An API enforces role-based access control."""
    if not api.enforce_policies:
        yield "`enforce_policies` is off: a user gets every scope that an application asks for."
