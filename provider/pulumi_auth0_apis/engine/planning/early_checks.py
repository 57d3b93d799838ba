"""Having a resource checked before its turn in the planning comes.

Registrations are planned one at a time, in their order, and what planning waits for is the provider, whose
threads may be busy creating things. A check follows from the inputs alone, so it is asked for as soon as a
registration arrives. Where planning then has other inputs to check, it asks anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pulumi_auth0_apis.engine.children.providers import Checked, Examining
from pulumi_auth0_apis.engine.model.values import Properties


@dataclass(frozen=True, eq=False)
class _Asked:
    provider: Examining
    old: Properties
    new: Properties
    answer: asyncio.Task[Checked]


class EarlyChecks:
    """The checks of registrations that wait for their turn, by URN."""

    def __init__(self) -> None:
        self._asked: dict[str, _Asked] = {}

    @contextmanager
    def asking(self, provider: Examining, urn: str, old: Properties, new: Properties) -> Iterator[None]:
        """Ask now; meanwhile `check` knows the answer. Afterwards nobody waits for it any more."""
        answer = asyncio.create_task(provider.check(urn, old, new))
        answer.add_done_callback(_observe)
        asked = self._asked[urn] = _Asked(provider, old, new, answer)
        try:
            yield
        finally:
            answer.cancel()
            if self._asked.get(urn) is asked:  # and not another of the same URN, which planning refuses
                del self._asked[urn]

    async def check(self, provider: Examining, urn: str, old: Properties, new: Properties) -> Checked:
        """The provider's answer: the one it was asked for, where that was about the same."""
        asked = self._asked.get(urn)
        if asked and asked.provider is provider and asked.old == old and asked.new == new:
            return await asyncio.shield(asked.answer)
        return await provider.check(urn, old, new)


def _observe(answer: asyncio.Task[Checked]) -> None:
    """An error that nobody came for is none."""
    if not answer.cancelled():
        answer.exception()
