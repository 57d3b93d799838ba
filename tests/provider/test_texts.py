"""Texts that cannot be what they stand for: made of an object, or of signs that identify nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_auth0_apis import Permission
from pulumi_auth0_apis._inputs import shape_failures
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._texts import SCOPE, unfit_names
from pulumi_auth0_apis.resources import client_grant, permission, resource_server

from .conftest import Run

ORDERS = "https://orders.example.com"
API, PERMISSION, GRANT = resource_server.PROVIDER, permission.PROVIDER, client_grant.PROVIDER
INPUTS: dict[ObjectProvider, dict[str, Any]] = {
    API: {"identifier": ORDERS},
    PERMISSION: {"resource_server_identifier": ORDERS, "scope": "read:orders"},
    GRANT: {"client_id": "billing", "audience": ORDERS, "scopes": ["read:orders"]},
}
NAMES = [
    (API, "identifier"),
    (PERMISSION, "resource_server_identifier"),
    (GRANT, "audience"),
    (GRANT, "client_id"),
]
ORDINARY = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=3)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def failures(provider: ObjectProvider, **changed: Any) -> list[tuple[str, str]]:
    """What the rules refuse in the inputs of a resource that are otherwise in order."""
    inputs = {**INPUTS[provider], **changed}
    return shape_failures(provider.settings, inputs) or list(provider.check(inputs))


def made_of(run: Run, text: Any) -> str:
    """The text that a program makes of a permission's output."""
    made: list[str] = []

    def program() -> None:
        made.append(text(Permission("read", resource_server_identifier=ORDERS, scope="read:orders")))

    run(program)
    return made[0]


@pytest.mark.parametrize(
    "text",
    [
        lambda read: f"https://{read.scope}/v2",
        lambda read: str(read.scope),
        lambda read: f"{[read.scope]}",
        lambda read: json.dumps({"scope": read}, default=repr),
    ],
    ids=["f-string", "str", "list", "json"],
)
def test_an_output_in_a_text_is_refused(run: Run, text: Any) -> None:
    """Wherever a text holds what Python makes of an Output, check says what to write, once a setting."""
    mistaken = made_of(run, text)
    for provider, name in NAMES:
        ((path, reason),) = failures(provider, **{name: mistaken})
        assert (path, "pulumi.Output.concat(" in reason, mistaken in reason) == (name, True, False)


def test_an_output_in_a_text_is_found_at_any_depth() -> None:
    """Lists and nested settings are looked through, those of a fixed choice too; each path is told."""
    mistaken = "x Calling __str__ on an Output[T] is not supported.\n\nTo get"
    node = "Calling [toString] on an [Output<T>] is not supported."
    found = failures(
        API,
        name=mistaken,
        signing_alg=mistaken,
        scopes=[{"value": "a"}, {"value": "b", "description": node}],
        signing_secret=mistaken,
    )
    assert [path for path, _ in found] == ["name", "signing_alg", "scopes[1].description", "signing_secret"]
    assert [path for path, _ in failures(GRANT, scopes=["a", mistaken])] == ["scopes[1]"]


def unfit(text: str) -> list[str]:
    """Why a text identifies nothing."""
    return [reason for _, reason in unfit_names({"name": text}, "name")]


@unhurried
@given(before=ORDINARY, control=st.characters(categories=["Cc", "Zl", "Zp"]), after=ORDINARY)
def test_what_identifies_is_one_line_of_signs(before: str, control: str, after: str) -> None:
    """A control character or a line break is refused, whatever stands around it, and told once."""
    assert unfit(before + control + after) == ["should contain no line break, NUL or other control character"]
    assert unfit(control + after) == unfit(before + control) == unfit(before + control + after)


@unhurried
@given(before=ORDINARY, blank=st.characters(categories=["Zs"]), after=ORDINARY)
def test_what_identifies_has_no_outer_blanks(before: str, blank: str, after: str) -> None:
    """A blank at either end is refused; one inside is not."""
    reason = ["should neither begin nor end with a blank"]
    assert (unfit(blank + after), unfit(before + blank), unfit(before + blank + after)) == (
        reason,
        reason,
        [],
    )


@unhurried
@given(scope=st.text(min_size=1))
def test_a_scope_is_visible(scope: str) -> None:
    """No white space and no control character stands in a scope; everything else may."""
    visible = not any(sign.isspace() or unicodedata.category(sign) == "Cc" for sign in scope)
    assert bool(SCOPE.fullmatch(scope)) is visible


@pytest.mark.parametrize(("provider", "name"), NAMES)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("urn:orders\n", "should contain no line break, NUL"),
        ("urn:\0orders", "should contain no line break, NUL"),
        (" urn:orders", "should neither begin nor end with a blank"),
        (".", "should be neither . nor .., which are steps"),
        ("..", "should be neither . nor .., which are steps"),
        ("...", ""),
        ("urn:the orders", ""),
    ],
)
def test_what_identifies_an_object_is_checked(
    provider: ObjectProvider, name: str, text: str, reason: str
) -> None:
    """Identifiers and client ids of every kind of resource pass these rules."""
    found = failures(provider, **{name: text})
    assert [(path, why[: len(reason)]) for path, why in found] == ([(name, reason)] if reason else [])


@pytest.mark.parametrize(
    ("provider", "scope"),
    [
        (PERMISSION, lambda scope: {"scope": scope}),
        (GRANT, lambda scope: {"scopes": [scope]}),
        (API, lambda scope: {"scopes": [{"value": scope}]}),
    ],
)
def test_scopes_are_checked_wherever_they_stand(
    provider: ObjectProvider, scope: Callable[[str], dict[str, Any]]
) -> None:
    """A permission, a grant and an API's own list take the same scopes."""
    refused = [failures(provider, **scope(f"read{sign}orders")) for sign in "\0\n\x7f :"]
    assert [bool(found) for found in refused] == [True, True, True, True, False]
    assert "no white space or control character" in refused[0][0][1]


def test_the_id_of_a_permission_is_no_scope() -> None:
    """What `permission.id` comes to is told from a scope that merely holds `::`."""
    ((path, reason),) = failures(GRANT, scopes=["crm::read", f"{ORDERS}::read:orders"])
    assert (path, "permission.scope" in reason) == ("scopes[1]", True)
    unknown = pulumi.output.Unknown()  # type: ignore[no-untyped-call]
    assert failures(GRANT, audience=unknown, scopes=[f"{ORDERS}::read:orders"]) == []
