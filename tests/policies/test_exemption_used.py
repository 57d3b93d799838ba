from __future__ import annotations

from auth0_api_policies import access_token_lifetime, exemption_used, single_scope_owner
from pulumi_auth0_apis.testing.policies import Pack, permission, resource_server

SPARED = {"exemptions": [{"urn": "*", "reason": "moves in May", "expires": "9999-12-31"}]}


def test_every_exemption_that_spared_a_resource_is_told_once() -> None:
    """Exemptions of resource rules and of stack rules are told on their resources, and not again."""
    twice = [permission(name, resource_server_identifier="a", scope="b:c") for name in ("one", "two")]
    api = resource_server(token_lifetime=2_592_000)
    pack = Pack(
        [access_token_lifetime, single_scope_owner, exemption_used],
        {"access-token-lifetime": SPARED, "single-scope-owner": SPARED},
    )
    assert [violation.urn for violation in pack.validate(api, *twice)] == [
        api.urn,
        *(each.urn for each in twice),
    ]
    assert [violation.policy for violation in pack.validate()] == []


def test_nothing_is_told_where_nothing_was_spared() -> None:
    """An exemption that no resource needed is not used."""
    pack = Pack([access_token_lifetime, exemption_used], {"access-token-lifetime": SPARED})
    assert pack.validate(resource_server(token_lifetime=60)) == []
