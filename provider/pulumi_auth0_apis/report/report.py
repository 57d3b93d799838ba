"""A run as a reviewer wants to read it: what changes, who gains access, which rules it breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auth0_api_vocabulary import kinds, name_of
from pulumi_auth0_apis.report.access import AccessChange, access_changes
from pulumi_auth0_apis.report.advice import Advice, advise
from pulumi_auth0_apis.report.changes import SettingChange, api_name, setting_changes
from pulumi_auth0_apis.report.consequences import Consequence, consequences
from pulumi_auth0_apis.report.corrections import Correction, corrections
from pulumi_auth0_apis.report.declarations import Declaration, declarations
from pulumi_auth0_apis.report.declared_access import DeclaredAccess, before_and_after, kind_of
from pulumi_auth0_apis.report.log import LoggedRun, LoggedViolation, ResourceChange, weight
from pulumi_auth0_apis.report.moves import by_object, moves


@dataclass(frozen=True)
class Report:
    """The report that the formats write; nothing in it is secret."""

    run: LoggedRun
    name: str = ""
    """What the report calls itself; the project and the stack where it is empty and the log tells them."""

    @property
    def title(self) -> str:
        """The report's name; a workflow finds its comment by it."""
        return self.name or "/".join(filter(None, [self.run.project, self.run.stack])) or "no stack"

    @cached_property
    def violations(self) -> list[LoggedViolation]:
        """What breaks a rule, corrections that the engine forgets and moves that `up` refuses among it."""
        lost = (correction.violation for correction in self._corrections if not correction.kept)
        refused = (each.violation for each in self.moves if each.step)
        return sorted([*self.run.violations, *lost, *refused], key=weight)

    def declarations(self, project_file: str = "Pulumi.yaml") -> dict[str, Declaration]:
        """Return where the program below a project's file declares what breaks a rule, by URN."""
        urns = [each.finding.urn for each in self.violations]
        return declarations(urns, self.run.positions, project_file)

    @property
    def mandatory(self) -> list[LoggedViolation]:
        """The violations that stop the update."""
        return [violation for violation in self.violations if violation.level == "mandatory"]

    @property
    def advisory(self) -> list[LoggedViolation]:
        """The violations that do not."""
        return [violation for violation in self.violations if violation.level != "mandatory"]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Resource and message of what went wrong beside the rules."""
        noise = {"preview failed", "update failed"} if self.mandatory else set()
        return [(resource, message) for resource, message in _named(self.run.errors) if message not in noise]

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Resource and message of what the engine and the provider warn about."""
        return _named(self.run.warnings)

    @property
    def stopped(self) -> bool:
        """Whether the update cannot go ahead: a mandatory rule is broken, or the run did not succeed."""
        return bool(self.mandatory) or self.run.result != "succeeded"

    @property
    def verdict(self) -> str:
        """The result in a few words; a rule that many resources break counts once."""
        if self.mandatory:
            return f"stopped by {_rules(self.mandatory, 'broken rule')}"
        if self.stopped:
            return f"the {self._operation} {'failed' if self.run.result == 'failed' else 'did not end'}"
        if not self.changed:
            return "no changes" + (f", {_rules(self.advisory, 'warning')}" if self.advisory else "")
        return f"ready, {_rules(self.advisory, 'warning')}" if self.advisory else "ready"

    @property
    def _operation(self) -> str:
        return "preview" if self.run.preview else "update"

    @cached_property
    def changed(self) -> list[ResourceChange]:
        """The resources that do not stay as they are."""
        return [change for change in self.run.changes.values() if change.operation != "same"]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many resources are created, updated, replaced, deleted, and stay the same."""
        found = Counter(change.operation for change in self.run.changes.values())
        return {
            operation: found[operation] for operation in ("create", "update", "replace", "delete", "same")
        }

    @cached_property
    def _tenants(self) -> tuple[DeclaredAccess, DeclaredAccess]:
        return before_and_after(self.run.changes.values())

    @cached_property
    def settings(self) -> list[SettingChange]:
        """The settings that change."""
        return setting_changes(self._objects, *self._tenants)

    @cached_property
    def access(self) -> list[AccessChange]:
        """The access that changes."""
        return access_changes(*self._tenants)

    @cached_property
    def moves(self) -> list[Advice]:
        """Objects that one resource gives up and another takes; without a step where that is asked for."""
        return advise(moves(self.run))

    @cached_property
    def _objects(self) -> list[ResourceChange]:
        return by_object(self.run.changes.values(), [each.move for each in self.moves])

    @cached_property
    def consequences(self) -> list[Consequence]:
        """Return the consequences of replacements and deletions."""
        return consequences(self._objects)

    @cached_property
    def _corrections(self) -> list[Correction]:
        return corrections(self.run)

    @property
    def remediations(self) -> list[tuple[str, str, str]]:
        """Rule, resource and change of each setting that a rule corrected."""
        return [(each.rule, each.resource, each.change) for each in self._corrections if each.kept]

    def correctors(self, change: SettingChange) -> list[str]:
        """Return the rules by which a setting becomes what the program did not ask for."""
        where = (change.urn, change.setting)
        return [each.rule for each in self._corrections if each.kept and (each.urn, each.setting) == where]

    @property
    def blind_spots(self) -> str:
        """What the log cannot tell, where the run was stopped."""
        if self.run.result == "succeeded":
            return ""
        return (
            f"The {self._operation} was stopped. What depends on a resource that was refused, and what the "
            "program no longer declares, may be missing here."
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the stack's APIs by identifier."""
        return {
            str(inputs.get("identifier")): api_name(change)
            for change in self.run.changes.values()
            for inputs in (change.old, change.new)
            if kind_of(change) is kinds.API and inputs
        }


def _named(messages: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name_of(urn), message) for urn, message in messages]


def _rules(violations: Sequence[LoggedViolation], noun: str) -> str:
    number = len({violation.rule for violation in violations})
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
