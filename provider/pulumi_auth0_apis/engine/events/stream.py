"""Engine events, in the shape that `pulumi up --event-log` writes (`apitype.EngineEvent`).

They are the one source of everything shown: the terminal, the JSON digest, the event log and all reports.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from auth0_api_vocabulary.marks import MASK as MASK
from pulumi_auth0_apis.engine.model.assets import Archive, Asset
from pulumi_auth0_apis.engine.model.decisions import LOGICAL, Op
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.values import SECRET, SIGNATURE, Properties, Secret, to_checkpoint


class Event(dict[str, Any]):
    """An engine event as it is written; beside that, what only the digest tells of it."""

    old: ResourceState | None = None
    new: ResourceState | None = None
    seconds: float = 0


OnEvent = Callable[[Event], None]
Severity = Literal["debug", "info", "info#err", "warning", "error"]

PoliciesRan = Literal[
    "policyRemediateSummaryEvent", "policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent"
]

NAME = "auth0-apis"
"""How a log says who has written it; the logs of the `pulumi` command say nothing of the kind."""


class PackInfo(Protocol):
    """A policy pack as events name it."""

    name: str
    version: str


@dataclass(frozen=True)
class Tally:
    """The policies of a pack that were asked one question, by whether they had something to say."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]


class EventStream:
    """Numbers events, hides configured secrets in them and passes them on."""

    def __init__(self, on_event: OnEvent | None = None, secrets: Iterable[str] = ()) -> None:
        self.events: list[Event] = []
        self._on_event = on_event
        self._secrets = _pattern(secrets)

    def emit(self, kind: str, body: Mapping[str, Any]) -> None:
        self._pass_on(self._event(kind, body))

    def _event(self, kind: str, body: Mapping[str, Any]) -> Event:
        return Event({"sequence": len(self.events), "timestamp": int(time.time()), kind: dict(body)})

    def _pass_on(self, event: Event) -> None:
        self.events.append(event)
        if self._on_event is not None:
            self._on_event(event)

    def masked(self, text: str) -> str:
        return self._secrets.sub(MASK, text) if self._secrets else text

    def diagnostic(self, severity: Severity, message: str, urn: str = "", *, ephemeral: bool = False) -> None:
        """Tell the user something, about a resource or in general."""
        body: dict[str, Any] = {"urn": urn} if urn else {}
        if severity not in ("info", "info#err"):
            body["prefix"] = f"{severity}: "
        body |= {"message": self.masked(message) + "\n", "color": "never", "severity": severity}
        if ephemeral:
            body["ephemeral"] = True
        self.emit("diagnosticEvent", body)

    def prelude(self, config: Mapping[str, str]) -> None:
        """The operation begins. That the engine names itself is ours alone; other readers skip it."""
        self.emit("preludeEvent", {"config": dict(config), "engine": NAME})

    def step_starts(self, step: Step, *, planning: bool) -> None:
        self._step("resourcePreEvent", step, step.op, planning)

    def step_ended(self, step: Step, op: Op, *, planning: bool) -> None:
        self._step("resOutputsEvent", step, op, planning)

    def step_failed(self, step: Step, steps: int, *, unknown: bool) -> None:
        """A step failed after so many others; `unknown` says that nobody knows what it has done."""
        status = 2 if unknown else 0
        metadata = self._metadata(step, step.op)
        self.emit("resOpFailedEvent", {"metadata": metadata, "status": status, "steps": steps})

    def violation(
        self, pack: PackInfo, policy: str, message: str, level: str, severity: str, urn: str
    ) -> None:
        """A policy is not satisfied."""
        body = {
            "resourceUrn": urn,
            "message": self.masked(message) + "\n",
            "color": "never",
            "policyName": policy,
            **_pack(pack),
            "enforcementLevel": level,
        }
        self.emit("policyEvent", body | ({"severity": severity} if severity else {}))

    def remediation(
        self, pack: PackInfo, policy: str, urn: str, before: Properties, after: Properties
    ) -> None:
        """A policy has corrected inputs."""
        body = {"resourceUrn": urn, "color": "raw", "policyName": policy, **_pack(pack)}
        self.emit(
            "policyRemediationEvent", {**body, "before": self._shown(before), "after": self._shown(after)}
        )

    def policies_ran(self, kind: PoliciesRan, pack: PackInfo, tally: Tally, urn: str | None = None) -> None:
        """The policies of a pack have judged a resource, or the stack; which of them found nothing."""
        body: dict[str, Any] = {} if urn is None else {"resourceUrn": urn}
        body |= _pack(pack)
        for outcome, names in (("passed", tally.passed), ("failed", tally.failed)):
            if names:
                body[outcome] = list(names)
        self.emit(kind, body)

    def summary(
        self,
        *,
        preview: bool,
        seconds: float,
        changes: Mapping[str, int],
        packs: Mapping[str, str],
        corrupt: bool,
        failed: bool,
        fakes: Mapping[str, int],
    ) -> None:
        """The operation is over; `corrupt` says that the state of a resource is not known.

        `fakes` are how many resources were played, by package; that is ours alone, other readers skip it.
        """
        body = {
            "maybeCorrupt": corrupt,
            "durationSeconds": -int(-seconds // 1),
            "resourceChanges": dict(sorted(changes.items())),
            "PolicyPacks": dict(packs),
            "isPreview": preview,
            "result": "failed" if failed else "succeeded",
        }
        if fakes:
            body["fakes"] = dict(sorted(fakes.items()))
        event = self._event("summaryEvent", body)
        event.seconds = seconds
        self._pass_on(event)

    def _step(self, kind: str, step: Step, op: Op, planning: bool) -> None:
        body: dict[str, Any] = {"metadata": self._metadata(step, op)}
        if planning:
            body["planning"] = True
        event = self._event(kind, body)
        event.old, event.new = step.old, step.new
        self._pass_on(event)

    def _metadata(self, step: Step, op: Op) -> dict[str, Any]:
        difference = step.difference
        body: dict[str, Any] = {
            "op": str(op),
            "urn": step.urn,
            "type": step.state.type,
            "old": self._state(step.old),
            "new": self._state(step.new),
        }
        if step.replace_keys:
            body["keys"] = list(step.replace_keys)
        if difference.changed_keys:
            body["diffs"] = list(difference.changed_keys)
        body["detailedDiff"] = difference.detail and {
            path: {"diffKind": kind, "inputDiff": True} for path, kind in difference.detail.items()
        }
        if step.op in LOGICAL:
            body["logical"] = True
        body["provider"] = step.state.provider
        return body

    def _state(self, state: ResourceState | None) -> dict[str, Any] | None:
        if state is None:
            return None
        body: dict[str, Any] = {"type": state.type, "urn": state.urn}
        for flag in ("custom", "delete"):
            if getattr(state, flag):
                body[flag] = True
        body |= {"id": state.id, "parent": state.parent}
        for flag in ("protect", "external"):
            if getattr(state, flag):
                body[flag] = True
        if state.retain_on_delete:
            body["retainOnDelete"] = True
        body["inputs"] = self._shown(state.inputs)
        body["outputs"] = self._shown(state.outputs)
        body["provider"] = state.provider
        if state.init_errors:
            body["initErrors"] = list(state.init_errors)
        if state.hide_diff:
            body["hideDiffs"] = list(state.hide_diff)
        if state.source_position:  # ours alone, other readers skip it
            body["sourcePosition"] = state.source_position
        return body

    def _shown(self, value: Any) -> Any:
        if isinstance(value, Secret):
            return {SIGNATURE: SECRET, "ciphertext": MASK}
        if isinstance(value, str):
            return self.masked(value)
        if isinstance(value, Mapping):
            return {key: self._shown(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return [self._shown(item) for item in value]
        if isinstance(value, Asset | Archive):
            return value.shown()
        return to_checkpoint(value, None)


def _pack(pack: PackInfo) -> dict[str, str]:
    return {
        "policyPackName": pack.name,
        "policyPackVersion": pack.version,
        "policyPackVersionTag": pack.version,
    }


def _pattern(secrets: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of the secrets, also as JSON text.

    Very short ones and booleans are left out, as in Pulumi's own filter: they would hide half of every text.
    """
    long = {secret for secret in secrets if len(secret) > 2 and secret.lower() not in ("true", "false")}
    wanted = long | {json.dumps(secret, ensure_ascii=False)[1:-1] for secret in long}
    return re.compile("|".join(map(re.escape, sorted(wanted, key=len, reverse=True)))) if wanted else None
