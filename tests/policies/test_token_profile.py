from __future__ import annotations

from auth0_api_policies import token_profile
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def test_an_allowed_profile_passes(declared: Declared) -> None:
    """The RFC 9068 profiles are allowed, with or without permissions."""
    assert violations(token_profile, declared(resource_server(token_dialect="rfc9068_profile_authz"))) == []


def test_auth0s_own_profile_is_refused(declared: Declared) -> None:
    """The message names the profile and what is allowed."""
    (violation,) = violations(token_profile, declared(resource_server()), allowed=["rfc9068_profile"])
    assert declared.told("`token_dialect` is access_token, allowed is rfc9068_profile.") in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(token_profile, declared(resource_server(token_dialect=UNKNOWN)))
    assert declared.told("`token_dialect` is not known during preview") in violation.message
