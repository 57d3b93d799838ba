"""What a log tells of objects is what the tables know."""

from __future__ import annotations

from auth0_api_vocabulary import ADDITIONAL
from pulumi_auth0_apis import client_grant, resource_server
from pulumi_auth0_apis.management.redaction import SECRET_KEYS, TOLD

PROVIDERS = (resource_server.PROVIDER, client_grant.PROVIDER)


def test_what_the_tables_know_is_told_and_nothing_else() -> None:
    """Whoever adds a setting looks whether a value of it may be a secret; of others nobody has."""
    known = {name for each in PROVIDERS for name in (*each.own_names, *each.computed)}
    assert {*known, "id"} - {ADDITIONAL} == TOLD


def test_a_secret_setting_is_masked_by_its_name() -> None:
    """What a table calls secret is in no log and no error."""
    assert {setting.name for each in PROVIDERS for setting in each.settings if setting.secret} <= SECRET_KEYS
