from __future__ import annotations

import pytest

from pulumi_auth0_apis.report.settings import UNKNOWN, duration, label, shown


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "59 s"),
        (3600, "3600 s (1 h)"),
        (5400, "5400 s (1 h 30 min)"),
        (90_061, "90061 s (1 d 1 h 1 min 1 s)"),
        (3_456_000, "3456000 s (40 d)"),
        (0, "0 s"),
    ],
)
def test_lifetimes_are_told_in_seconds_and_in_hours(seconds: int, text: str) -> None:
    """Auth0's unit comes first, then the one that people think in."""
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("setting", "value", "text"),
    [
        ("token_lifetime", None, "86400 s (1 d), Auth0's default"),
        ("token_lifetime", UNKNOWN, "known after the update"),
        ("enforce_policies", True, "on"),
        ("token_dialect", "rfc9068_profile_authz", "rfc9068_profile_authz (RFC 9068, with permissions)"),
        ("consent_policy", None, "not set"),
        ("token_encryption", {"format": "compact-nested-jwe"}, '{"format": "compact-nested-jwe"}'),
        ("authorization_details", [{"type": UNKNOWN}], '[{"type": known after the update}]'),
    ],
)
def test_values_are_told_as_people_read_them(setting: str, value: object, text: str) -> None:
    """Switches are on or off, what is unset is Auth0's default where it has one."""
    assert shown(setting, value) == text


def test_settings_are_named_as_the_dashboard_names_them() -> None:
    """A property that the Dashboard does not show keeps its name."""
    assert label("token_lifetime") == "Maximum Access Token Lifetime"
    assert label("something_new") == "something_new"
