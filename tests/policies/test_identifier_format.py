from __future__ import annotations

from auth0_api_policies import identifier_format
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def test_a_url_passes(declared: Declared) -> None:
    """Auth0 recommends a URL."""
    assert (
        violations(identifier_format, declared(resource_server(identifier="https://orders.example.com")))
        == []
    )


def test_another_form_is_refused(declared: Declared) -> None:
    """The whole identifier has to match."""
    (violation,) = violations(
        identifier_format, declared(resource_server(identifier="orders")), pattern="urn:.*"
    )
    assert declared.told("`identifier` is orders, the form is urn:.*.") in violation.message


def test_a_broken_pattern_is_an_error_of_the_configuration() -> None:
    """A pattern that is no regular expression does not let identifiers pass."""
    (violation,) = violations(identifier_format, resource_server(identifier="orders"), pattern="(")
    assert "Its configuration 'pattern' is no regular expression" in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(identifier_format, declared(resource_server(identifier=UNKNOWN)))
    assert declared.told("`identifier` is not known during preview") in violation.message
