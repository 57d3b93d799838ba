"""What a program declares: one resource an object, one provider a tenant, an API by its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, Tenant
from pulumi_auth0_apis.errors import ConfigurationError, DuplicateError
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from .conftest import Run
from .declared_programs import (
    by_text,
    protected,
    two_apis,
    two_grants,
    two_permissions_by_different_names_of_their_api,
    two_permissions_of_an_api_that_is_not_named_by_a_text,
)

ORDERS = "https://orders.example.com"
BILLING = "billingServiceSandbox00000000001"


TWICE = [
    two_apis,
    two_permissions_by_different_names_of_their_api,
    two_permissions_of_an_api_that_is_not_named_by_a_text,
    two_grants,
]


@pytest.mark.parametrize("program", TWICE)
def test_two_resources_for_one_object(run: Run, program: Callable[[], None]) -> None:
    """They are refused in the program, by both names, however the program names the object."""
    with pytest.raises(DuplicateError, match=r'"one" and \w+ "other" stand for one'):
        run(program)


@pytest.mark.parametrize("program", TWICE)
def test_two_resources_for_one_object_on_an_engine(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram, program: Callable[[], None]
) -> None:
    """A preview says so without a call, and an update makes at most one of the two."""
    running = pulumi_program(program)
    previewed = running.preview(fails=True)
    assert any('"other" stand for one' in error for error in previewed.errors), previewed.errors
    updated = running.up(fails=True)
    told = ('"other" stand for one', "is declared twice")
    assert any(text in error for error in updated.errors for text in told), updated.errors
    assert len(auth0_tenant.grants) + sum(map(len, auth0_tenant.permissions.values())) <= 1


def test_resources_that_differ_in_part_of_the_key(run: Run) -> None:
    """Grants of two subject types, and permissions of two APIs, are objects of their own."""

    def program() -> None:
        for name in ("a", "b"):
            api = ResourceServer(name, identifier=f"urn:{name}")
            Permission(f"read {name}", resource_server_identifier=api.identifier, scope="read")
        for subject in ("client", "user"):
            ClientGrant(subject, client_id=BILLING, audience="urn:a", subject_type=subject, scopes=[])

    assert len(run(program).registered) == 6


def test_a_look_up_is_no_second_resource(run: Run) -> None:
    """A program may read what it declares."""

    def program() -> None:
        ResourceServer("orders", identifier=ORDERS)
        ResourceServer.get("found", ORDERS)

    assert set(run(program).registered) == {"orders", "found"}


def tenant(name: str, domain: pulumi.Input[str]) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(provider=Tenant(name, domain=domain, api_token="token"))


@pytest.mark.parametrize("late", [False, True])
def test_two_providers_of_one_tenant(run: Run, late: bool) -> None:
    """Two providers of one domain, however it is written, are refused by both names."""

    def program() -> None:
        ResourceServer("a", tenant("eu", "eu.auth0.com"), identifier="urn:a")
        domain: Any = "https://EU.auth0.com/"
        ResourceServer(
            "b", tenant("old", pulumi.Output.from_input(domain) if late else domain), identifier="urn:b"
        )

    with pytest.raises(ConfigurationError, match=r'Tenant "eu" and Tenant "old" are two providers'):
        run(program)


def test_a_provider_beside_the_stacks_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tenant of the domain that the stack is configured for is refused as well."""
    monkeypatch.setenv("AUTH0_DOMAIN", "eu.auth0.com")

    def program() -> None:
        ResourceServer("a", identifier="urn:a")
        ResourceServer("b", tenant("eu", "eu.auth0.com"), identifier="urn:b")

    with pytest.raises(ConfigurationError, match=r'own configuration.* and Tenant "eu"'):
        run(program)


def test_the_text_of_an_api_is_its_output(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A permission and a grant that name their API by the same text follow it through a replacement."""
    program = pulumi_program(by_text)
    program.up()
    program.configure({"test:alg": "PS256"})
    assert program.up().changes == dict.fromkeys(("orders", "read", "billing"), "replace")
    assert auth0_tenant.permissions == {ORDERS: {"read:orders"}}
    assert auth0_tenant.grants[BILLING, ORDERS]["scope"] == ["read:orders"]
    program.destroy()
    assert auth0_tenant.permissions == {}


def test_a_permission_does_not_go_with_a_protected_api(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """Where the engine does not delete the API, the permission is removed by itself."""
    program = pulumi_program(protected, config={"test:protect": "true"})
    program.up()
    program.destroy(fails=True)
    assert auth0_tenant.permissions == {ORDERS: set()}
    assert program.up().changes == {"read": "create"}
