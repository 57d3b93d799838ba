"""Check a policy configuration file against the rules' schemas, before a run does.

    python -m auth0_api_policies policies/config/prod.json

The rules are those of the pack that the file belongs to: see `pack_of`. An engine names the first file it
cannot use and takes any key that it does not know; this names every mistake, with where it is. A pack checks
the same when it is configured: see `pack`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from pulumi_policy import EnforcementLevel, Policy

LEVELS = [level.value for level in EnforcementLevel]
ALL, PRESET = "all", "preset"
PRESETS = ["recommended", "strict"]
"""The levels of the rules that a file does not name: see `preset`."""


def schema(rules: Sequence[Policy]) -> dict[str, Any]:
    """Return the JSON schema of a configuration file for a pack of these rules."""
    properties = {rule.name: {"anyOf": [{"enum": LEVELS}, _rule_schema(rule)]} for rule in rules}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {ALL: {"enum": LEVELS}, PRESET: {"enum": PRESETS}, **properties},
        "not": {"required": [ALL, PRESET]},
        "additionalProperties": False,
    }


def mistakes(path: Path, rules: Sequence[Policy]) -> list[str]:
    """Return what is wrong with a configuration file, one sentence each; nothing where all is well."""
    try:
        written = path.read_text(encoding="utf-8")
        document = json.loads(written, object_pairs_hook=_once) if written.strip() else None
    except (OSError, ValueError) as error:
        return [f"{path}: cannot be read as JSON: {error}"]
    except TwiceError as error:
        return [f"{path}: {error}"]
    if not isinstance(document, dict):
        what = "has to be an object of rules and their configuration" if written.strip() else "is empty"
        return [f"{path}: {what}"]
    return [f"{path}: {mistake}" for mistake in mistakes_of(document, rules)]


def mistakes_of(document: Mapping[str, Any], rules: Sequence[Policy]) -> Iterator[str]:
    """Yield what is wrong with a configuration: where, and the name that is nearest to one nobody knows."""
    by_name = {rule.name: rule for rule in rules}
    if ALL in document and PRESET in document:
        yield f"{ALL} and {PRESET} both say how every rule runs; leave one out"
    for name, given in document.items():
        if name == PRESET:
            yield from _not_among(name, given, PRESETS, "preset")
        elif name != ALL and name not in by_name:
            yield f"{name} is no rule of this pack{_nearest(name, [ALL, PRESET, *by_name])}"
        elif name == ALL or not isinstance(given, dict):
            yield from _not_among(name, given, LEVELS, "enforcement level")
        else:
            yield from (f"{name}{told}" for told in _mistakes_of_rule(given, by_name[name]))


def _not_among(name: str, given: Any, known: Sequence[str], what: str) -> Iterator[str]:
    if given not in known:
        yield f"{name}: {json.dumps(given)} is no {what}; the {what.split()[-1]}s are {', '.join(known)}"


def _mistakes_of_rule(given: Mapping[str, Any], rule: Policy) -> Iterator[str]:
    whole = _rule_schema(rule)
    known = whole["properties"]
    for key in sorted(given.keys() - known.keys()):
        yield f".{key} is no key of this rule{_nearest(key, known)}"
    validator = Draft202012Validator(whole, format_checker=FormatChecker())
    for error in validator.iter_errors({key: given[key] for key in given.keys() & known.keys()}):
        yield f"{error.json_path.removeprefix('$')}: {error.message}"


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the question whether one of the known names was meant, and all of them where none is near."""
    by_lower_case = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), by_lower_case, n=1)
    return f"; did you mean {by_lower_case[near[0]]}?" if near else f"; there are {', '.join(known)}"


class TwiceError(Exception):
    """A key is there twice, of which JSON would take the last."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise TwiceError(f"{name} is there {times} times")
    return dict(pairs)


def _rule_schema(rule: Policy) -> dict[str, Any]:
    properties = rule.config_schema.properties if rule.config_schema else {}
    return {
        "type": "object",
        "properties": {"enforcementLevel": {"enum": LEVELS}, **properties},
        "additionalProperties": False,
    }
