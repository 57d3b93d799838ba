"""A pull request's program: resources of our types that call no tenant and refuse nothing.

With `PULL_REQUEST` in the environment it raises a lifetime to 40 days, turns the API to HS256, adds a
blanket grant and drops a permission in use. As `forgotten` it turns RBAC off as well, for rules to correct;
as `corrected` it leaves the algorithm, whose change makes the engine forget corrections.
"""

from __future__ import annotations

import os
from typing import Any

import pulumi
from pulumi.dynamic import CreateResult, DiffResult, Resource, ResourceProvider

REPLACING = ("identifier", "signing_alg", "resource_server_identifier", "scope", "audience", "client_id")


class Provider(ResourceProvider):
    """Takes everything."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make up an id."""
        return CreateResult("id", props)

    def diff(self, _id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        """Compare inputs; an unknown differs from everything."""
        replaces = [name for name in REPLACING if repr(olds.get(name)) != repr(news.get(name))]
        return DiffResult(changes=None, replaces=replaces, delete_before_replace=True)


class ResourceServer(Resource, module="auth0", name="ResourceServer"):
    """An API."""

    identifier: pulumi.Output[str]


class Permission(Resource, module="auth0", name="Permission"):
    """A permission."""


class ClientGrant(Resource, module="auth0", name="ClientGrant"):
    """A grant."""


pull_request = os.environ.get("PULL_REQUEST")
changed = pull_request is not None
corrected = pull_request in ("corrected", "forgotten")
orders = ResourceServer(
    Provider(),
    "orders",
    {
        "identifier": "https://orders.example.com",
        "name": "Orders",
        "token_lifetime": 3_456_000 if changed else 3600,
        "token_lifetime_for_web": 600,
        "signing_alg": "HS256" if changed and pull_request != "corrected" else "RS256",
        "signing_secret": pulumi.Output.secret("a-secret-that-no-report-may-show"),
        "enforce_policies": not corrected,
        "token_dialect": "rfc9068_profile_authz",
    },
)


def permission(name: str, scope: str) -> None:
    """Declare a permission of the API."""
    inputs = {"resource_server_identifier": orders.identifier, "scope": scope, "description": scope}
    Permission(Provider(), name, inputs)


def grant(name: str, client_id: str, **access: Any) -> None:
    """Give an application access to the API."""
    ClientGrant(Provider(), name, {"client_id": client_id, "audience": orders.identifier, **access})


permission("read-orders", "read:orders")
if not changed:
    permission("write-orders", "write:orders")
grant("billing", "billingServiceSandbox00000000001", scopes=["read:orders", "write:orders"])
if changed:
    grant("reporting", "reportsServiceSandbox00000000002", allow_all_scopes=True)
