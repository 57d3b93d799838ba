from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.report import Report, as_json, markdown, read

from .conftest import Log


def test_mandatory_rules_stop_the_update(stopped: Report) -> None:
    """The verdict counts them; the engine's own last words are not told on top."""
    assert stopped.stopped
    assert stopped.verdict == "stopped by 2 broken rules"
    assert stopped.errors == []
    assert stopped.blind_spots


def test_advisory_rules_do_not(warned: Report) -> None:
    """Warnings are counted and the update may go ahead."""
    assert not warned.stopped
    assert warned.verdict == "ready, 9 warnings"
    assert not warned.blind_spots


LOGS = Path(__file__).parent / "logs"


@pytest.mark.parametrize(
    ("result", "verdict"), [("failed", "the preview failed"), ("succeeded", "no changes"), ("", "no changes")]
)
def test_the_verdict_without_rules(log: Any, result: str, verdict: str) -> None:
    """A run that failed is stopped, one that found nothing is not."""
    assert log.summary(result).report().verdict == verdict


def test_a_log_that_breaks_off_is_not_taken_for_success(log: Any) -> None:
    """An engine that was killed wrote no summary."""
    report = log.step("same", "ResourceServer::orders", {}, {}).report()
    assert report.stopped
    assert report.verdict == "the preview did not end"


def test_corrections_by_rules_are_told(log: Any) -> None:
    """A remediation changed what the program asked for."""
    log.event(
        "policyRemediationEvent",
        policyName="access-token-lifetime",
        policyPackName="auth0-apis",
        resourceUrn="urn:pulumi:dev::shop::x:y:Z::orders",
        before={"token_lifetime": 86_400, "name": "Orders"},
        after={"token_lifetime": 3600, "name": "Orders"},
    )
    assert log.report().remediations == [
        (
            "access-token-lifetime",
            "orders",
            "Maximum Access Token Lifetime: 86400 s (1 d) → 3600 s (1 h)",
        )
    ]


def test_a_run_that_did_not_even_start_is_told_under_the_same_name(log: Any) -> None:
    """A workflow finds its comment by the name, and the comment must not stay green."""
    report = Report(read([]), "prod")
    assert markdown(report).startswith("<!-- auth0-apis report prod -->\n## ❌ Auth0 APIs of prod: ")
    assert "No resource was compared.\n" in markdown(report)


def test_rules_correct_lifetimes_and_rbac_and_the_report_tells_it() -> None:
    """What is deployed is the corrected value; what the program asked for is told beside it."""
    report = Report(read((LOGS / "corrected.jsonl").read_text().splitlines()))
    assert report.verdict == "ready"
    assert [(rule, change) for rule, _, change in report.remediations] == [
        ("access-token-lifetime", "Maximum Access Token Lifetime: 3456000 s (40 d) → 7200 s (2 h)"),
        (
            "browser-token-lifetime",
            "Implicit / Hybrid Flow Access Token Lifetime: 600 s (10 min) → 300 s (5 min)",
        ),
        ("rbac-enabled", "RBAC: off → on"),
    ]
    settings = {change.setting: change.new for change in report.settings}
    assert settings["token_lifetime"] == "7200 s (2 h)"
    assert "enforce_policies" not in settings


def test_a_correction_that_a_replacement_loses_is_a_broken_rule() -> None:
    """The engine would make what the rule forbids; the rule sees it at the end and stops the preview."""
    report = Report(read((LOGS / "forgotten.jsonl").read_text().splitlines()))
    assert report.remediations == []
    assert report.verdict == "stopped by 3 broken rules"
    assert {violation.rule for violation in report.mandatory} == {
        "access-token-lifetime",
        "browser-token-lifetime",
        "rbac-enabled",
    }
    told = "".join(violation.finding.message for violation in report.mandatory)
    assert "forgets the correction" in told
    assert "(Maximum Access Token Lifetime: 3456000 s (40 d) → 7200 s (2 h))" in told
    assert "token_lifetime is 3456000 s (40 d), the limit is 7200 s (2 h)." in told
    settings = {change.setting: change.new for change in report.settings}
    assert settings["token_lifetime"] == "3456000 s (40 d)"


def test_fakes_are_counted(log: Log) -> None:
    """A comment says how many resources were fakes, and of which packages; without any it says nothing."""
    log.step("create", "ResourceServer::orders", None, {"name": "Orders"})
    assert "Fakes" not in markdown(log.summary().report())
    log.lines.pop()
    report = log.event("summaryEvent", isPreview=True, fakes={"aws": 2, "random": 1}).report()
    assert "Fakes played 3 resources, nothing of them is real: 2 of `aws`, 1 of `random`." in markdown(report)
    assert json.loads(as_json(report))["fakes"] == {"aws": 2, "random": 1}
