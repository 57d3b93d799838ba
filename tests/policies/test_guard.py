from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pulumi_policy import Policy, Severity

from auth0_api_policies import (
    RULES,
    access_token_lifetime,
    grant_scopes_declared,
    management_api_grants,
    permission_naming,
    rbac_enabled,
    signing_algorithm,
    token_encryption,
)
from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule
from auth0_api_policies.frame.exemption import LEDGER
from pulumi_auth0_apis.testing.policies import (
    UNKNOWN,
    Pack,
    Resource,
    Violation,
    client_grant,
    permission,
    remediated,
    resource_server,
    violations,
)

LONG = resource_server(token_lifetime=2_592_000)
ALLOWED = {"urn": "*:ResourceServer::orders", "reason": "moves in May", "expires": "9999-12-31"}
OVER = {**ALLOWED, "expires": "2020-01-31"}


@resource_rule(
    ResourceServer, name="broken", severity=Severity.LOW, remedy="wait.", tags=[], url="https://example.com"
)
def broken_rule(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """Fails with a message that holds a property's value."""
    raise ValueError(api.identifier)
    yield ""


def test_a_misspelt_attribute_is_named() -> None:
    """With the nearest that there is; a name that the source does not say is not printed."""

    @resource_rule(ResourceServer, name="misspelt", remedy="wait.")
    def misspelt(api: ResourceServer, _: Configuration) -> Iterator[str]:
        """Asks for what a resource does not have."""
        if api.identifier == "urn:typo":
            yield str(api.token_lifetme)  # type: ignore[attr-defined]
        yield getattr(api, str(api.identifier))

    (typo,) = violations(misspelt, resource_server(identifier="urn:typo"))
    told = "A ResourceServer has no attribute token_lifetme; did you mean token_lifetime?"
    assert told in typo.message
    (secret,) = violations(misspelt, resource_server(identifier="a-secret"))
    assert "The rule itself failed (AttributeError, test_guard.py:" in secret.message
    assert "a-secret" not in secret.message


def test_an_unknown_value_only_warns_where_the_stack_says_so() -> None:
    """`"onUnknown": "warn"` leaves an advisory note that the rule could not run."""
    (violation,) = violations(
        access_token_lifetime, resource_server(token_lifetime=UNKNOWN), onUnknown="warn"
    )
    assert violation.level == "ADVISORY"
    assert "can't run policy 'access-token-lifetime'" in violation.message


@pytest.mark.parametrize(
    ("rule", "setting", "value"),
    [
        (access_token_lifetime, "token_lifetime", "a-secret"),
        (rbac_enabled, "enforce_policies", "a-secret"),
        (signing_algorithm, "signing_alg", ["a-secret"]),
        (permission_naming, "scopes", [{"a-secret": 1}]),
        (token_encryption, "token_encryption", "a-secret"),
    ],
)
def test_a_value_of_another_type_breaks_the_rule_unprinted(rule: Policy, setting: str, value: object) -> None:
    """A setting that cannot be read does not pass, and its value is not shown."""
    (violation,) = violations(rule, Resource(LONG.type, "orders", {setting: value}))
    assert f"{setting} holds a value that the rule does not understand" in violation.message
    assert "a-secret" not in violation.message


def test_a_grants_scopes_of_another_type_break_the_rule() -> None:
    """A text is no list of scopes."""
    grant = client_grant(audience="https://acme.auth0.com/api/v2/", scopes="read:users")
    assert (
        "scopes holds a value that the rule does not understand"
        in violations(management_api_grants, grant)[0].message
    )


def test_what_is_not_known_is_not_rewritten() -> None:
    """A remediation leaves the value to the validation that follows, which tells about it."""
    assert remediated(access_token_lifetime, resource_server(token_lifetime=UNKNOWN)) is None


def test_a_failing_rule_breaks_nothing_but_itself() -> None:
    """A bug in a rule is a violation that names the error's type and line, not its message."""
    (violation,) = violations(broken_rule, resource_server(identifier="a-secret"))
    assert "The rule itself failed (ValueError, test_guard.py:" in violation.message
    assert "a-secret" not in violation.message
    spared = resource_server("spared", identifier="a-secret")
    assert violations(broken_rule, spared, exemptions=[{**ALLOWED, "urn": spared.urn}]) == []


def test_a_misspelt_key_is_refused() -> None:
    """A key that the schema does not know would silently leave the default in force."""
    (violation,) = violations(access_token_lifetime, resource_server(), maxSecond=60)
    assert said(violation).endswith(
        "has no key 'maxSecond'; the keys are: maxSeconds, only, onUnknown, exemptions.\n"
        "Fix: correct the policy configuration of access-token-lifetime."
    )


def test_resources_of_other_kinds_are_left_alone() -> None:
    """A rule says nothing of what is not Auth0's."""
    assert violations(access_token_lifetime, Resource("aws:s3/bucket:Bucket", "logs", {})) == []


def test_an_exemption_spares_a_resource_and_is_noted() -> None:
    """What an exemption spared can be told afterwards, with its reason."""
    assert violations(access_token_lifetime, LONG, exemptions=[ALLOWED]) == []
    (note,) = LEDGER.take(LONG.urn)
    assert note == "access-token-lifetime was not enforced: moves in May (exempt until 9999-12-31)."


def test_an_exempt_resource_is_not_rewritten() -> None:
    """An exemption holds for a remediation too."""
    assert remediated(access_token_lifetime, LONG, exemptions=[ALLOWED]) is None
    assert remediated(access_token_lifetime, LONG, exemptions=[OVER]) is not None


def test_an_expired_exemption_spares_nothing_and_is_named() -> None:
    """The violation says that there was an exemption and when it ended."""
    (violation,) = violations(access_token_lifetime, LONG, exemptions=[OVER])
    assert "Its exemption (moves in May) expired on 2020-01-31." in violation.message


def test_an_exemption_for_another_resource_spares_nothing() -> None:
    """The pattern decides."""
    assert violations(access_token_lifetime, LONG, exemptions=[{**ALLOWED, "urn": "*::billing"}])


@pytest.mark.parametrize("entry", [{**ALLOWED, "expires": "31/01/2027"}, {"urn": "*"}])
def test_an_exemption_that_cannot_be_read_is_refused(entry: dict[str, str]) -> None:
    """An exemption without a reason or with a date in another form is an error, not an exemption."""
    (violation,) = violations(access_token_lifetime, LONG, exemptions=[entry])
    assert 'needs "urn", "reason" and "expires"' in violation.message


def test_an_unknown_value_hides_nothing_of_other_resources() -> None:
    """A stack rule goes on without the resource that it cannot read, whether it is exempt or not."""
    unknown = client_grant("unknown", audience="https://b", scopes=[UNKNOWN])
    api = resource_server(identifier="https://b", scopes=[{"value": "read:b"}])
    wrong = client_grant("wrong", audience="https://b", scopes=["drop:b"])
    both = violations(grant_scopes_declared, unknown, api, wrong)
    spared = violations(
        grant_scopes_declared, unknown, api, wrong, exemptions=[{**ALLOWED, "urn": "*::unknown"}]
    )
    assert {violation.urn for violation in both} == {unknown.urn, wrong.urn}
    assert [violation.urn for violation in spared] == [wrong.urn]


def test_a_warning_about_an_unknown_value_hides_nothing_either() -> None:
    """What is wrong elsewhere keeps its level where unknown values only warn."""
    unknown = client_grant("unknown", audience="https://b", scopes=[UNKNOWN])
    api = resource_server(identifier="https://b")
    wrong = client_grant("wrong", audience="https://b", scopes=["drop:b"])
    found = violations(grant_scopes_declared, unknown, api, wrong, onUnknown="warn")
    assert [(violation.urn, violation.level) for violation in found] == [
        (wrong.urn, "MANDATORY"),
        ("", "ADVISORY"),
    ]


def test_a_resource_that_the_rule_is_not_for_is_not_warned_about() -> None:
    """`only` holds for values that are not known as for all others."""
    api = resource_server(token_lifetime=UNKNOWN)
    assert violations(access_token_lifetime, api, onUnknown="warn", only=["*::payments"]) == []


def test_nothing_is_claimed_of_an_api_that_cannot_be_read_whole() -> None:
    """A scope may be the one whose name is not known yet."""
    stack = [
        resource_server(identifier="https://b"),
        permission(resource_server_identifier="https://b", scope=UNKNOWN),
        client_grant(audience="https://b", scopes=["read:b"]),
    ]
    (violation,) = violations(grant_scopes_declared, *stack)
    assert violation.urn == stack[1].urn


@pytest.mark.parametrize(
    ("pattern", "name", "spared"),
    [
        ("*::orders", "orders", True),
        ("*::orders", "evil::orders", False),
        ("*:ResourceServer::orders", "evil:ResourceServer::orders", False),
        ("urn:pulumi:test::test::*::orders", "evil::orders", False),
        ("urn:pulumi:test::test::*::orders", "orders", True),
        ("*::evil::orders", "evil::orders", True),
        ("*::evil::*", "evil::orders", True),
        ("*::*", "evil::orders", True),
        ("*orders", "evil::orders", True),
    ],
)
def test_a_name_with_colons_is_not_taken_for_another(pattern: str, name: str, spared: bool) -> None:
    """A resource cannot have a name by which an exemption or `only` takes it for another one."""
    api = resource_server(name, token_lifetime=2_592_000)
    exempt = {**ALLOWED, "urn": pattern}
    assert (violations(access_token_lifetime, api, exemptions=[exempt]) == []) is spared
    assert bool(violations(access_token_lifetime, api, only=[pattern])) is spared


@pytest.mark.parametrize("name", ["orders[0]", "orders?"])
def test_a_pattern_means_its_characters(name: str) -> None:
    """A name with brackets or a question mark is matched as it is written."""
    api = resource_server(name, token_lifetime=2_592_000)
    exempt = {**ALLOWED, "urn": f"*::{name}"}
    assert violations(access_token_lifetime, api, exemptions=[exempt]) == []
    assert violations(access_token_lifetime, resource_server("orders0"), maxSeconds=60, exemptions=[exempt])


def said(violation: Violation) -> str:
    """What a rule says of a resource, below its own description."""
    return violation.message.partition("\n")[2]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            "a-secret",
            "token_lifetime holds a value that the rule does not understand.\nFix: correct token_lifetime.",
        ),
        (
            UNKNOWN,
            "token_lifetime is not known during preview, so the rule counts as broken.\n"
            "Fix: give token_lifetime a value that does not depend on what another resource returns, "
            'or set "onUnknown": "warn" for this rule.',
        ),
    ],
)
def test_what_cannot_be_judged_says_how_to_go_on(value: object, told: str) -> None:
    """In whole: the setting, why, and what to do; never the value."""
    api = resource_server(token_lifetime=value)
    (violation,) = violations(access_token_lifetime, api)
    assert (said(violation), violation.urn) == (told, api.urn)


