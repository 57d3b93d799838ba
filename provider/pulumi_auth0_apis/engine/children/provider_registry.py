"""Which providers a deployment has, and the resources that stand for them in the state.

A provider is a resource too: its inputs are its configuration. It is configured when its step is carried out,
and loaded from the state when something of an older configuration has to be refreshed or deleted.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from pulumi_auth0_apis.engine.children.fakes import FakeProvider
from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.children.providers import ConfigurationOf, Provider
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import (
    DYNAMIC_PROVIDER_TYPE,
    FAKE_ID,
    is_provider_type,
    provider_id,
    provider_reference,
    provider_urn,
    type_of,
)
from pulumi_auth0_apis.engine.model.values import Properties

StartProvider = Callable[[str], Coroutine[Any, Any, Provider]]
"""Starts a process of a provider, by its type."""

TAKES_ANY = ConfigurationOf(FakeProvider({}))
"""Examines the configuration of providers that do not care, for which no process need run."""


class ProviderRegistry:
    """The configured providers of one deployment, by reference."""

    def __init__(self, start: StartProvider, base: Iterable[ResourceState], players: Players) -> None:
        """Start a first process at once: nearly every operation needs one, and starting takes its time."""
        self._start = start
        self._players = players
        self._running: list[Provider] = []
        self._states = {state.urn: state for state in base if is_provider_type(state.type)}
        known = (state.type for state in self._states.values() if players.is_process(state.type))
        self._spare_type = next(known, DYNAMIC_PROVIDER_TYPE)
        self._spare: asyncio.Task[Provider] | None = asyncio.create_task(self._started(self._spare_type))
        self._begun: dict[str, asyncio.Task[Provider]] = {}
        """Those that examine a configuration and do not have it yet, by URN."""
        self._providers: dict[str, Provider] = {}
        self._renamed: dict[str, str] = {}
        self._loading = asyncio.Lock()

    def __contains__(self, reference: str) -> bool:
        """Whether this run has configured the provider."""
        return self._now(reference) in self._providers

    def __getitem__(self, reference: str) -> Provider:
        try:
            return self._providers[reference]
        except KeyError:
            raise EngineError(
                f"The state refers to the provider {reference}, which neither the program nor the state "
                "defines.",
                "Repair the state with `pulumi state repair`.",
            ) from None

    async def configuration(self, urn: str) -> ConfigurationOf:
        """Who examines the configuration of a provider: a plugin itself, which is started for that."""
        if not self._players.is_plugin(type_of(urn)):
            return TAKES_ANY
        if urn not in self._begun:
            self._begun[urn] = asyncio.create_task(self._unused(type_of(urn)))
        return ConfigurationOf(await asyncio.shield(self._begun[urn]))

    async def configure(self, urn: str, resource_id: str | None, inputs: Properties) -> str:
        """Configure a provider that is begun, or a new one; returns its id, a new one where it has none."""
        begun = self._begun.pop(urn, None)
        return await self._configure(urn, resource_id, inputs, await begun if begun else None)

    async def _configure(
        self, urn: str, resource_id: str | None, inputs: Properties, provider: Provider | None = None
    ) -> str:
        provider = provider or await self._unused(type_of(urn))
        await provider.configure(urn, inputs)
        provider_id = resource_id or self._new_id(type_of(urn))
        self._providers[provider_reference(urn, provider_id)] = provider
        return provider_id

    async def keep(self, urn: str, resource_id: str, inputs: Properties) -> None:
        """Go on with a provider whose configuration has not changed; starts it unless it runs already."""
        if provider_reference(urn, resource_id) not in self._providers:
            await self.configure(urn, resource_id, inputs)

    def rename(self, former: str, urn: str) -> None:
        """Let references to a provider's former URN mean the one that is registered under a new URN."""
        self._renamed[former] = urn

    async def load(self, reference: str) -> Provider:
        """The provider of a reference, started from the state where the program has not registered it."""
        async with self._loading:
            reference = self._now(reference)
            if reference not in self._providers:
                state = self._states.get(provider_urn(reference))
                if state is not None and state.id == provider_id(reference):
                    await self._configure(state.urn, state.id, state.inputs)  # as it was: not the one begun
            return self[reference]

    def _now(self, reference: str) -> str:
        urn = provider_urn(reference)
        now = provider_reference(self._renamed.get(urn, urn), provider_id(reference))
        return now if now in self._providers else reference

    async def _unused(self, provider_type: str) -> Provider:
        if not self._players.is_process(provider_type):
            return self._players.provider(provider_type)
        if self._spare is None or provider_type != self._spare_type:
            return await self._started(provider_type)
        spare, self._spare = self._spare, None
        return await spare

    async def _started(self, provider_type: str) -> Provider:
        provider = await self._start(provider_type)
        self._running.append(provider)
        return provider

    def _new_id(self, provider_type: str) -> str:
        """The id of a new provider, by which a state tells for ever whether fakes play it."""
        return f"{FAKE_ID if self._players.is_other(provider_type) else ''}{uuid.uuid4()}"

    async def cancel(self) -> None:
        """Tell all providers to let what runs come to its end, and to begin nothing more."""
        await asyncio.gather(*(each.cancel() for each in self._running))

    async def close(self) -> None:
        """End all provider processes, also one that is only starting."""
        starting = [*self._begun.values(), *([self._spare] if self._spare else [])]
        for task in starting:
            task.cancel()
        await asyncio.gather(*starting, return_exceptions=True)
        await asyncio.gather(*(each.close() for each in self._running))
        self._running.clear()
        self._providers.clear()
