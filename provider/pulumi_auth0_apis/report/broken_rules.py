"""Violations by rule: what it asks and how to mend it once, and below it who breaks it and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pulumi_auth0_apis.report.log import LoggedViolation, weight


@dataclass(frozen=True)
class Breach:
    """One thing that is wrong, and the resources that have it in common."""

    message: str
    remedy: str
    """Its own way out, empty where it is the rule's."""
    resources: tuple[str, ...]
    """Their names in the program; the stack's has none of its own."""


@dataclass(frozen=True)
class BrokenRule:
    """A rule at one level, and what breaks it."""

    level: str
    rule: str
    severity: str
    description: str
    remedy: str
    """The way out that most of its violations name."""
    breaches: tuple[Breach, ...]


def broken_rules(violations: Iterable[LoggedViolation]) -> list[BrokenRule]:
    """Group violations: mandatory ones first, then the most severe, in the order of `weight`."""
    groups: dict[tuple[str, str, str, str], list[LoggedViolation]] = {}
    for each in sorted(violations, key=weight):
        groups.setdefault((each.level, each.pack, each.rule, each.description), []).append(each)
    return [_broken_rule(group) for group in groups.values()]


def _broken_rule(group: Sequence[LoggedViolation]) -> BrokenRule:
    remedies = [each.finding.remedy for each in group]
    usual = max(remedies, key=remedies.count)
    common: dict[tuple[str, str], list[str]] = {}
    for each in group:
        own = "" if each.finding.remedy == usual else each.finding.remedy
        common.setdefault((each.finding.message, own), []).append(each.resource)
    first = group[0]
    breaches = tuple(
        Breach(message, own, tuple(dict.fromkeys(names))) for (message, own), names in common.items()
    )
    return BrokenRule(first.level, first.rule, first.severity, first.description, usual, breaches)


def counted(violations: Sequence[LoggedViolation]) -> str:
    """Say how many violations there are of how many rules, by level; nothing where there are none."""
    return "; ".join(_of_level(level, violations) for level in _levels(violations))


def _levels(violations: Sequence[LoggedViolation]) -> list[str]:
    return list(dict.fromkeys(each.level for each in sorted(violations, key=weight)))


def _of_level(level: str, violations: Sequence[LoggedViolation]) -> str:
    rules = [each.rule for each in violations if each.level == level]
    noun = "rule" if len(set(rules)) == 1 else "rules"
    return f"{len(rules)} {level} of {len(set(rules))} {noun}"
