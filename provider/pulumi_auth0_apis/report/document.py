"""The report as JSON, for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pulumi_auth0_apis import escaping
from pulumi_auth0_apis.report.report import Report

VERSION = 1
"""Grows when a key changes its meaning or goes; new keys may appear in any version."""


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain values."""
    return {
        "version": VERSION,
        "project": report.run.project,
        "stack": report.run.stack,
        "engine": report.run.engine,
        "verdict": report.verdict,
        "stopped": report.stopped,
        "counts": report.counts,
        "fakes": report.run.fakes,
        "settings": [asdict(change) for change in report.settings],
        "access": [asdict(change) for change in report.access],
        "consequences": [asdict(consequence) for consequence in report.consequences],
        "moves": [
            {
                "from": each.move.source.urn,
                "to": each.move.target.urn,
                "taken_over": each.move.taken_over,
                "finding": each.told,
                "step": each.step,
                "code": each.code,
            }
            for each in report.moves
        ],
        "violations": [asdict(violation) for violation in report.violations],
        "remediations": [
            {"rule": rule, "resource": resource, "change": change}
            for rule, resource, change in report.remediations
        ],
        "errors": [{"resource": resource, "message": message} for resource, message in report.errors],
        "warnings": [{"resource": resource, "message": message} for resource, message in report.warnings],
        "resources": [
            {"urn": change.urn, "type": change.type, "operation": change.operation}
            for change in report.changed
        ],
    }


def as_json(report: Report) -> str:
    """Return the report as JSON text."""
    return escaping.as_json(document(report)) + "\n"
