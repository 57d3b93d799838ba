"""Read what an engine did, or would do, from its event log.

Both engines write the same events, a JSON object a line: `pulumi preview --event-log FILE` (with
`PULUMI_DEBUG_COMMANDS=1`, which lets the flag in), `auth0-apis preview --event-log FILE`, and
`PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 pulumi preview --json`.
https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from auth0_api_vocabulary import name_of, snake_case
from auth0_api_vocabulary.finding import Finding
from pulumi_auth0_apis.report.diagnostic import readable
from pulumi_auth0_apis.report.redaction import Redaction, inputs_of

REPLACING = {"replace", "create-replacement", "delete-replaced"}
READING = {"read", "read-replacement", "discard", "discard-replaced"}
"""Steps on resources that the stack only looks up."""
SEVERITIES = ("critical", "high", "medium", "low")
HIDDEN_TYPES = ("pulumi:pulumi:Stack", "pulumi:providers:")


class LogError(Exception):
    """The input is no event log; the message says what it is and what to do."""


class Place(NamedTuple):
    """Where a resource stands on one side of a run."""

    parent: str = ""
    """The parent's URN: the stack's own, or a component's."""
    provider: str = ""
    """The provider's URN and id."""
    id: str = ""
    """The object's id; empty while it is to be made."""


NOWHERE = Place()


@dataclass
class ResourceChange:
    """One resource before and after; None where it is not there."""

    urn: str
    type: str
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    was: Place = NOWHERE
    will_be: Place = NOWHERE
    replaced: bool = False
    keys: set[str] = field(default_factory=set)
    """The properties that made a replacement necessary, by our names."""
    refreshed: bool = False
    """Whether `new` is what a refresh found, and no step has begun since that says what the program wants."""

    @property
    def name(self) -> str:
        """The resource's name in the program."""
        return name_of(self.urn)

    @property
    def operation(self) -> str:
        """What happens to it: create, update, replace, delete or same."""
        if self.old is None:
            return "create"
        if self.new is None:
            return "delete"
        if self.replaced:
            return "replace"
        return "same" if self.old == self.new else "update"


@dataclass(frozen=True, order=True)
class LoggedViolation:
    """A rule that a resource breaks, in the rule's own words."""

    level: str
    """`mandatory` or `advisory`."""
    rule: str
    finding: Finding
    description: str
    severity: str
    pack: str

    @property
    def resource(self) -> str:
        """The resource's name in the program."""
        return name_of(self.finding.urn)


class LoggedRemediation(NamedTuple):
    """A rule that changed what the program asked for."""

    rule: str
    pack: str
    urn: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass
class LoggedRun:
    """Everything that a log tells, in an order that does not depend on the engine's timing."""

    engine: str = ""
    """What wrote the log: the local engine names itself, Pulumi's CLI does not."""
    project: str = ""
    stack: str = ""
    preview: bool = True
    result: str = "unfinished"
    fakes: dict[str, int] = field(default_factory=dict)
    """How many resources fakes have played, by package."""
    changes: dict[str, ResourceChange] = field(default_factory=dict)
    positions: dict[str, str] = field(default_factory=dict)
    """Where the program declares a resource, by URN, as far as the engine says."""
    violations: list[LoggedViolation] = field(default_factory=list)
    remediations: list[LoggedRemediation] = field(default_factory=list)
    passed: list[tuple[str, str, str]] = field(default_factory=list)
    """Pack, rule and URN of each check that found nothing."""
    errors: list[tuple[str, str]] = field(default_factory=list)
    """URN and message of each error that is not a rule's."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    """URN and message of each warning that is not a rule's."""


def read(lines: Iterable[str]) -> LoggedRun:
    """Return what an event log tells; raises `LogError` for anything else."""
    return run_of(list(_events(lines)))


def run_of(events: Sequence[Mapping[str, Any]]) -> LoggedRun:
    """Return what the events of one run tell."""
    run, redaction = LoggedRun(), Redaction()
    for event in events:
        redaction.learn(event)
        step = (event.get("resourcePreEvent") or event.get("resOutputsEvent") or {}).get("metadata", {})
        for side in ("old", "new"):
            redaction.learn_state(step.get("urn", ""), step.get(side))
    for event in events:
        _take(event, run, redaction)
    run.changes = dict(sorted(run.changes.items()))
    run.violations = sorted(set(run.violations), key=weight)
    run.remediations.sort(key=lambda remediation: remediation.urn)  # one resource's stay in their order
    run.errors.sort()
    run.warnings.sort()
    return run


