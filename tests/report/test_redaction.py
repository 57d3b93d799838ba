from __future__ import annotations

import json
from typing import Any

import pytest

from auth0_api_vocabulary.marks import UNKNOWN
from pulumi_auth0_apis.report import Report, as_json, junit, markdown, sarif
from pulumi_auth0_apis.report.redaction import Redaction

MARKED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
CLEAR = "correct-horse-battery"


def everything(report: Report) -> str:
    """Return the report in all formats."""
    return markdown(report) + as_json(report) + junit(report) + sarif(report)


def test_a_marked_secret_is_not_shown_but_its_change_is(log: Any) -> None:
    """The engine blinds it; that it changes still shows."""
    blind = {**MARKED, "ciphertext": "[secret]"}
    log.step(
        "update",
        "ResourceServer::orders",
        {"signing_secret": blind},
        {"signing_secret": blind},
        diffs=["signing_secret"],
    )
    (change,) = log.report().settings
    assert (change.label, change.old, change.new) == ("Signing Secret", "[secret]", "[secret] (changed)")


def test_a_marked_secret_in_clear_is_hidden_everywhere(log: Any) -> None:
    """A log written with --show-secrets holds plain text."""
    secret = {**MARKED, "plaintext": f'"{CLEAR}"'}
    log.step("create", "ResourceServer::orders", None, {"name": secret}).violation(f'it is "{CLEAR}"')
    assert CLEAR not in everything(log.report())


def test_a_secret_that_nobody_marked_is_hidden_everywhere(log: Any) -> None:
    """pulumi-auth0 does not mark the signing secret, so the log has it, and a careless rule prints it."""
    kind = "auth0:index/resourceServer:ResourceServer::orders"
    log.step("create", kind, None, {"identifier": "a", "signingSecret": CLEAR})
    log.violation(f"signingSecret is {CLEAR}")
    log.event("diagnosticEvent", severity="error", message=f"refused: {CLEAR}")
    written = everything(log.summary("failed").report())
    assert CLEAR not in written
    assert "signingSecret is [secret]" in written


def test_the_engines_own_properties_are_left_out(log: Any) -> None:
    """`__provider` is no setting."""
    log.step("create", "ResourceServer::orders", None, {"__provider": "blob", "name": "Orders"})
    assert [change.setting for change in log.report().settings] == ["name"]


def test_a_rule_that_may_quote_a_secret_is_not_quoted(log: Any) -> None:
    """Rules see marked secrets in clear; which setting is marked is known from the step alone."""
    blind = {**MARKED, "ciphertext": "[secret]"}
    log.step("create", "ResourceServer::orders", None, {"identifier": "a", "scopes": [{"value": blind}]})
    log.violation(f"The permission is {CLEAR}.\nFix: rename {CLEAR}.", rule="permission-naming")
    log.violation("The permission is a:b.", rule="permission-naming", on="other")
    report = log.summary().report()
    assert CLEAR not in everything(report)
    assert report.run.violations[0].finding.message == (
        "What the rule checks. The details are left out: they may quote a secret (scopes)."
    )
    assert report.run.violations[1].finding.message == "The permission is a:b."


def test_a_secret_that_its_name_tells_does_not_silence_the_rules(log: Any) -> None:
    """No rule prints a signing secret, so what rules say of the API stays."""
    blind = {**MARKED, "ciphertext": "[secret]"}
    log.step("create", "ResourceServer::orders", None, {"signing_alg": "HS256", "signing_secret": blind})
    assert (
        log.violation("signing_alg is HS256.").report().run.violations[0].finding.message
        == "signing_alg is HS256."
    )


def test_what_is_not_known_yet_is_told_at_any_depth(log: Any) -> None:
    """No reader knows the engine's placeholder."""
    log.step(
        "create",
        "ResourceServer::orders",
        None,
        {"name": UNKNOWN, "authorization_details": [{"type": UNKNOWN}]},
    )
    written = everything(log.report())
    assert UNKNOWN not in written
    assert [change.new for change in log.report().settings] == [
        "known after the update",
        '[{"type": "known after the update"}]',
    ]


KINDS = ("add", "add-replace", "delete", "delete-replace", "update", "update-replace")
"""How the engines say that a property differs (`DiffKind` of Pulumi's `apitype/events.go`)."""


@pytest.mark.parametrize("secret", ["signing_secret", "clientSecret", "api_token", "credentials"])
def test_the_kinds_of_a_detailed_diff_are_no_secrets(log: Any, secret: str) -> None:
    """They stand below the name of a secret, and the words of an ordinary sentence stay."""
    detail = {f"{secret}": {"diffKind": kind, "inputDiff": True} for kind in KINDS}
    detail |= {f"{secret}.{kind}": {"diffKind": kind, "inputDiff": True} for kind in KINDS}
    log.step("update", "ResourceServer::orders", {secret: CLEAR}, {secret: CLEAR + "2"}, detail=detail)
    sentence = "A rule may update or replace, add-replace, update-replace or delete it."
    log.violation(f"{sentence} It is {CLEAR}2.").event("diagnosticEvent", severity="error", message=sentence)
    written = everything(log.summary("failed").report())
    assert written.count(sentence) >= 5
    assert CLEAR not in written


@pytest.mark.parametrize("value", [CLEAR, [CLEAR], {"inner": CLEAR}])
def test_a_marked_secret_in_clear_is_hidden_without_its_quotes(log: Any, value: Any) -> None:
    """The log has the secret as JSON, and whoever quotes it quotes the text alone."""
    secret = {**MARKED, "plaintext": json.dumps(value)}
    log.step("create", "ResourceServer::orders", None, {"signing_secret": secret})
    log.event("diagnosticEvent", severity="error", message=f"refused: {CLEAR}")
    assert CLEAR not in everything(log.summary("failed").report())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("preludeEvent", {"config": {"auth0:clientSecret": CLEAR}}),
        ("policyRemediationEvent", {"before": {"signing_secret": CLEAR}, "after": {}}),
        ("resOutputsEvent", {"metadata": {"old": {"outputs": {"signing_secret": CLEAR}}, "new": None}}),
    ],
)
def test_secrets_are_learnt_wherever_the_log_has_values(log: Any, kind: str, body: Any) -> None:
    """Configuration, outputs and what rules corrected hold them as well as inputs."""
    redaction = Redaction()
    redaction.learn({"sequence": 0, "timestamp": 0, kind: body})
    assert redaction.hide(f"it is {CLEAR}.") == "it is [secret]."