def test_what_is_left_out_of_an_api_that_is_taken_over_says_how_to_go_on() -> None:
    """What the tenant keeps of it, nobody knows before it is taken."""
    api = resource_server(adopt=True)
    (violation,) = violations(signing_algorithm, api)
    assert (said(violation), violation.urn) == (
        "signing_alg is left out of an API that is taken over, and keeps what it has in the tenant, so the "
        'rule counts as broken.\nFix: declare signing_alg, or set "onUnknown": "warn" for this rule.',
        api.urn,
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_rule_fails_where_it_is_unknown_what_the_program_sets(rule: Policy) -> None:
    """A list that is not known tells as little as none."""
    api = resource_server(managed=UNKNOWN)
    assert not [each for each in Pack([rule]).validate(api) if "The rule itself failed" in each.message]


def test_a_rule_that_fails_is_named_with_its_place() -> None:
    """And the resource with it, so that an exemption can let it pass until the rule is mended."""
    (violation,) = violations(broken_rule, LONG)
    assert violation.urn == LONG.urn
    assert re.fullmatch(
        r"The rule itself failed \(ValueError, test_guard\.py:\d+\)\.\n"
        r"Fix: report it; until then an exemption lets the resource pass\.",
        said(violation),
    )


def test_a_violation_is_the_message_and_the_way_out() -> None:
    """Nothing else, where no exemption has expired."""
    (violation,) = violations(signing_algorithm, resource_server(signing_alg="HS256"))
    message, remedy = said(violation).split("\n")
    assert message.endswith(".")
    assert remedy.startswith("Fix: ")
