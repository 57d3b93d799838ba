"""Every rule on a passing, a violating and an unknown resource, in the pack's own process, over gRPC."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pulumi_policy import Secret

from auth0_api_policies import RULES, exemption_used, known_resources, protected_in_production
from pulumi_auth0_apis.testing.policies import (
    UNKNOWN,
    Resource,
    analyze_request,
    analyze_stack_request,
    client_grant,
    permission,
    resource_server,
)

from .declared import Declared

PACK = Path(__file__).parents[2] / "policies"
API = "https://orders.example.com"
TENANT = "https://acme.auth0.com/api/v2/"
ANONYMOUS: dict[str, Any] = {"audience": API, "subject_type": "anonymous_user"}
STRONG = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-z_AbCdEfGhI"

Stack = list[Resource]


class Case(NamedTuple):
    """What a rule takes, what it refuses, and what it cannot know yet."""

    passing: Stack
    violating: Stack
    unknown: Stack


def api(good: dict[str, Any], bad: dict[str, Any]) -> Case:
    """Return the case of an API; the setting that is not known is the last good one."""
    unknown = {**good, list(good)[-1]: UNKNOWN}
    return Case([resource_server(**good)], [resource_server(**bad)], [resource_server(**unknown)])


def of_user(policy: str) -> dict[str, Any]:
    """Return the setting for users' tokens."""
    return {"subject_type_authorization": {"user": {"policy": policy}}}


def owned(*scopes: str) -> Stack:
    """Return an API with a permission for each scope."""
    return [
        resource_server(identifier=API),
        *(permission(f"p{n}", resource_server_identifier=API, scope=scope) for n, scope in enumerate(scopes)),
    ]


CASES = {
    "access-token-lifetime": api({"token_lifetime": 3600}, {"token_lifetime": 2_592_000}),
    "browser-token-lifetime": api({"token_lifetime_for_web": 600}, {"token_lifetime_for_web": 86_400}),
    "anonymous-token-lifetime": api(
        {"token_lifetime_for_anonymous_access_tokens": 86_400},
        {"token_lifetime_for_anonymous_access_tokens": 2_592_000},
    ),
    "signing-algorithm": api({"signing_alg": "RS256"}, {"signing_alg": "HS256"}),
    "signing-secret-strength": api(
        {"signing_alg": "HS256", "signing_secret": Secret(STRONG)},
        {"signing_alg": "HS256", "signing_secret": Secret("a" * 16)},
    ),
    "rbac-enabled": api({"enforce_policies": True}, {}),
    "permissions-in-token": api(
        {"enforce_policies": True, "token_dialect": "access_token_authz"}, {"enforce_policies": True}
    ),
    "token-profile": api({"token_dialect": "rfc9068_profile"}, {}),
    "token-encryption": api({"token_encryption": {"encryption_key": {"pem": "a-public-key"}}}, {}),
    "sender-constrained-tokens": api({"proof_of_possession": {"mechanism": "dpop", "required": True}}, {}),
    "offline-access": api({"allow_offline_access": False}, {"allow_offline_access": True}),
    "user-consent": api(
        {"skip_consent_for_verifiable_first_party_clients": False},
        {"skip_consent_for_verifiable_first_party_clients": True},
    ),
    "identifier-format": api({"identifier": API}, {"identifier": "orders"}),
    "permission-naming": Case(
        [permission(scope="read:orders")], [permission(scope="Read orders")], [permission(scope=UNKNOWN)]
    ),
    "grant-scopes-declared": Case(
        [*owned("read:orders"), client_grant(audience=API, scopes=["read:orders"])],
        [*owned("read:orders"), client_grant(audience=API, scopes=["drop:orders"])],
        [*owned("read:orders"), client_grant(audience=API, scopes=[UNKNOWN])],
    ),
    "no-blanket-grants": Case(
        [client_grant(scopes=["read:orders"])],
        [client_grant(allow_all_scopes=True)],
        [client_grant(allow_all_scopes=UNKNOWN)],
    ),
    "management-api-grants": Case(
        [client_grant(audience=TENANT, scopes=["read:clients"])],
        [client_grant(audience=TENANT, scopes=["update:clients"])],
        [client_grant(audience=TENANT, scopes=UNKNOWN)],
    ),
    "anonymous-grants": Case(
        [client_grant(**ANONYMOUS, scopes=["read:orders"])],
        [client_grant(**ANONYMOUS, scopes=["update:orders"])],
        [client_grant(**ANONYMOUS, scopes=UNKNOWN)],
    ),
    "user-subject-policy": api(of_user("require_client_grant"), of_user("allow_all")),
    "single-scope-owner": Case(
        owned("read:orders"), owned("read:orders", "read:orders"), owned("read:orders", UNKNOWN)
    ),
    "token-size": Case(
        owned("read:orders"), owned(*(f"read:resource-{n:04}" for n in range(500))), owned(UNKNOWN)
    ),
    "protected-in-production": Case(
        [resource_server(protect=True)], [resource_server()], [resource_server(protect=True, name=UNKNOWN)]
    ),
    "additional-settings": Case(
        [resource_server(), client_grant()],
        [resource_server(additional_settings={"color": "red"})],
        [resource_server(additional_settings=UNKNOWN)],
    ),
    "known-resources": Case(
        owned("read:orders"),
        [Resource("pulumi-python:dynamic/shop:Api", "orders", {"identifier": API})],
        owned(UNKNOWN),
    ),
}

