"""What `--help` says beside a command's own text: an example, the exit codes, and types in people's words.

`explain` is the one way there: it goes over all commands, and a command without an example is an error.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

FAILED = {0: "done", 1: "not done; the error says why"}
OF_A_STACK = {**FAILED, 6: "there is no such stack"}
DEPLOYED = {**OF_A_STACK, 7: "--expect-no-changes, and there are some", 8: "interrupted"}


@dataclass(frozen=True)
class Explanation:
    """A line that works as it is, and what each exit code means. Every wrong option is 2, as everywhere."""

    example: str
    exits: dict[int, str] = field(default_factory=lambda: FAILED)

    @property
    def text(self) -> str:
        """Two paragraphs, in Markdown."""
        codes = "; ".join(f"{code}: {meaning}" for code, meaning in self.exits.items())
        return f"Example: `auth0-apis {self.example}`\n\nExit codes: {codes}."


EXPLANATIONS = {
    "new": Explanation("new my-apis --ci gitlab"),
    "preview": Explanation("preview --stack dev --policy-pack policies", DEPLOYED),
    "up": Explanation("up --stack dev --yes", DEPLOYED),
    "refresh": Explanation("refresh --preview-only --expect-no-changes", DEPLOYED),
    "destroy": Explanation("destroy --target '**::orders' --target-dependents", DEPLOYED),
    "sandbox": Explanation("sandbox --port 8080 --latency 50ms", {0: "ended by Ctrl-C", 1: FAILED[1]}),
    "import": Explanation(
        "import my-apis --identifier 'https://*.example.com'",
        {0: "imported, and a preview shows no changes", 1: "not so; the error says why"},
    ),
    "doctor": Explanation("doctor --stack dev", {0: "no problem", 1: "a problem, with its fix"}),
    "drift": Explanation(
        "drift --stack prod --unmanaged",
        {0: "the tenant is as the state says", 1: "nothing was compared", 2: "they differ"},
    ),
    "token": Explanation(
        "token https://orders.example.com --client-id billingServiceSandbox00000000001",
        {0: "the token is what the settings promise", 1: "there is no token", 2: "it is not"},
    ),
    "report": Explanation(
        "report events.jsonl --format sarif --output rules.sarif",
        {0: "nothing that --fail-on names", 1: "something is", 2: "there is no report"},
    ),
    "stack output": Explanation("stack output orders_audience --stack dev", OF_A_STACK),
    "stack ls": Explanation("stack ls --json"),
    "stack rm": Explanation("stack rm --stack dev --yes", OF_A_STACK),
    "config set": Explanation("config set auth0:domain my-tenant.eu.auth0.com --stack dev", OF_A_STACK),
    "state taint": Explanation("state taint '**::orders'"),
    "state untaint": Explanation("state untaint '**::orders'"),
    "state unprotect": Explanation("state unprotect '**::orders'"),
}
"""By the words of the command."""


def explain(app: typer.Typer, *words: str) -> None:
    """Explain every command of `app`. Raises KeyError for one without an explanation."""
    for command in app.registered_commands:
        callback = command.callback
        name = command.name or (callback.__name__ if callback else "")
        command.cls = ExplainedCommand
        command.epilog = EXPLANATIONS[" ".join((*words, name))].text
    for group in app.registered_groups:
        group.cls = ExplainedGroup
        if group.typer_instance:
            explain(group.typer_instance, *words, group.name or "")


class ExplainedCommand(TyperCommand):
    """A command whose parameters have types in people's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_words(self)

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, which takes nothing."""
        return _without_type(super().get_help_option(ctx))


class ExplainedGroup(TyperGroup):
    """A group of commands, in the same words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_words(self)

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, which takes nothing."""
        return _without_type(super().get_help_option(ctx))


def _in_words(command: TyperCommand | TyperGroup) -> None:
    callback = inspect.unwrap(command.callback) if command.callback else None
    hints = get_type_hints(callback, include_extras=True) if callback else {}
    for param in command.params:
        if param.param_type_name == "argument":
            _without_type(param)
        elif param.metavar is None and param.name in hints:
            param.metavar = _word(param.name, *get_args(hints[param.name]))


def _without_type(param: Any) -> Any:
    """An argument is told by its name, and a flag takes nothing."""
    if param is not None:
        param.display_type_rich = lambda **_: None
    return param


def _word(name: str, hint: Any, told: Any) -> str:
    """What a person puts in the place of an option's value; nothing where it takes none."""
    union = get_origin(hint) in (Union, UnionType, list)
    kind = next(kind for kind in (get_args(hint) if union else (hint,)) if kind is not type(None))
    if get_origin(kind) is Literal:
        return "|".join(get_args(kind))
    match kind:
        case kind if kind is bool:
            return ""
        case kind if kind is int:
            return "N"
        case kind if issubclass(kind, Path):
            return "FILE" if told.file_okay else "DIR"
        case kind if issubclass(kind, StrEnum):
            return "|".join(kind)
        case _:
            return name.upper()
