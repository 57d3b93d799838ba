"""Two lifetimes of which one may not exceed the other, where the program gives one."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.resources.resource_server import PROVIDER

from .conftest import BOTH, Kind

FACES = BOTH
ORDERS = "https://orders.example.com"
WEB = "token_lifetime_for_web"


def completed(**inputs: Any) -> Any:
    """The browser lifetime that check asks for."""
    return PROVIDER.completed({"identifier": ORDERS, **inputs}, {}).get(WEB)


@settings(deadline=None)
@given(lifetime=st.integers(1, 2_592_000), web=st.none() | st.integers(1, 2_592_000))
def test_browsers_never_get_longer_lived_tokens(lifetime: int, web: int | None) -> None:
    """A browser lifetime that is given stays; else it follows the other below the 7,200 s of a tenant."""
    given_too: dict[str, Any] = {} if web is None else {WEB: web}
    expected = web if web is not None else lifetime if lifetime < 7_200 else None
    assert completed(token_lifetime=lifetime, **given_too) == expected


def test_the_tenant_is_told(apis: Kind, session: Session) -> None:
    """`token_lifetime=600` alone leaves no token that lives longer; raised again, it frees both."""
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=600)
    assert session.resource_servers.get(id_)[WEB] == 600
    assert WEB in outputs["managed"]
    apis.update(id_, outputs, identifier=ORDERS, token_lifetime=86_400)
    assert session.resource_servers.get(id_)[WEB] == 7_200


def checked(apis: Kind, before: dict[str, Any], **inputs: Any) -> Any:
    return apis.check_again({"identifier": ORDERS, **before}, {"identifier": ORDERS, **inputs})


def test_a_state_that_says_one_alone_goes_on(apis: Kind) -> None:
    """An API that was made before with this lifetime shows no difference; another lifetime brings both."""
    before = {"token_lifetime": 600.0}
    assert checked(apis, before, token_lifetime=600.0) == {"identifier": ORDERS, "token_lifetime": 600}
    assert checked(apis, before, token_lifetime=900.0)[WEB] == 900
    assert checked(apis, {**before, WEB: 60.0}, token_lifetime=600.0)[WEB] == 600


def test_what_is_imported_is_taken_as_it_is() -> None:
    """`import_` compares what the program says itself; adopt=True applies what follows as well."""
    assert completed(token_lifetime=300, adopt="0123456789abcdef01234567") is None
    assert completed(token_lifetime=300, adopt=True) == 300


@pytest.mark.parametrize(
    "inputs",
    [
        {"identifier": "https://t.eu.auth0.com/me/", "token_lifetime": 300},
        {"token_lifetime": pulumi.output.Unknown()},  # type: ignore[no-untyped-call]
        {"token_lifetime": "300"},
        {},
    ],
)
def test_nothing_follows_from_what_is_not_known_or_not_ours(inputs: dict[str, Any]) -> None:
    """Auth0's own APIs take no browser lifetime; an unknown or a malformed lifetime says nothing yet."""
    assert completed(**inputs) is None
