from __future__ import annotations

from auth0_api_policies import protected_in_production
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def test_a_protected_api_passes(declared: Declared) -> None:
    """`protect=True` in the resource's options is what the rule asks for."""
    assert violations(protected_in_production, declared(resource_server(protect=True))) == []


def test_an_unprotected_api_is_refused(declared: Declared) -> None:
    """The remedy is the option itself."""
    (violation,) = violations(protected_in_production, declared(resource_server()))
    assert "set the resource option protect" in violation.message


def test_unknown_settings_are_no_matter(declared: Declared) -> None:
    """The option is known whatever the settings are."""
    assert (
        violations(protected_in_production, declared(resource_server(protect=True, token_lifetime=UNKNOWN)))
        == []
    )
