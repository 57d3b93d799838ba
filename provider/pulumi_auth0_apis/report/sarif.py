"""Broken rules as SARIF 2.1.0, for code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. A result names its resource and points at
the line that declares it, at the project's file where that is not known. What tells results apart is the
fingerprint: code scanning would make one by the line, which several resources may share.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any
from urllib.parse import quote

from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.escaping import as_json
from pulumi_auth0_apis.escaping import sarif as escaped
from pulumi_auth0_apis.report.declarations import Declaration
from pulumi_auth0_apis.report.log import LoggedViolation
from pulumi_auth0_apis.report.report import Report

SECURITY_SEVERITY = {"low": "3.0", "medium": "5.5", "high": "8.0", "critical": "9.5"}
"""What GitHub makes its levels of: https://docs.github.com/en/code-security/code-scanning."""


def sarif(report: Report, location: str = "Pulumi.yaml") -> str:
    """Return the violations as SARIF text; `location` is the project's file, whose folder has the program."""
    places = report.declarations(location)
    rules: defaultdict[str, list[LoggedViolation]] = defaultdict(list)
    for violation in report.violations:
        rules[violation.rule].append(violation)
    ids = sorted(rules)
    run = {
        "tool": {
            "driver": {
                "name": "auth0-apis",
                "version": __version__,
                "informationUri": "https://auth0.com/docs/get-started/apis/api-settings",
                "rules": [_rule(rules[name]) for name in ids],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.errors and report.run.result != "unfinished",
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": escaped(f"{resource} {message}".strip())}}
                    for resource, message in report.errors
                ],
            }
        ],
        "results": [
            _result(
                violation,
                ids.index(violation.rule),
                places.get(violation.finding.urn, Declaration(location, 1)),
            )
            for violation in report.violations
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return as_json(log) + "\n"


def _rule(violations: list[LoggedViolation]) -> dict[str, Any]:
    violation, remedies = violations[0], {each.finding.remedy for each in violations}
    rule: dict[str, Any] = {
        "id": violation.rule,
        "shortDescription": {"text": escaped(violation.description)},
        "fullDescription": {"text": escaped(violation.description)},
        "help": {"text": escaped((len(remedies) == 1 and violation.finding.remedy) or violation.description)},
        "properties": {"tags": ["security", violation.pack]},
    }
    if violation.severity in SECURITY_SEVERITY:
        rule["properties"]["security-severity"] = SECURITY_SEVERITY[violation.severity]
    return rule


def _result(violation: LoggedViolation, index: int, place: Declaration) -> dict[str, Any]:
    fingerprint = hashlib.sha256(f"{violation.rule}\n{violation.finding.urn}".encode()).hexdigest()
    text = f"{violation.resource}: {violation.finding.message}" + (
        f" Fix: {violation.finding.remedy}" if violation.finding.remedy else ""
    )
    return {
        "ruleId": violation.rule,
        "ruleIndex": index,
        "level": "error" if violation.level == "mandatory" else "warning",
        "message": {"text": escaped(text)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.file)},
                    "region": {"startLine": place.line},
                },
                "logicalLocations": [{"fullyQualifiedName": violation.finding.urn, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
