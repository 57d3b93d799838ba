from __future__ import annotations

from auth0_api_policies import user_consent
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def test_asking_users_passes(declared: Declared) -> None:
    """Auth0's default is to ask."""
    assert violations(user_consent, declared(resource_server())) == []


def test_skipping_consent_is_refused(declared: Declared) -> None:
    """The message names the switch."""
    api = declared(resource_server(skip_consent_for_verifiable_first_party_clients=True))
    (violation,) = violations(user_consent, api)
    assert declared.told("`skip_consent_for_verifiable_first_party_clients` is on") in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(
        user_consent, declared(resource_server(skip_consent_for_verifiable_first_party_clients=UNKNOWN))
    )
    assert (
        declared.told("`skip_consent_for_verifiable_first_party_clients` is not known during preview")
        in violation.message
    )
