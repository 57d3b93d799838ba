"""The display of an operation for people: a tree of changes, what was said, the outputs and a summary.

It is made from engine events alone, so that it can never tell anything else than the JSON documents do.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text
from rich.tree import Tree

from pulumi_auth0_apis.cli.diff_lines import (
    STYLES,
    PropertyCorrection,
    all_lines,
    correction_line,
    corrections_of,
    diff_lines,
    shown,
)
from pulumi_auth0_apis.cli.violation_lines import violation_lines
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, is_default_provider, name_of, type_of
from pulumi_auth0_apis.escaping import terminal
from pulumi_auth0_apis.report.broken_rules import counted
from pulumi_auth0_apis.report.log import LoggedViolation, violation
from pulumi_auth0_apis.report.redaction import Redaction

DYNAMIC = "pulumi-python:dynamic/"

_DONE = {
    "create": "created",
    "update": "updated",
    "delete": "deleted",
    "replace": "replaced",
    "read": "read",
    "same": "unchanged",
    "discard": "forgotten",
}
_SIGNS = {
    "create": ("+", "green"),
    "update": ("~", "yellow"),
    "delete": ("-", "red"),
    "replace": ("±", "magenta"),
    "read": (">", "cyan"),
    "discard": ("<", "cyan"),
}
_SAME = (" ", "dim")

UNFOLDED = 1_000_000
"""Wider than any line."""


@dataclass
class ResourceRow:
    """A resource and what happens to it."""

    urn: str
    parent: str = ""
    op: str = "same"
    metadata: dict[str, Any] = field(default_factory=dict)
    failed: bool = False
    corrections: list[PropertyCorrection] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether there is anything to see."""
        return self.failed or bool(self.corrections) or self.op != "same"


def console_for_people() -> Console:
    """Standard output. A window folds lines at its width; what goes to a file or a log is not folded.

    There lines are searched, and commands and URNs copied. COLUMNS asks for a width all the same.
    """
    console = Console(highlight=False)
    is_folded = console.is_terminal or "COLUMNS" in os.environ
    return console if is_folded else Console(highlight=False, width=UNFOLDED)


