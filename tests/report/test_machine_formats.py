from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as xml

from pulumi_auth0_apis.report import Report, as_json, junit, markdown, sarif


def test_json_tells_the_same(stopped: Report) -> None:
    """Machines get the verdict, the changes, the access and the rules."""
    document = json.loads(as_json(stopped))
    assert document["version"] == 1
    assert document["stopped"] is True
    assert document["counts"] == {"create": 1, "update": 0, "replace": 3, "delete": 1, "same": 0}
    assert document["access"][0]["lost"] == ["write:orders"]
    assert {violation["rule"] for violation in document["violations"]} >= {"access-token-lifetime"}


def test_sarif_has_a_result_a_violation(stopped: Report) -> None:
    """Each result has its rule, level, place and a fingerprint that stays the same."""
    (run,) = json.loads(sarif(stopped, "infra/Pulumi.yaml"))["runs"]
    assert len(run["results"]) == len(stopped.run.violations)
    first = run["results"][0]
    assert first["level"] == "error"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    location = first["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "infra/Pulumi.yaml"
    assert location["logicalLocations"][0]["fullyQualifiedName"].endswith("::orders")
    assert len(
        {result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]}
    ) == len(run["results"])


def test_junit_has_a_case_a_rule_and_resource(stopped: Report) -> None:
    """Mandatory violations fail, advisory ones pass with output, what passed is there too."""
    (suite,) = xml.fromstring(junit(stopped))
    assert suite.attrib["failures"] == "2"
    assert int(suite.attrib["tests"]) == len(suite)
    assert len(suite.findall("testcase/failure")) == 2
    assert len(suite.findall("testcase/system-out")) == 5
    assert any(len(case) == 0 for case in suite)


def test_junit_fails_where_the_run_failed(log: Any) -> None:
    """A failure that is no rule's is a failing case of the engine."""
    log.event("diagnosticEvent", severity="error", message="boom \x1b[31m")
    (suite,) = xml.fromstring(junit(log.summary("failed").report()))
    assert suite.attrib["name"] == "engine"
    assert suite.findtext("testcase/failure") == "boom \\x1b[31m"


def test_a_warning_of_the_engine_fails_nothing(log: Any) -> None:
    """It is told, and no check turns red for it."""
    log.event("diagnosticEvent", severity="warning", message="a new version is out", urn="a::b::orders")
    report = log.summary().report()
    assert not xml.fromstring(junit(report)).findall(".//failure")
    assert json.loads(as_json(report))["warnings"] == [
        {"resource": "orders", "message": "a new version is out"}
    ]
    assert "Said by the engine (1)" in markdown(report)


def test_sarif_tells_a_run_that_could_not_judge(log: Any) -> None:
    """No results of a run that failed are no proof that all is well."""
    log.event("diagnosticEvent", severity="error", message="boom")
    (run,) = json.loads(sarif(log.summary("failed").report()))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "boom"
