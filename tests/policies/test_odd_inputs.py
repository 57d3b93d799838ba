"""Every rule, on what no rule expects: missing keys, nulls, other types, unknowns, secrets, huge values."""

from __future__ import annotations

from inspect import getattr_static
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi_policy import Secret

from auth0_api_policies import RULES
from auth0_api_policies.frame.setting import Setting
from auth0_api_policies.frame.view import _VIEWS
from auth0_api_vocabulary import ResourceKind, kinds
from auth0_api_vocabulary.families import FAMILIES
from pulumi_auth0_apis.testing.policies import CONFIG_SECRET, UNKNOWN, Pack, Resource

SECRET = "s3cr3t-that-no-rule-may-print"
NAMES = {"identifier", "resource_server_identifier", "audience", "scope", "scopes"}
"""What rules quote as it is: a rule cannot see that the program marked one of them secret."""
KINDS: tuple[ResourceKind, ...] = (kinds.API, kinds.API, *_VIEWS)
SETTINGS = {
    kind: sorted({name for name in dir(view) if isinstance(getattr_static(view, name), Setting)})
    for kind, view in _VIEWS.items()
}

plausible = st.sampled_from(
    [
        "HS256",
        "RS256",
        "access_token",
        "dpop",
        "https://a.example",
        "a:b",
        "third_party_clients",
        "",
        3600,
        True,
    ]
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    plausible,
    st.just(UNKNOWN),
    st.just("x" * 20_000),
)
hidden = st.sampled_from([SECRET, SECRET * 20]).map(Secret)
keys = st.sampled_from(["value", "name", "user", "policy", "mechanism", "required", "disable"])


def nested(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values to any depth."""
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=5,
    )


odd, odd_or_secret = nested(leaves), nested(leaves | hidden)


@st.composite
def resources(draw: st.DrawFn) -> Resource:
    """A resource of any family with odd properties."""
    kind = draw(st.sampled_from(KINDS))
    family = draw(st.sampled_from([each for each in FAMILIES if kind in each.tokens.values()]))
    values = {name: draw(odd if name in NAMES else odd_or_secret) for name in SETTINGS[kind]}
    values |= draw(st.dictionaries(st.sampled_from(["managed", "__provider", "new_setting"]), odd_or_secret))
    missing = draw(st.sets(st.sampled_from(SETTINGS[kind])))
    props = {family.spell(name): value for name, value in values.items() if name not in missing}
    name = draw(st.sampled_from(["orders", "or[d]ers", "x::y", ""]))
    return Resource(family.token(kind), name, props, protect=draw(st.booleans()))


configurations = st.sampled_from(
    [
        {},
        {"onUnknown": "warn"},
        {"exemptions": [{"urn": "*ers", "reason": "soon", "expires": "9999-12-31"}]},
        {"only": ["*:api/nothing"]},
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(resources(), min_size=1, max_size=3), configurations)
def test_no_rule_raises_and_none_prints_a_secret(stack: list[Resource], config: dict[str, Any]) -> None:
    """A rule that raises ends the whole run, and what it prints is read by everyone."""
    pack = Pack(RULES, {rule.name: config for rule in RULES if rule.name != "exemption-used"})
    messages = [violation.message for violation in pack.validate(*stack)]
    for resource in stack:
        pack.remediate(resource)
    assert not [message for message in messages if SECRET in message or CONFIG_SECRET in message]
    assert not [message for message in messages if "The rule itself failed" in message]
