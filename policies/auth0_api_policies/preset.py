"""What a pack enforces before anybody configures it: `recommended`, or what a stack's file names.

The `pulumi` CLI takes levels alone in a configuration and refuses a file with the word `preset`. So such a
file is given to no engine: the pack takes the one of the stack that it runs for, whole, as its configuration.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi_policy import EnforcementLevel, Policy, Severity

from auth0_api_policies.configuration_file import PRESET, PRESETS, mistakes

RECOMMENDED, STRICT = PRESETS
MANDATORY: Mapping[str, frozenset[Severity]] = {
    RECOMMENDED: frozenset({Severity.HIGH, Severity.CRITICAL}),
    STRICT: frozenset(Severity),
}
"""The severities whose rules stop an update, by preset; the other rules advise."""


def level(rule: Policy, preset: str = RECOMMENDED) -> EnforcementLevel:
    """Return a rule's level in a preset: its own where it has one, as a rule that only reports does."""
    if rule.enforcement_level is not None:
        return rule.enforcement_level
    stops = (rule.severity or Severity.MEDIUM) in MANDATORY[preset]
    return EnforcementLevel.MANDATORY if stops else EnforcementLevel.ADVISORY


def own_configuration(files: Sequence[Path], stack: str, rules: Sequence[Policy]) -> dict[str, Any]:
    """Return what the stack's own file says, where it names a preset and nothing in it is wrong."""
    for file in files:
        if file.stem == stack and not mistakes(file, rules):
            document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return document if PRESET in document else {}
    return {}


def initial_config(document: Mapping[str, Any], rules: Sequence[Policy]) -> dict[str, Any]:
    """Return a stack's own configuration as pulumi-policy takes it, on which an engine lays what it is given.

    Every entry has its level: pulumi-policy sends none as `advisory`.
    """
    by_name = {rule.name: rule for rule in rules}
    return {
        name: _entry(given, level(by_name[name], document[PRESET]))
        for name, given in document.items()
        if name != PRESET
    }


def _entry(given: Any, otherwise: EnforcementLevel) -> dict[str, Any]:
    entry = given if isinstance(given, dict) else {"enforcementLevel": given}
    return {**entry, "enforcementLevel": EnforcementLevel(entry.get("enforcementLevel", otherwise))}
