"""Programs that the type checker must take, and lines that it must refuse. `make types` judges them.

A line that must fail ignores its error by name: mypy's strict mode refuses an ignore that nothing needs.
"""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, SigningAlg, TokenDialect


def settings_of_another_api(orders: ResourceServer) -> None:
    """Outputs of one API are inputs of the next, those that may be None where an input may be left out."""
    ResourceServer(
        "twin",
        identifier=orders.identifier.apply(lambda identifier: f"{identifier}/twin"),
        name=orders.name,
        token_lifetime=orders.token_lifetime,
        token_lifetime_for_web=orders.token_lifetime_for_web,
        enforce_policies=orders.enforce_policies,
        allow_offline_access=orders.allow_offline_access,
        consent_policy=None,
    )
    Permission("twin", resource_server_identifier=orders.identifier, scope="read:orders", description=None)


def choices_by_name(strict: bool) -> None:
    """A choice that a program computes has a name to be annotated with."""
    algorithm: SigningAlg = "PS256" if strict else "RS256"
    dialect: TokenDialect = "rfc9068_profile_authz" if strict else "access_token"
    ResourceServer("orders", identifier="a", signing_alg=algorithm, token_dialect=dialect)


def scopes_of_any_kind(read: Permission, listed: list[str], later: pulumi.Output[list[str]]) -> None:
    """Scopes are texts, outputs, or an output of all of them."""
    ClientGrant("a", client_id="c", audience="a", scopes=[read.scope, "write:orders"])
    ClientGrant("b", client_id="c", audience="a", scopes=listed)
    ClientGrant("c", client_id="c", audience="a", scopes=later)


def refused(orders: ResourceServer, anything: Any) -> None:
    """What is no value of an input, or may be missing where one is needed."""
    ResourceServer("a")  # type: ignore[call-arg]
    ResourceServer("b", identifier=orders.name)  # type: ignore[arg-type]
    ResourceServer("c", identifier="a", token_lifetime="3600")  # type: ignore[arg-type]
    ResourceServer("d", identifier="a", signing_alg="RS1024")  # type: ignore[arg-type]
    ResourceServer("e", identifier="a", token_lifetme=3600)  # type: ignore[call-arg]
    ResourceServer("f", identifier="a", scopes=[{"name": "read:orders"}])  # type: ignore[list-item]
    Permission("g", resource_server_identifier=orders, scope="read:orders")  # type: ignore[arg-type]
    ClientGrant("h", client_id="c", audience="a", scopes=[1])  # type: ignore[list-item]
    ClientGrant("i", client_id="c", audience="a", subject_type=anything, organization_usage="always")  # type: ignore[arg-type]
