"""The inputs of a resource, as its provider completes and accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pulumi_auth0_apis.engine.children.providers import CheckFailure, Examining
from pulumi_auth0_apis.engine.events.stream import MASK, EventStream
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.property_paths import parse_path, reset
from pulumi_auth0_apis.engine.model.urns import name_of
from pulumi_auth0_apis.engine.model.values import Properties, Secret, Unknown
from pulumi_auth0_apis.engine.planning.early_checks import EarlyChecks


async def check(
    provider: Examining,
    events: EventStream,
    early: EarlyChecks,
    urn: str,
    goal: Goal,
    old: Properties,
    inputs: Properties,
) -> tuple[Properties, bool]:
    """Have a provider complete inputs, and say whether it accepts them; tells every failure."""
    checked = await early.check(provider, urn, old, inputs)
    for failure in checked.failures:
        events.diagnostic("error", _told(failure, urn, goal), urn)
    return checked.inputs, not checked.failures


def _told(failure: CheckFailure, urn: str, goal: Goal) -> str:
    resource = f"{goal.type} resource '{name_of(urn)}'"
    if not failure.property:
        return f"{resource} has a problem: {failure.reason}"
    value = _shown(goal.properties.get(failure.property))
    return f"{resource}: property {failure.property} value {value} has a problem: {failure.reason}"


def _shown(value: Any) -> str:
    if isinstance(value, Secret):
        return "{" + MASK + "}"
    if value is None or isinstance(value, Unknown):
        return "{<nil>}"
    return "{" + str(value) + "}"


def without_ignored(
    events: EventStream, urn: str, inputs: Properties, old: Properties, ignored: Sequence[str]
) -> Properties:
    """Take changes under the ignored paths back; says where that cannot be."""
    refused: list[str] = []
    for text in ignored:
        try:
            inputs = reset(parse_path(text), old, inputs)
        except LookupError:
            refused.append(text)
    if refused:
        paths = ", ".join(refused)
        message = f'cannot ignore changes in added or removed elements of the path: "{paths}"'
        events.diagnostic("info", message, urn)
    return inputs
