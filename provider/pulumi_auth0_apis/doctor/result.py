"""The diagnosis of one check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Literal

from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.errors import Auth0ApisError

Status = Literal["ok", "warning", "problem", "skipped"]


@dataclass(frozen=True)
class Diagnosis:
    """One line of the doctor's findings: what was looked at, what was seen, and what to do about it.

    A `problem` keeps a deployment from working, or exposes a secret; a `warning` may do so one day.
    """

    check: str
    status: Status
    detail: str
    fix: str = ""

    def in_words(self, words: Callable[[str], str]) -> Diagnosis:
        """The same, as a program in another language would say it."""
        return replace(self, detail=words(self.detail), fix=words(self.fix))

    def to_json(self) -> dict[str, str]:
        """The same for machines; `fix` is left out where there is nothing to do."""
        return {name: value for name, value in asdict(self).items() if value}


def ok(check: str, detail: str) -> Diagnosis:
    return Diagnosis(check, "ok", detail)


def warning(check: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(check, "warning", detail, fix)


def problem(check: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(check, "problem", detail, fix)


def skipped(check: str, because: str) -> Diagnosis:
    return Diagnosis(check, "skipped", because)


def told(check: str, error: Auth0ApisError | EngineError) -> Diagnosis:
    """An error that says what is wrong, and what to do."""
    return Diagnosis(check, "problem", error.problem, error.next_step)
