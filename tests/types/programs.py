"""Programs that type checkers must take, and lines that they must refuse. `make types` judges them.

A line that must fail ignores its error by mypy's name for it: mypy and pyright refuse an ignore that nothing
needs, here in their strict modes.
"""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_auth0_apis import (
    ClientGrant,
    ClientGrantResult,
    Permission,
    ResourceServer,
    ResourceServerResult,
    SigningAlg,
    Tenant,
    TokenDialect,
    get_client_grants,
    get_clients_output,
    get_resource_server,
    get_resource_server_output,
)


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
    ClientGrant("d", client_id="c", audience="a", scopes=("read:orders",), allow_all_scopes=False)


def grants_of_every_form(billing: ClientGrant, everything: pulumi.Output[bool]) -> None:
    """One application or a group of them; some permissions or all; what another grant has."""
    ClientGrant("a", client_id="c", audience="a", allow_all_scopes=True, adopt=True)
    ClientGrant("b", default_for="third_party_clients", audience="a", scopes=[], subject_type="user")
    ClientGrant("c", default_for="third_party_clients", audience="a", allow_all_scopes=everything)
    ClientGrant("d", client_id=billing.client_id, audience=billing.audience, scopes=billing.scopes)


def what_look_ups_find(eu: Tenant, orders: ResourceServer) -> None:
    """Results have attributes of known types, are keyed too, and come from a Tenant where one is given."""
    there = pulumi.InvokeOptions(provider=eu)
    found: ResourceServerResult = get_resource_server("https://orders.example.com", opts=there)
    grants: list[ClientGrantResult] = get_client_grants(audience=found.identifier)
    lifetime: int = found.token_lifetime
    pulumi.export("scopes", [grant.scopes or [] for grant in grants])
    pulumi.export("new", found["a_setting_of_tomorrow"])
    later = get_resource_server_output(orders.identifier, opts=there)
    clients = get_clients_output("Billing", opts=there)
    ResourceServer(
        "twin", identifier=later.apply(lambda api: f"{api.identifier}/twin"), token_lifetime=lifetime
    )
    ClientGrant(
        "a", client_id=clients.apply(lambda some: some[0].client_id), audience=orders.identifier, scopes=[]
    )


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
    ClientGrant("i", client_id="c", audience="a", scopes=[], subject_type=anything, organization_usage="no")  # type: ignore[call-overload]
    ClientGrant("j", client_id="c", audience="a", scopes="read:orders")  # type: ignore[call-overload]
    ClientGrant("k", client_id="c", audience="a")  # type: ignore[call-overload]
    ClientGrant("l", client_id="c", audience="a", scopes=["a"], allow_all_scopes=True)  # type: ignore[call-overload]
    ClientGrant("m", client_id="c", default_for="third_party_clients", audience="a", scopes=[])  # type: ignore[call-overload]
    ClientGrant("n", audience="a", scopes=[])  # type: ignore[call-overload]
    ClientGrant("o", client_id="c", audience="a", allow_all_scopes=False)  # type: ignore[call-overload]
    print(get_resource_server("a").token_lifetme)  # type: ignore[attr-defined]
    get_resource_server(orders.identifier)  # type: ignore[arg-type]
    get_clients_output(opts=pulumi.ResourceOptions())  # type: ignore[arg-type]
