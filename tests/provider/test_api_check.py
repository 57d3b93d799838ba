"""What check refuses of an API beyond types and limits: claims of anonymous sessions, and what is Auth0's."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from .conftest import Kind

ORDERS = "https://orders.example.com"
MANAGEMENT = "https://shop.eu.auth0.com/api/v2/"
PATH = "access_token.claims_mapping.custom_claims"
COUNTRY = "anonymous_session.metadata.country"
UNKNOWN = pulumi.output.Unknown()  # type: ignore[no-untyped-call]


def mapping(*claims: Any) -> dict[str, Any]:
    return {"access_token": {"claims_mapping": {"custom_claims": list(claims)}}}


def claim(name: Any, expression: Any = COUNTRY) -> dict[str, Any]:
    return {"name": name, "expression": expression}


@pytest.mark.parametrize(
    ("inputs", "failure"),
    [
        (mapping(claim("a"), claim("Sub")), f"{PATH}[1].name: is the name of a claim that Auth0 or a"),
        (mapping(claim("scope")), f"{PATH}[0].name: is the name of a claim that Auth0 or a"),
        (mapping(claim("")), f"{PATH}[0].name: should be at least one character"),
        (mapping(claim("a"), claim("a")), f"{PATH}[1].name: a is listed twice"),
        (mapping(claim("a", "country")), f"{PATH}[0].expression: should be a path of names with dots"),
        (mapping(claim("a", "a.b[0]")), f"{PATH}[0].expression: should be a path of names with dots"),
        (mapping(claim("a", "a..b")), f"{PATH}[0].expression: should be a path of names with dots"),
        (mapping(*(claim(f"c{n}") for n in range(21))), f"{PATH}: should be at most 20 claims"),
        (mapping({"name": "a"}), f"{PATH}[0].expression: is required"),
        ({"access_token": {}}, "access_token.claims_mapping: is required"),
        ({"authorization_details": [{}]}, "authorization_details[0].type: is required, and a text"),
        ({"authorization_details": [{"type": "a"}, {"type": 1}]}, "authorization_details[1].type: is"),
        ({"authorization_details": ["payment"]}, "authorization_details[0]: should be a valid dictionary"),
        ({"verification_location": "orders.example.com/keys"}, "verification_location: should be a URL"),
        ({"verification_location": "https:// "}, "verification_location: should be a URL"),
        (
            {
                "identifier": MANAGEMENT,
                "subject_type_authorization": {"anonymous_user": {"policy": "deny_all"}},
            },
            "subject_type_authorization.anonymous_user: Auth0 does not let this be changed",
        ),
    ],
)
def test_what_is_refused(apis: Kind, inputs: dict[str, Any], failure: str) -> None:
    """Each failure names the path of what cannot stand, and why."""
    reasons = apis.failures(**{"identifier": ORDERS, **inputs})
    assert [reason for reason in reasons if reason.startswith(failure)], reasons


@pytest.mark.parametrize(
    "inputs",
    [
        mapping(),
        mapping(
            claim("email"), claim("https://shop.example.com/plan", "anonymous_session.metadata.plan-tier")
        ),
        mapping(UNKNOWN, claim(UNKNOWN, UNKNOWN), claim("a", UNKNOWN), claim(UNKNOWN)),
        {"access_token": {"claims_mapping": UNKNOWN}},
        {"access_token": {"claims_mapping": {"custom_claims": UNKNOWN}}},
        {"access_token": UNKNOWN},
        {"authorization_details": [{"type": "payment", "actions": ["list", {"deep": [1]}]}]},
        {"authorization_details": [UNKNOWN, {"type": UNKNOWN}, {"type": "a", "b": UNKNOWN}]},
        {"authorization_details": UNKNOWN},
        {"verification_location": UNKNOWN},
        {"identifier": MANAGEMENT, "subject_type_authorization": {"user": {"policy": "deny_all"}}},
        {"identifier": MANAGEMENT, "subject_type_authorization": UNKNOWN},
        {"identifier": UNKNOWN, "subject_type_authorization": {"client": {"policy": "deny_all"}}},
    ],
)
def test_what_passes(apis: Kind, inputs: dict[str, Any]) -> None:
    """What Auth0 takes is taken, and so is what a preview cannot know."""
    apis.check(**{"identifier": ORDERS, **inputs})
