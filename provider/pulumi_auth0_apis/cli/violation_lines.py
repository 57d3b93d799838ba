"""The lines that tell which rules are broken, from their violations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from pulumi_auth0_apis.report.broken_rules import Breach, BrokenRule, broken_rules
from pulumi_auth0_apis.report.log import LoggedViolation

_MOST_NAMES = 5


def violation_lines(violations: Sequence[LoggedViolation]) -> Iterator[tuple[int, Text]]:
    """Yield each line with its indentation: a rule, who breaks it and how, and the way out."""
    for broken in broken_rules(violations):
        yield 2, _head(broken)
        yield 4, Text(broken.description)
        for breach in broken.breaches:
            yield 4, _line(breach)
        if broken.remedy:
            yield 4, Text(f"Fix: {broken.remedy}")


def _head(broken: BrokenRule) -> Text:
    style = "red" if broken.level == "mandatory" else "yellow"
    head = Text.assemble((broken.level, style), "  ", (broken.rule, "bold"))
    return head.append(f"  {broken.severity}", "dim") if broken.severity else head


def _line(breach: Breach) -> Text:
    more = len(breach.resources) - _MOST_NAMES
    names = ", ".join(breach.resources[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
    own = f" Fix: {breach.remedy}" if breach.remedy else ""
    return Text.assemble("- ", (names, "bold"), f": {breach.message}{own}")
