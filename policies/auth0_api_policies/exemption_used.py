"""The violations that exemptions of other rules spared in this run, so that none is forgotten.

It reports and stops nothing: keep it advisory where `all` is mandatory.
"""

from __future__ import annotations

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from auth0_api_policies.frame.exemption import LEDGER
from auth0_api_vocabulary.finding import Finding

REMEDY = "bring the resource in line before its exemption expires."


def report_exemptions(_: StackValidationArgs, report_violation: ReportViolation) -> None:
    """Report each exemption that spared a resource."""
    for urn, note in LEDGER.take_all():
        report_violation(Finding(urn, note, REMEDY).text, urn)


exemption_used = StackValidationPolicy(
    name="exemption-used",
    description="Exemptions that spared a resource.",
    validate=report_exemptions,
    enforcement_level=EnforcementLevel.ADVISORY,
    severity=Severity.LOW,
    remediation_steps=REMEDY,
    tags=["auth0", "exemptions"],
    url="https://www.pulumi.com/docs/insights/policy/",
)
