"""The configuration of a policy pack, as `--policy-pack-config` gives it.

`{"<policy>" or "all": "<level>" or {"enforcementLevel": "<level>", <property>: <value>, …}}`, see
https://www.pulumi.com/docs/insights/policy/policy-packs/configuration/.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import jsonschema

from pulumi_auth0_apis.engine.model.problems import EngineError

LEVELS = ("advisory", "mandatory", "disabled", "remediate")
Judges = Literal["", "resource", "stack"]
"""Whether a policy judges resources or stacks; a pack of an older SDK does not say."""
ALL = "all"


@dataclass(frozen=True)
class PolicyConfig:
    """How one policy is to run. No level: as the pack says."""

    level: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PolicyInfo:
    """One policy as its pack describes it."""

    name: str
    level: str
    judges: Judges
    schema: Mapping[str, Any]
    """JSON schema of each property."""
    required: tuple[str, ...]


def load(path: Path) -> dict[str, PolicyConfig]:
    """Read a configuration file. Raises `EngineError` where it is none, is empty, or says a thing twice."""
    try:
        written = json.loads(path.read_text(), object_pairs_hook=_once)
        if not isinstance(written, dict):
            raise EngineError("It must be a JSON object of policies.")
        return {name: _parse(name, value) for name, value in written.items() if name != "environments"}
    except OSError as error:
        raise EngineError(f"The policy configuration {path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise EngineError(f"The policy configuration {path} is no JSON: {error}.") from None
    except EngineError as error:
        raise EngineError(f"The policy configuration {path} cannot be used: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its members; JSON itself takes the last of two with one name."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise EngineError(f'"{name}" is there {times} times.')
    return dict(pairs)


def _parse(name: str, value: Any) -> PolicyConfig:
    if isinstance(value, str):
        return PolicyConfig(_level(name, value))
    if not isinstance(value, dict):
        raise EngineError(
            f'parsing "{name}": {json.dumps(value)} is not a valid value; must be a string or object'
        )
    properties = {key: item for key, item in value.items() if key != "enforcementLevel"}
    return PolicyConfig(_level(name, value["enforcementLevel"]) if properties != value else "", properties)


def _level(name: str, level: Any) -> str:
    if level not in LEVELS:
        raise EngineError(
            f'parsing enforcement level for "{name}": {json.dumps(level)} is not a valid enforcement level'
        )
    return str(level)


def resolve(
    policies: list[PolicyInfo], *given: Mapping[str, PolicyConfig]
) -> tuple[dict[str, PolicyConfig], list[str]]:
    """Lay configurations over the defaults, later ones on top; returns them and what is wrong with them."""
    resolved = {policy.name: PolicyConfig(policy.level, _defaults(policy)) for policy in policies}
    for layer in given:
        resolved = _apply(resolved, layer)
    faults = [
        f"{policy.name}: {fault}" for policy in policies for fault in _faults(policy, resolved[policy.name])
    ]
    return {name: each for name, each in resolved.items() if name != ALL}, faults


def _defaults(policy: PolicyInfo) -> dict[str, Any]:
    return {name: schema["default"] for name, schema in policy.schema.items() if "default" in schema}


def _apply(below: Mapping[str, PolicyConfig], layer: Mapping[str, PolicyConfig]) -> dict[str, PolicyConfig]:
    everywhere = layer[ALL].level if ALL in layer else ""
    result = {name: replace(each, level=everywhere or each.level) for name, each in below.items()}
    for name, given in layer.items():
        known = result.get(name, PolicyConfig())
        result[name] = PolicyConfig(given.level or known.level, {**known.properties, **given.properties})
    return result


def _faults(policy: PolicyInfo, config: PolicyConfig) -> Iterator[str]:
    schema = {"type": "object", "properties": dict(policy.schema), "required": list(policy.required)}
    validator = jsonschema.Draft7Validator(schema)
    for error in sorted(validator.iter_errors(dict(config.properties)), key=lambda each: list(each.path)):
        yield _told(error)


def _told(error: jsonschema.ValidationError) -> str:
    where = ".".join(str(part) for part in error.path)
    if error.validator == "required":
        required: Any = error.validator_value
        given: Any = error.instance
        missing = [name for name in required if name not in given]
        return ", ".join(f"{name} is required" for name in missing)
    if error.validator == "type":
        return f"{where}: Invalid type. Expected: {error.validator_value}, given: {_kind(error.instance)}"
    if error.validator == "enum":
        allowed: Any = error.validator_value
        choices = ", ".join(json.dumps(choice) for choice in allowed)
        return f"{where}: {where} must be one of the following: {choices}"
    return f"{where}: {error.message}"


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]
