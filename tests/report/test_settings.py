from __future__ import annotations

import pytest

from pulumi_auth0_apis._api_settings import SETTINGS
from pulumi_auth0_apis.report.settings import label, shown


@pytest.mark.parametrize(
    ("setting", "value", "text"),
    [
        ("token_lifetime", None, "86400 s (1 d), Auth0's default"),
        ("enforce_policies", True, "on"),
        ("token_dialect", "rfc9068_profile_authz", "rfc9068_profile_authz (RFC 9068, with permissions)"),
        ("consent_policy", None, "not set"),
        ("token_encryption", {"format": "compact-nested-jwe"}, '{"format": "compact-nested-jwe"}'),
    ],
)
def test_values_are_told_as_people_read_them(setting: str, value: object, text: str) -> None:
    """Switches are on or off, what is unset is Auth0's default where it has one."""
    assert shown(setting, value) == text


def test_settings_are_named_as_the_dashboard_names_them() -> None:
    """Each setting of an API has a name for people; a property that is none of them keeps its own."""
    assert label("token_lifetime") == "Maximum Access Token Lifetime"
    assert [each.name for each in SETTINGS if label(each.name) in ("", each.name)] == []
    assert label("something_new") == "something_new"