class Display:
    """Collects the events of an operation; prints what is said at once, and the rest at its end."""

    def __init__(self, console: Console, title: str, *, details: bool = False) -> None:
        """With `details` the properties of what is created or deleted are listed too."""
        self._console = console
        self._details = details
        self._rows: dict[str, ResourceRow] = {}
        self._said: dict[str, list[Text]] = defaultdict(list)
        self._violations: list[LoggedViolation] = []
        self._corrections: dict[str, list[PropertyCorrection]] = defaultdict(list)
        self._planning = True
        self._status = console.status(title) if console.is_interactive else None
        console.print(Text(title, "bold"))
        if self._status:
            self._status.start()

    def __call__(self, event: dict[str, Any]) -> None:
        """Take the next event. Whatever is printed of it comes from here, and has become harmless."""
        event = _harmless(event)
        for kind, take in _TAKERS.items():
            if kind in event:
                take(self, event[kind])

    def close(self) -> None:
        """End the waiting line, where an operation ended before its summary."""
        if self._status:
            self._status.stop()

    def take_start(self, event: dict[str, Any]) -> None:
        metadata = event["metadata"]
        if self._status and metadata["op"] != "same" and not is_default_provider(metadata["urn"]):
            self._status.update(f"{metadata['op']} {name_of(metadata['urn'])}")
        self._note(metadata, event)

    def take_end(self, event: dict[str, Any]) -> None:
        self._note(event["metadata"], event)

    def take_failure(self, event: dict[str, Any]) -> None:
        row = self._rows.get(event["metadata"]["urn"])
        if row:
            row.failed = True

    def _note(self, metadata: dict[str, Any], event: dict[str, Any]) -> None:
        urn, op = metadata["urn"], metadata["op"]
        self._planning = event.get("planning", False)
        if is_default_provider(urn) or op == "refresh":
            return
        if op in ("create-replacement", "delete-replaced", "discard-replaced", "remove-pending-replace"):
            op = "replace" if op == "create-replacement" else self._rows.get(urn, ResourceRow(urn)).op
        state = metadata["new"] or metadata["old"]
        row = self._rows.setdefault(urn, ResourceRow(urn, state["parent"]))
        row.op = op if op != "read-replacement" else "read"
        row.corrections = self._corrections[urn]
        if metadata.get("detailedDiff") or metadata.get("diffs") or not row.metadata:
            row.metadata = metadata
        if type_of(urn) == STACK_TYPE:
            row.metadata = metadata

    def take_diagnostic(self, event: dict[str, Any]) -> None:
        if event.get("ephemeral") or event["severity"] == "debug":
            return
        style = {"error": "red", "warning": "yellow"}.get(event["severity"], "")
        text = Text(event.get("prefix", ""), style) + Text(event["message"].rstrip("\n"))
        self._said[event.get("urn", "")].append(text)

    def take_violation(self, event: dict[str, Any]) -> None:
        self._violations.append(violation(event, Redaction()))

    def take_correction(self, event: dict[str, Any]) -> None:
        self._corrections[event["resourceUrn"]] += corrections_of(event)

    def take_summary(self, event: dict[str, Any]) -> None:
        self.close()
        self._print_tree()
        self._print_said()
        self._print_violations()
        self._print_outputs()
        self._print_summary(event)

    def _print_tree(self) -> None:
        visible = self._visible()
        if not visible:
            return
        trees: dict[str, Tree] = {}
        roots: list[Tree] = []
        for row in sorted(visible, key=self._depth):
            above = trees.get(row.parent)
            label = self._label(row)
            trees[row.urn] = above.add(label) if above else Tree(label, guide_style="dim")
            if above is None:
                roots.append(trees[row.urn])
        self._console.print()
        for root in roots:
            self._console.print(_Indented(root, 1))

    def _visible(self) -> list[ResourceRow]:
        """Rows with changes, and their ancestors."""
        shown_urns: set[str] = set()
        for row in self._rows.values():
            current: ResourceRow | None = row if row.changes else None
            while current is not None and current.urn not in shown_urns:
                shown_urns.add(current.urn)
                current = self._rows.get(current.parent)
        return [row for row in self._rows.values() if row.urn in shown_urns]

    def _depth(self, row: ResourceRow) -> int:
        depth, current = 0, self._rows.get(row.parent)
        while current is not None:
            depth, current = depth + 1, self._rows.get(current.parent)
        return depth

    def _label(self, row: ResourceRow) -> Group:
        sign, style = _SIGNS.get(row.op, _SAME)
        word = "failed" if row.failed else row.op if self._planning else _DONE.get(row.op, row.op)
        kind = type_of(row.urn).removeprefix(DYNAMIC)
        label = Text.assemble(
            (f"{sign} ", style),
            (name_of(row.urn), "bold"),
            (f"  {kind}  ", "dim"),
            (word, "red" if row.failed else style),
        )
        return Group(label, *(_Indented(line, 4) for line in self._lines(row)))

    def _lines(self, row: ResourceRow) -> Iterator[Text]:
        if type_of(row.urn) == STACK_TYPE or not row.metadata:
            return
        yield from map(correction_line, row.corrections)
        if row.op in ("update", "replace"):
            yield from diff_lines(row.metadata)
        elif self._details and row.op in ("create", "delete"):
            yield from all_lines(row.metadata)

    def _print_said(self) -> None:
        if not self._said:
            return
        self._console.print("\n[bold]Diagnostics[/bold]")
        for urn, texts in self._said.items():
            where = f"{name_of(urn)}  {type_of(urn).removeprefix(DYNAMIC)}" if urn else "the program"
            self._console.print(_Indented(Text(where, "dim"), 2))
            for text in texts:
                self._console.print(_Indented(text, 4))

    def _print_violations(self) -> None:
        if not self._violations:
            return
        self._console.print()
        self._console.print(Text.assemble(("Policies: ", "bold"), counted(self._violations)))
        for indent, line in violation_lines(self._violations):
            self._console.print(_Indented(line, indent))

    def _print_outputs(self) -> None:
        stack = next((row for row in self._rows.values() if type_of(row.urn) == STACK_TYPE), None)
        if stack is None or not stack.metadata.get("new"):
            return
        new = stack.metadata["new"]["outputs"]
        old = stack.metadata["old"]["outputs"] if stack.metadata["old"] else {}
        if not new and not old:
            return
        self._console.print("\n[bold]Outputs[/bold]")
        for key in sorted({*new, *old}):
            self._console.print(_Indented(_output_line(key, old, new), 2))

    def _print_summary(self, event: dict[str, Any]) -> None:
        changes = dict(event["resourceChanges"])
        same = changes.pop("same", 0)
        parts = [
            Text(
                f"{count} {f'to {op}' if event['isPreview'] else _DONE.get(op, op)}", _SIGNS.get(op, _SAME)[1]
            )
            for op, count in changes.items()
        ]
        if same:
            parts.append(Text(f"{same} unchanged"))
        if event["result"] == "failed":
            parts.append(Text("failed", "red"))
        told = Text(", ").join(parts) if parts else Text("nothing")
        self._console.print()
        self._console.print(
            Text.assemble(("Resources: ", "bold"), told, (f"  ({event['durationSeconds']} s)", "dim"))
        )
        if fakes := event.get("fakes"):
            told = Text(f"{sum(fakes.values())}, nothing of them is real: {_counted(fakes)}", "yellow")
            self._console.print(Text.assemble(("Fakes: ", "bold"), told))


def _counted(fakes: dict[str, int]) -> str:
    return ", ".join(f"{count} of {package}" for package, count in fakes.items())


def _harmless(value: Any) -> Any:
    """An event with every text in it fit for a terminal."""
    if isinstance(value, dict):
        return {terminal(key): _harmless(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_harmless(item) for item in value]
    return terminal(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class _Indented:
    """Something further to the right; unlike with `rich.padding`, without blanks after it."""

    what: RenderableType
    by: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        inner = options.update_width(options.max_width - self.by)
        for line in console.render_lines(self.what, inner, pad=False):
            yield from (Segment(" " * self.by), *line, Segment.line())


_TAKERS: dict[str, Callable[[Display, dict[str, Any]], None]] = {
    "resourcePreEvent": Display.take_start,
    "resOutputsEvent": Display.take_end,
    "resOpFailedEvent": Display.take_failure,
    "diagnosticEvent": Display.take_diagnostic,
    "policyEvent": Display.take_violation,
    "policyRemediationEvent": Display.take_correction,
    "summaryEvent": Display.take_summary,
}


def _output_line(key: str, old: dict[str, Any], new: dict[str, Any]) -> Text:
    if key not in old:
        return Text(f"+ {key}: {shown(new[key])}", STYLES["+"])
    if key not in new:
        return Text(f"- {key}: {shown(old[key])}", STYLES["-"])
    if old[key] == new[key]:
        return Text(f"  {key}: {shown(new[key])}")
    return Text(f"~ {key}: {shown(old[key])} => {shown(new[key])}", STYLES["~"])
