"""The document that `pulumi preview --json` prints (`display.PreviewDigest`), made from events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pulumi_auth0_apis.engine.events.stream import MASK, Event
from pulumi_auth0_apis.engine.model.assets import Archive, Asset
from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, is_default_provider, type_of
from pulumi_auth0_apis.engine.model.values import Secret

_HALVES = frozenset({Op.CREATE_REPLACEMENT, Op.DELETE_REPLACED, Op.READ_REPLACEMENT, Op.DISCARD_REPLACED})


def digest(events: Iterable[Event]) -> dict[str, Any]:
    """Summarise an operation: configuration, steps, diagnostics, duration in nanoseconds, changes.

    What is unchanged and the halves of replacements are left out, secrets are masked. Resources that fakes
    have played are counted by package, under `fakes`, which is ours alone.
    """
    document = _Document()
    for event in events:
        document.take(event)
    return {key: value for key, value in document.parts.items() if value}


class _Document:
    def __init__(self) -> None:
        self._refreshing: set[str] = set()
        """URNs whose last step is a refresh."""
        self.parts: dict[str, Any] = {
            "config": {},
            "steps": [],
            "diagnostics": [],
            "duration": 0,
            "changeSummary": {},
        }

    def take(self, event: Event) -> None:
        if "preludeEvent" in event:
            self.parts["config"] = event["preludeEvent"]["config"]
        elif "diagnosticEvent" in event:
            self._diagnose(event["diagnosticEvent"])
        elif "resourcePreEvent" in event:
            self._begin(event["resourcePreEvent"]["metadata"], event)
        elif "resOutputsEvent" in event:
            self._correct(event["resOutputsEvent"]["metadata"], event)
        elif "summaryEvent" in event:
            self.parts["duration"] = int(event.seconds * 1e9)
            self.parts["changeSummary"] = event["summaryEvent"]["resourceChanges"]
            self.parts["fakes"] = event["summaryEvent"].get("fakes")

    def _diagnose(self, diagnostic: dict[str, Any]) -> None:
        if diagnostic.get("ephemeral"):
            return
        told = {"urn": diagnostic["urn"]} if "urn" in diagnostic else {}
        message = diagnostic.get("prefix", "") + diagnostic["message"]
        self.parts["diagnostics"].append({**told, "message": message, "severity": diagnostic["severity"]})

    def _begin(self, metadata: dict[str, Any], event: Event) -> None:
        if _is_shown(metadata, event):
            self.parts["steps"].append(_step(metadata, event))
            is_refresh = metadata["op"] == Op.REFRESH
            (self._refreshing.add if is_refresh else self._refreshing.discard)(metadata["urn"])

    def _correct(self, metadata: dict[str, Any], event: Event) -> None:
        """A refresh is known for an update or a deletion only when it has ended."""
        if metadata["urn"] not in self._refreshing:
            return
        if metadata["op"] == Op.DELETE or (metadata["op"] == Op.UPDATE and metadata["detailedDiff"]):
            for position, step in enumerate(self.parts["steps"]):
                if step["op"] == Op.REFRESH and step["urn"] == metadata["urn"]:
                    self.parts["steps"][position] = _step(metadata, event)


def _is_shown(metadata: dict[str, Any], event: Event) -> bool:
    if is_default_provider(metadata["urn"]) or metadata["op"] in _HALVES:
        return False
    if metadata["op"] != Op.SAME or type_of(metadata["urn"]) == STACK_TYPE:
        return True
    return event.old is not None and event.new is not None and event.old.protect != event.new.protect


def _step(metadata: dict[str, Any], event: Event) -> dict[str, Any]:
    step: dict[str, Any] = {"op": metadata["op"], "urn": metadata["urn"]}
    if metadata["provider"]:
        step["provider"] = metadata["provider"]
    for name, state in (("oldState", event.old), ("newState", event.new)):
        if state is not None:
            step[name] = _state(state)
    if "diffs" in metadata:
        step["diffReasons"] = metadata["diffs"]
    if "keys" in metadata:
        step["replaceReasons"] = metadata["keys"]
    detail = metadata["detailedDiff"]
    step["detailedDiff"] = detail and {
        path: {"kind": each["diffKind"], "inputDiff": each["inputDiff"]} for path, each in detail.items()
    }
    return step


def _state(state: ResourceState) -> dict[str, Any]:
    masked = replace(state, inputs=_masked(state.inputs), outputs=_masked(state.outputs))
    return masked.to_json(None)


def _masked(value: Any) -> Any:
    if isinstance(value, Secret):
        return MASK
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return value.shown() if isinstance(value, Asset | Archive) else value
