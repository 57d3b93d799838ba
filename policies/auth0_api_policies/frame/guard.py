"""The guard that runs every check, so that a rule is a check and nothing else.

What a rule must never do is kept here, once: raise (that aborts the whole run), pass because a value is
not known yet, or print a value that may be secret.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pulumi_policy import PolicyConfigSchema, ReportViolation
from pulumi_policy.proxy import UnknownValueError

from .configuration import Configuration, ConfigurationError
from .exemption import LEDGER, exemption_for
from .setting import WrongTypeError
from .view import UnknownSettingError


class Finding(NamedTuple):
    """One thing that breaks a rule: which resource, how, and the way out."""

    urn: str
    message: str
    remedy: str


class Guard:
    """Runs one rule's check and reports what it finds; nothing but pulumi-policy's own signals leave it."""

    def __init__(self, rule: str, remedy: str, schema: PolicyConfigSchema) -> None:
        self._rule, self._remedy, self._schema = rule, remedy, schema

    def run(
        self,
        check: Callable[[Configuration], Iterable[tuple[str, str]]],
        given: Mapping[str, Any],
        urn: str,
        report: ReportViolation,
    ) -> None:
        """Run a check that yields URNs and messages; `urn` is where errors of the rule itself go."""
        try:
            configuration = Configuration(self._schema, given)
            for finding in self._findings(check, configuration, urn):
                self._tell(finding, configuration, report)
        except UnknownValueError:
            raise  # pulumi-policy makes it a warning, whatever the rule's enforcement level
        except ConfigurationError as error:
            report(f"{error}\nFix: correct the policy configuration of {self._rule}.", urn)
        except Exception as bug:
            report(f"{_where(bug)}\nFix: report it; until then an exemption lets the resource pass.", urn)

    def _findings(
        self,
        check: Callable[[Configuration], Iterable[tuple[str, str]]],
        configuration: Configuration,
        urn: str,
    ) -> Iterator[Finding]:
        try:
            for where, message in check(configuration):
                yield Finding(where, message, self._remedy)
        except UnknownSettingError as unknown:
            if configuration.warns_on_unknown:
                raise unknown.cause from None
            yield _not_known(unknown)
        except WrongTypeError as wrong:
            yield Finding(urn, f"{wrong} holds a value of the wrong type.", f"correct {wrong}.")

    def _tell(self, finding: Finding, configuration: Configuration, report: ReportViolation) -> None:
        if not configuration.concerns(finding.urn):
            return
        exemption = exemption_for(finding.urn, configuration.exemptions)
        if exemption and not exemption.expired:
            LEDGER.record(finding.urn, self._rule, exemption)
            return
        over = f" Its exemption ({exemption.reason}) expired on {exemption.expires}." if exemption else ""
        report(f"{finding.message}{over}\nFix: {finding.remedy}", finding.urn)


def _not_known(unknown: UnknownSettingError) -> Finding:
    return Finding(
        unknown.urn,
        f"{unknown.setting} is not known during preview, so the rule counts as broken.",
        f"give {unknown.setting} a value that does not depend on what another resource returns, "
        'or set "onUnknown": "warn" for this rule.',
    )


def _where(bug: Exception) -> str:
    """Name an unexpected error by its type and line; its message could hold a property's value."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"The rule itself failed ({type(bug).__name__}, {Path(frame.filename).name}:{frame.lineno})."