OF_NO_SETTING = (protected_in_production.name, known_resources.name)


@pytest.fixture(scope="module")
def analyzer(start_analyzer: Callable[[Path], Any]) -> Any:
    """The pack, running."""
    return start_analyzer(PACK)


def found(analyzer: Any, rule: str, stack: Stack) -> list[str]:
    """Return what the process says for one rule of each resource and of the stack."""
    answers = [analyzer.Analyze(analyze_request(resource)) for resource in stack]
    answers.append(analyzer.AnalyzeStack(analyze_stack_request(*stack)))
    return [one.message for answer in answers for one in answer.diagnostics if one.policyName == rule]


def in_the_family(declared: Declared, stack: Stack) -> Stack:
    """Return the stack as a package declares it."""
    return [declared(resource) for resource in stack]


def test_every_rule_has_a_case() -> None:
    """A new rule is tested here too; what exemptions spared is another test's."""
    assert list(CASES) == [rule.name for rule in RULES if rule is not exemption_used]


@pytest.mark.parametrize("rule", CASES)
def test_what_is_right_passes(analyzer: Any, declared: Declared, rule: str) -> None:
    """The rule says nothing."""
    assert found(analyzer, rule, in_the_family(declared, CASES[rule].passing)) == []


@pytest.mark.parametrize("rule", CASES)
def test_what_is_wrong_is_reported_with_its_remedy(analyzer: Any, declared: Declared, rule: str) -> None:
    """Each message holds what is wrong and how to fix it."""
    messages = found(analyzer, rule, in_the_family(declared, CASES[rule].violating))
    (remedy,) = [each.remediation_steps or "" for each in RULES if each.name == rule]
    assert messages
    assert remedy is not None
    fix = f"\nFix: {declared.told(remedy)}"
    assert all(message.endswith(fix) for message in messages)


@pytest.mark.parametrize("rule", [rule for rule in CASES if rule not in OF_NO_SETTING])
def test_what_is_not_known_breaks_the_rule(analyzer: Any, declared: Declared, rule: str) -> None:
    """No rule passes a value that nobody knows yet."""
    (message,) = found(analyzer, rule, in_the_family(declared, CASES[rule].unknown))
    assert "is not known during preview, so the rule counts as broken." in message


@pytest.mark.parametrize("rule", OF_NO_SETTING)
def test_a_rule_that_needs_no_setting_does_not_ask_for_one(analyzer: Any, rule: str) -> None:
    """Protection and type of a resource are known in every preview."""
    assert found(analyzer, rule, CASES[rule].unknown) == []
