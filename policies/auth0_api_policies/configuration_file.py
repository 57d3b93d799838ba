"""Check a policy configuration file against the rules' schemas, before a run does.

    python -m auth0_api_policies policies/config/prod.json

The engine names the first file it cannot use and takes any key that it does not know; this names every
mistake, with where it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from pulumi_policy import EnforcementLevel, Policy

LEVELS = [level.value for level in EnforcementLevel]


def schema(rules: Sequence[Policy]) -> dict[str, Any]:
    """Return the JSON schema of a configuration file for a pack of these rules."""
    properties = {rule.name: {"anyOf": [{"enum": LEVELS}, _rule_schema(rule)]} for rule in rules}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"all": {"enum": LEVELS}, **properties},
        "additionalProperties": False,
    }


def mistakes(path: Path, rules: Sequence[Policy]) -> list[str]:
    """Return what is wrong with a configuration file, one sentence each; nothing where all is well."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [f"{path}: cannot be read as JSON: {error}"]
    if not isinstance(document, dict):
        return [f"{path}: has to be an object of rules and their configuration"]
    return [f"{path}: {mistake}" for mistake in _mistakes(document, rules)]


def _mistakes(document: Mapping[str, Any], rules: Sequence[Policy]) -> Iterator[str]:
    by_name = {rule.name: rule for rule in rules}
    for name, given in document.items():
        if name != "all" and name not in by_name:
            yield f"{name} is no rule of this pack; the rules are: {', '.join(by_name)}"
        elif isinstance(given, str) or name == "all":
            if given not in LEVELS:
                yield f"{name}: {given!r} is no enforcement level; the levels are: {', '.join(LEVELS)}"
        else:
            validator = Draft202012Validator(_rule_schema(by_name[name]), format_checker=FormatChecker())
            yield from (f"{name}{_where(error)}: {error.message}" for error in validator.iter_errors(given))


def _rule_schema(rule: Policy) -> dict[str, Any]:
    properties = rule.config_schema.properties if rule.config_schema else {}
    return {
        "type": "object",
        "properties": {"enforcementLevel": {"enum": LEVELS}, **properties},
        "additionalProperties": False,
    }


def _where(error: ValidationError) -> str:
    return error.json_path.removeprefix("$")
