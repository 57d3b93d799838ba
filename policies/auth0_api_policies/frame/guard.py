"""The guard that runs every check, so that a rule is a check and nothing else.

What a rule must never do is kept here, once: raise (that aborts the whole run), pass because a value is
not known yet, or print a value that may be secret.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pulumi_policy import PolicyConfigSchema, ReportViolation

from auth0_api_policies.frame.configuration import Configuration, PolicyConfigurationError
from auth0_api_policies.frame.exemption import LEDGER, exemption_for
from auth0_api_policies.frame.setting import SettingError, TakenOverSettingError, UnknownSettingError
from auth0_api_vocabulary import family_of, type_of
from auth0_api_vocabulary.families import DYNAMIC
from auth0_api_vocabulary.finding import Finding
from auth0_api_vocabulary.visible import visible

GuardCheck = Callable[[Configuration, Collection[str]], Iterable[tuple[str, str]]]
"""Yields URNs and messages, passing over the resources of some URNs, whose settings could not be read."""


class Guard:
    """Runs one rule's check and reports what it finds; nothing but pulumi-policy's own signals leave it."""

    def __init__(self, rule: str, remedy: str, schema: PolicyConfigSchema) -> None:
        self._rule, self._remedy, self._schema = rule, remedy, schema

    def run(self, check: GuardCheck, given: Mapping[str, Any], urn: str, report: ReportViolation) -> None:
        """Run a check; `urn` is where errors of the rule itself go."""
        unknown = None
        try:
            configuration = Configuration(self._schema, given)
            findings, unknown = self._findings(check, configuration, urn)
            for finding in findings:
                self._tell(finding, configuration, report)
        except PolicyConfigurationError as error:
            told = Finding(urn, str(error), f"correct the policy configuration of {self._rule}.")
            report(visible(told.text), urn)
        if unknown:  # pulumi-policy makes it a warning, whatever the rule's enforcement level
            raise unknown.cause

    def _findings(
        self, check: GuardCheck, configuration: Configuration, urn: str
    ) -> tuple[Iterable[Finding], UnknownSettingError | None]:
        """Return what a check finds, and the first unknown that is only to be warned about.

        A resource that cannot be read ends the check, which then runs again without it: one value that is
        not known must not hide what is wrong elsewhere.
        """
        found: dict[Finding, None] = {}
        passed_over: set[str] = set()
        warning: UnknownSettingError | None = None
        while True:
            try:
                for where, message in check(configuration, passed_over):
                    found[Finding(where, message, self._remedy)] = None
                return found, warning
            except PolicyConfigurationError:
                raise
            except BaseException as error:  # gRPC answers no SystemExit: the engine would wait for ever
                if not isinstance(error, SettingError) or error.urn in passed_over:
                    return [*found, _failed(error, urn)], warning
                passed_over.add(error.urn)
                if not isinstance(error, UnknownSettingError) or not configuration.warns_on_unknown:
                    found[_not_judged(error)] = None
                elif configuration.concerns(error.urn):
                    warning = warning or error

    def _tell(self, finding: Finding, configuration: Configuration, report: ReportViolation) -> None:
        if not configuration.concerns(finding.urn):
            return
        exemption = exemption_for(finding.urn, configuration.exemptions)
        if exemption and not exemption.expired:
            LEDGER.record(finding.urn, self._rule, exemption)
            return
        over = f" Its exemption ({exemption.reason}) expired on {exemption.expires}." if exemption else ""
        told = _in_its_words(finding)
        report(visible(told._replace(message=f"{told.message}{over}").text), finding.urn)


def _in_its_words(finding: Finding) -> Finding:
    """Name properties as the program spells them."""
    family = family_of(type_of(finding.urn)) or DYNAMIC
    return finding._replace(message=family.told(finding.message), remedy=family.told(finding.remedy))


def _not_judged(error: SettingError) -> Finding:
    setting = error.setting
    if not isinstance(error, UnknownSettingError):
        return Finding(
            error.urn,
            f"`{setting}` holds a value that the rule does not understand.",
            f"correct `{setting}`.",
        )
    if isinstance(error, TakenOverSettingError):
        return Finding(
            error.urn,
            f"`{setting}` is left out of an API that is taken over, and keeps what it has in the tenant, "
            "so the rule counts as broken.",
            f'declare `{setting}`, or set "onUnknown": "warn" for this rule.',
        )
    return Finding(
        error.urn,
        f"`{setting}` is not known during preview, so the rule counts as broken.",
        f"give `{setting}` a value that does not depend on what another resource returns, "
        'or set "onUnknown": "warn" for this rule.',
    )


def _failed(bug: BaseException, urn: str) -> Finding:
    """Name an unexpected error by its type and line; its message could hold a property's value."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    where = f"{type(bug).__name__}, {Path(frame.filename).name}:{frame.lineno}"
    return Finding(
        urn,
        f"The rule itself failed ({where}).{_missing_attribute(bug, frame.line or '')}",
        "report it; until then an exemption lets the resource pass.",
    )


def _missing_attribute(bug: BaseException, line: str) -> str:
    """Return what the rule asked for in vain, where its own source says that name."""
    if not isinstance(bug, AttributeError) or not bug.name or f".{bug.name}" not in line:
        return ""
    kind = type(bug.obj)
    near = get_close_matches(bug.name, [name for name in dir(kind) if not name.startswith("_")], n=1)
    meant = f"; did you mean {near[0]}?" if near else "."
    return f" A {kind.__name__} has no attribute {bug.name}{meant}"
