"""The rules' documentation, made from the rules: the table of all, and a text for each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

from pulumi_policy import Policy, PolicyComplianceFramework, ResourceValidationPolicy

from auth0_api_policies.frame.configuration import EVERY_RULE
from auth0_api_policies.frame.rule import ResourceRule, StackRule
from auth0_api_policies.preset import level


class RuleRow(NamedTuple):
    """One rule in the table; the fields are the table's columns."""

    rule: str
    checks: str
    severity: str
    default: str
    options: str
    remediates: str
    standard: str


def table(rules: Sequence[Policy]) -> list[RuleRow]:
    """Return one row a rule, in the rules' order."""
    return [
        RuleRow(
            f"`{rule.name}`",
            rule.description,
            rule.severity.value if rule.severity else "",
            level(rule).value,
            "; ".join(f"`{key}`: {default}" for key, default in _own_options(rule)),
            "yes" if isinstance(rule, ResourceValidationPolicy) and rule.has_remediation() else "",
            _standard(rule.framework),
        )
        for rule in rules
    ]


def markdown_table(rules: Sequence[Policy]) -> str:
    """Return the table in Markdown, a line a rule."""
    header = [field.capitalize() for field in RuleRow._fields]
    lines = [header, ["---"] * len(header), *(list(row) for row in table(rules))]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def text(rule: Policy) -> str:
    """Return what a rule is for, its remedy and its own options, in Markdown."""
    schema = rule.config_schema.properties if rule.config_schema else {}
    options = [
        f"- `{key}`, by default {value}: {schema[key]['description']}" for key, value in _own_options(rule)
    ]
    parts = [f"### {rule.name}", rule.description, _reason(rule), f"To fix: {rule.remediation_steps}"]
    return "\n\n".join(filter(None, [*parts, "\n".join(options), f"See {rule.url}"]))


def _own_options(rule: Policy) -> list[tuple[str, str]]:
    """Return the options that the rule has beside those of every rule, with their defaults."""
    schema = rule.config_schema.properties if rule.config_schema else {}
    return [(key, _value(entry["default"])) for key, entry in schema.items() if key not in EVERY_RULE]


def _value(default: object) -> str:
    values = default if isinstance(default, list) else [default]
    return ", ".join(f"`{value}`" for value in values)


def _standard(framework: PolicyComplianceFramework | None) -> str:
    if framework is None:
        return ""
    return " ".join(filter(None, [framework.name, framework.version, framework.reference]))


def _reason(rule: Policy) -> str:
    """Return the documentation of the module that defines a rule."""
    check = rule.check if isinstance(rule, ResourceRule | StackRule) else None
    return (sys.modules[check.__module__].__doc__ or "").strip() if check else ""
