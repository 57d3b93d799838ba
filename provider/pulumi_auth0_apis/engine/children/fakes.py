"""Fakes: what stands for the resources and functions of providers that this engine does not run.

A fake makes nothing. It takes every input, answers with it, and says what the real thing would compute only
where somebody has told it. It lives in the engine's own process, and nothing is asked over a network.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pulumi_auth0_apis.engine.children.providers import (
    Checked,
    Provider,
    ProviderError,
    ReadObject,
    with_secrets,
)
from pulumi_auth0_apis.engine.model.assets import Archive, Asset
from pulumi_auth0_apis.engine.model.differences import Difference, compare
from pulumi_auth0_apis.engine.model.urns import name_of, type_of
from pulumi_auth0_apis.engine.model.values import Properties, Secret, Unknown, contains, unwrapped

Outputs = Callable[[dict[str, Any]], Mapping[str, Any]]
"""From the inputs of a resource, or the arguments of a function, to what the real one would compute."""


def nothing(_inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a fake that computes none."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Fake:
    """A fake of which more is said than what it computes."""

    outputs: Outputs = nothing
    replace_on: Sequence[str] = ()
    """Paths of inputs whose change replaces the resource, as in `ResourceOptions(replace_on_changes=…)`."""

    def __post_init__(self) -> None:
        """Raise `TypeError` for a single text, whose letters would be taken for paths."""
        if isinstance(self.replace_on, str):
            raise TypeError(f'replace_on is a list of paths: replace_on=["{self.replace_on}"]')

    def __call__(self, inputs: dict[str, Any]) -> Mapping[str, Any]:
        """What the real one would compute."""
        return self.outputs(inputs)


Fakes = Mapping[str, Fake | Outputs]
"""Fakes by type token, `random:index/randomPassword:RandomPassword`, or by the token of a function."""

ID = "id"
"""The output that is the id of the resource."""


class FakeProvider(Provider):
    """Plays all resources of one provider, with one configuration that it does not look at."""

    def __init__(self, fakes: Fakes) -> None:
        self._fakes = fakes
        self.configured = True

    async def configure(self, urn: str, inputs: Properties) -> None:
        """Take any configuration. What depends on one that is not known yet is not known either."""
        self.configured = not contains(inputs, Unknown)

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Accept any inputs as they are."""
        return Checked(new)

    async def diff(
        self, urn: str, resource_id: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """Compare inputs. When to replace, the real provider alone knows, or who has said it of the fake."""
        found = compare(unwrapped(old_inputs), unwrapped(new))
        fake = self._fakes.get(type_of(urn))
        return found.with_replace_on_changes(fake.replace_on) if isinstance(fake, Fake) else found

    async def create(
        self, urn: str, inputs: Properties, timeout: float = 0, *, preview: bool = False
    ) -> tuple[str, Properties]:
        """The outputs and an id: the one that the fake computes, else the name with a random end."""
        outputs = self._outputs(urn, inputs)
        return str(unwrapped(outputs.pop(ID, "")) or f"{name_of(urn)}-{uuid.uuid4().hex[:7]}"), outputs

    async def read(self, urn: str, resource_id: str, inputs: Properties, state: Properties) -> ReadObject:
        """What the state says; for a resource that the program only reads, what the fake computes of it."""
        outputs = self._outputs(urn, inputs) if state == inputs else state
        return ReadObject(resource_id, {key: value for key, value in outputs.items() if key != ID}, inputs)

    async def update(
        self,
        urn: str,
        resource_id: str,
        old_inputs: Properties,
        old_outputs: Properties,
        inputs: Properties,
        timeout: float = 0,
        *,
        preview: bool = False,
    ) -> Properties:
        """The outputs that follow from the new inputs; the id stays."""
        outputs = self._outputs(urn, inputs)
        outputs.pop(ID, None)
        return outputs

    async def delete(
        self, urn: str, resource_id: str, inputs: Properties, outputs: Properties, timeout: float = 0
    ) -> None:
        """There is nothing to delete."""

    async def cancel(self) -> None:
        """Nothing runs."""

    async def close(self) -> None:
        """There is no process."""

    def _outputs(self, urn: str, inputs: Properties) -> Properties:
        fake = self._fakes.get(type_of(urn))
        if fake is None:
            return dict(inputs)
        computed = answer(type_of(urn), fake, inputs)
        return with_secrets({**inputs, **computed}, inputs)


def answer(token: str, fake: Fake | Outputs, inputs: Properties) -> Properties:
    """What a fake makes of plain inputs; all of it is secret where any of them is.

    Raises `ProviderError` where it raises, or returns anything but named property values.
    """
    is_secret = contains(inputs, Secret)
    try:
        computed: Any = fake(deepcopy(unwrapped(inputs)))
    except Exception as error:  # whatever a user's function raises is the fake's failure
        told = "" if is_secret else f": {error}"  # it may quote what it was given
        raise ProviderError(f"the fake of {token} raised {type(error).__name__}{told}") from None
    if not isinstance(computed, Mapping) or not _is_value(computed):
        raise ProviderError(
            f"the fake of {token} returned {type(computed).__name__}, which is, or holds, no property value. "
            "Let it return a dict of text, numbers, booleans, lists, dicts and None."
        )
    return {key: Secret(value) if is_secret else value for key, value in computed.items()}


def _is_value(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_value(item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_value, value))
    return value is None or isinstance(value, str | bool | int | float | Asset | Archive)