def weight(violation: LoggedViolation) -> tuple[Any, ...]:
    """Order violations: what stops the update first, then the most severe."""
    severity = SEVERITIES.index(violation.severity) if violation.severity in SEVERITIES else len(SEVERITIES)
    return violation.level != "mandatory", severity, violation.rule, violation.finding.urn


def _events(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    texts = [line for line in lines if line.strip()]
    for number, line in enumerate(texts, 1):
        try:
            event = json.loads(line)
        except ValueError:
            raise LogError(_not_a_log(texts, number)) from None
        if not isinstance(event, dict) or "steps" in event or "sequence" not in event:
            raise LogError(_not_a_log(texts, number))
        yield event


def _not_a_log(texts: list[str], line: int) -> str:
    if texts[0].strip().startswith("{") and any('"steps"' in text for text in texts[:3]):
        return (
            "This is the digest of `pulumi preview --json`, which leaves out what policies report. "
            "Set PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 for that command"
        )
    return f"Line {line} is no engine event"


def _take(event: Mapping[str, Any], run: LoggedRun, redaction: Redaction) -> None:
    for kind, body in event.items():
        match kind:
            case "preludeEvent":
                run.engine = body.get("engine") or "pulumi"
            case "resourcePreEvent" | "resOutputsEvent":
                _take_step(body["metadata"], run, begins=kind == "resourcePreEvent")
            case "policyEvent":
                run.violations.append(violation(body, redaction))
            case "policyRemediationEvent":
                states = [inputs_of(body.get(key)) for key in ("before", "after")]
                where = (body["policyPackName"], body.get("resourceUrn", ""))
                run.remediations.append(LoggedRemediation(body["policyName"], *where, *states))
            case "policyAnalyzeSummaryEvent" | "policyAnalyzeStackSummaryEvent":
                where = (body["policyPackName"], body.get("resourceUrn", ""))
                run.passed += [(where[0], rule, where[1]) for rule in body.get("passed") or ()]
            case "diagnosticEvent" if body["severity"] in ("error", "warning"):
                said = run.errors if body["severity"] == "error" else run.warnings
                said.append((body.get("urn", ""), redaction.hide(readable(body["message"]))))
            case "summaryEvent":
                run.preview = bool(body.get("isPreview"))
                run.result = body.get("result") or "succeeded"
                run.fakes = dict(body.get("fakes") or {})


def _take_step(step: Mapping[str, Any], run: LoggedRun, *, begins: bool) -> None:
    urn = step["urn"]
    if not run.project:
        run.stack, run.project = urn.split(":")[2], urn.split("::")[1]
    if step["type"].startswith(HIDDEN_TYPES) or step["op"] in READING:
        return
    if step.get("new") and step["new"].get("sourcePosition"):
        run.positions[urn] = step["new"]["sourcePosition"]
    change = run.changes.setdefault(urn, ResourceChange(urn, step["type"]))
    old = inputs_of(step["old"]["inputs"]) if step.get("old") else None
    new = (
        inputs_of(step["new"]["inputs"], step.get("detailedDiff") or step.get("diffs") or ())
        if step.get("new")
        else None
    )
    if step["op"] == "refresh" or (change.refreshed and not begins):  # a refresh ends as what it found
        change.old, change.new, change.refreshed = old, new, True
        return
    if change.refreshed:
        change.old, change.new, change.refreshed = change.new, None, False
    change.replaced = change.replaced or step["op"] in REPLACING
    change.keys.update(map(snake_case, step.get("keys") or ()))
    change.old = old if change.old is None else change.old
    change.new = new if new is not None else change.new
    change.was = _place(step.get("old")) or change.was
    change.will_be = _place(step.get("new")) or change.will_be


def _place(state: Mapping[str, Any] | None) -> Place | None:
    return Place(*(state.get(part) or "" for part in Place._fields)) if state else None


def violation(body: Mapping[str, Any], redaction: Redaction) -> LoggedViolation:
    """Return what a policy event tells, without the secrets that are known."""
    description, _, rest = redaction.hide(body["message"].strip()).partition("\n")
    secrets = redaction.secrets_of(body.get("resourceUrn", ""))
    if secrets:
        rest = f"{description} The details are left out: they may quote a secret ({', '.join(secrets)})."
    finding = Finding.read(body.get("resourceUrn", ""), rest)
    return LoggedViolation(
        level=body["enforcementLevel"],
        rule=body["policyName"],
        finding=finding._replace(message=finding.message or description),
        description=description,
        severity=body.get("severity", ""),
        pack=body["policyPackName"],
    )
