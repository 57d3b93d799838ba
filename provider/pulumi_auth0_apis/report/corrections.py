"""Corrections that rules made, and whether the engine keeps to them.

An engine that replaces a resource checks the inputs anew that the program gave, and forgets every correction
(`generateStepsFromDiff` of Pulumi's `step_generator.go`, 3.260). The update then makes what the rule forbids,
so a correction that is lost counts as a broken rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auth0_api_vocabulary import name_of
from auth0_api_vocabulary.finding import Finding
from pulumi_auth0_apis.report.log import LoggedRun, LoggedViolation
from pulumi_auth0_apis.report.settings import label, shown


@dataclass(frozen=True)
class Correction:
    """One setting of one resource that one rule changed."""

    rule: str
    pack: str
    urn: str
    setting: str
    change: str
    """The setting in Auth0's words, what the program asked for and what the rule made of it."""
    kept: bool

    @property
    def resource(self) -> str:
        """The resource's name in the program."""
        return name_of(self.urn)

    @property
    def violation(self) -> LoggedViolation:
        """What a lost correction is."""
        return LoggedViolation(
            level="mandatory",
            rule=self.rule,
            finding=Finding(
                self.urn,
                f"The engine forgets the correction, because it replaces the resource ({self.change}).",
                "correct the program, or make the change that replaces the resource by itself.",
            ),
            description="A correction by a rule is kept.",
            severity="",
            pack=self.pack,
        )


def corrections(run: LoggedRun) -> list[Correction]:
    """Return every correction, one resource's in their order."""
    return list(_corrections(run))


def _corrections(run: LoggedRun) -> Iterator[Correction]:
    final = {remediation.urn: remediation.after for remediation in run.remediations}
    for rule, pack, urn, before, after in run.remediations:
        resource = run.changes.get(urn)
        planned = resource.new if resource is not None and resource.replaced else None
        for key in after:
            if before.get(key) == after.get(key):
                continue
            kept = planned is None or planned.get(key) == final[urn].get(key)
            change = f"{label(key)}: {shown(key, before.get(key))} → {shown(key, after.get(key))}"
            yield Correction(rule, pack, urn, key, change, kept)
