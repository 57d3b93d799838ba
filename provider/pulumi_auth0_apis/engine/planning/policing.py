"""Asking the policy packs, and telling their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import Any

from pulumi.runtime.proto import analyzer_pb2

from pulumi_auth0_apis.engine.children.analyzers import Analyzer, PolicyFinding
from pulumi_auth0_apis.engine.events.stream import EventStream, Tally
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import name_of
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct


class Policing:
    """Asks all policy packs of a deployment."""

    def __init__(self, starting: Sequence[Awaitable[Analyzer]], events: EventStream) -> None:
        """Wait for packs that are starting; whoever asks first learns whether one could not."""
        self._starting = [asyncio.ensure_future(each) for each in starting]
        self._events = events
        self._is_told = False
        """Whether somebody has learned that a pack could not start."""

    async def ready(self) -> list[Analyzer]:
        """The packs, once all have started. Raises `EngineError` for one that has not."""
        try:
            return [await asyncio.shield(each) for each in self._starting]
        except EngineError:
            self._is_told = True
            raise

    async def packs(self) -> dict[str, str]:
        """The versions of the packs, by name and place in the form of the summary event.

        Raises `EngineError` for one that has not started, unless that has been told.
        """
        packs = self._started() if self._is_told else await self.ready()
        return {f"{each.name}|local|{each.directory}": each.version for each in packs}

    def _started(self) -> list[Analyzer]:
        ended = [each for each in self._starting if each.done() and not each.cancelled()]
        return [each.result() for each in ended if each.exception() is None]

    async def remediate(self, state: ResourceState, goal: Goal, provider: ResourceState | None) -> Properties:
        """Let the policies correct the inputs, one after the other; returns what they are then."""
        inputs = state.inputs
        for analyzer in await self.ready():
            request = _resource(analyzer_pb2.AnalyzeRequest, state, goal, provider, inputs, internal=True)
            remedies, tally = await analyzer.remediate(request)
            for remedy in remedies:
                if remedy.diagnostic:
                    self._tell(
                        analyzer,
                        PolicyFinding(remedy.policyName, remedy.diagnostic, "advisory", "", ""),
                        state.urn,
                    )
                    continue
                corrected = from_struct(remedy.properties)
                self._events.remediation(analyzer, remedy.policyName, state.urn, inputs, corrected)
                inputs = corrected
            self._events.policies_ran("policyRemediateSummaryEvent", analyzer, tally, state.urn)
        return inputs

    async def analyze(self, state: ResourceState, goal: Goal, provider: ResourceState | None) -> bool:
        """Let the policies judge the resource; returns whether it breaks a mandatory one."""
        analyzers = await self.ready()
        if not analyzers:
            return False
        request = _resource(analyzer_pb2.AnalyzeRequest, state, goal, provider, state.inputs)
        answers = await asyncio.gather(*(analyzer.analyze(request) for analyzer in analyzers))
        for analyzer, (findings, tally) in zip(analyzers, answers, strict=True):
            for finding in findings:
                self._tell(analyzer, finding, state.urn)
            self._events.policies_ran("policyAnalyzeSummaryEvent", analyzer, tally, state.urn)
        return _is_broken(answers)

    async def analyze_stack(
        self,
        states: Iterable[ResourceState],
        goals: Mapping[str, Goal],
        providers: Mapping[str, ResourceState],
        stack_urn: str,
    ) -> bool:
        """Let the policies judge the stack as a whole; returns whether it breaks a mandatory one."""
        analyzers = await self.ready()
        if not analyzers:
            return False
        request = analyzer_pb2.AnalyzeStackRequest()
        urns = set()
        for state in states:
            urns.add(state.urn)
            request.resources.append(_stack_resource(state, goals.get(state.urn), providers))
        answers = await asyncio.gather(*(analyzer.analyze_stack(request) for analyzer in analyzers))
        for analyzer, (findings, tally) in zip(analyzers, answers, strict=True):
            for finding in findings:
                self._tell(analyzer, finding, finding.urn if finding.urn in urns else stack_urn)
            self._events.policies_ran("policyAnalyzeStackSummaryEvent", analyzer, tally)
        return _is_broken(answers)

    async def close(self) -> None:
        """End all policy packs, also those that are only starting."""
        for each in self._starting:
            each.cancel()
        for outcome in await asyncio.gather(*self._starting, return_exceptions=True):
            if isinstance(outcome, Analyzer):
                await outcome.close()

    def _tell(self, analyzer: Analyzer, finding: PolicyFinding, urn: str) -> None:
        self._events.violation(
            analyzer, finding.policy, finding.message, finding.level, finding.severity, urn
        )


def _is_broken(answers: Iterable[tuple[Iterable[PolicyFinding], Tally]]) -> bool:
    return any(finding.level == "mandatory" for findings, _ in answers for finding in findings)


def _options(state: ResourceState, goal: Goal | None) -> Any:
    first = goal.delete_before_replace if goal else None
    timeouts = analyzer_pb2.AnalyzerResourceOptions.CustomTimeouts(**state.custom_timeouts)
    return analyzer_pb2.AnalyzerResourceOptions(
        protect=state.protect,
        ignoreChanges=state.ignore_changes,
        deleteBeforeReplace=bool(first),
        deleteBeforeReplaceDefined=first is not None,
        additionalSecretOutputs=state.additional_secret_outputs,
        aliases=state.aliases,
        customTimeouts=timeouts,
        parent=state.parent,
    )


def _provider(provider: ResourceState | None) -> Any:
    if provider is None:
        return None
    return analyzer_pb2.AnalyzerProviderResource(
        type=provider.type,
        properties=to_struct(_public(provider.inputs)),
        urn=provider.urn,
        name=name_of(provider.urn),
    )


def _resource(
    message: Any,
    state: ResourceState,
    goal: Goal | None,
    provider: ResourceState | None,
    properties: Properties,
    *,
    internal: bool = False,
    **more: Any,
) -> Any:
    return message(
        type=state.type,
        properties=to_struct(properties if internal else _public(properties)),
        urn=state.urn,
        name=name_of(state.urn),
        options=_options(state, goal),
        provider=_provider(provider),
        **more,
    )


def _stack_resource(state: ResourceState, goal: Goal | None, providers: Mapping[str, ResourceState]) -> Any:
    dependencies = {
        key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
        for key, urns in state.property_dependencies.items()
        if urns
    }
    return _resource(
        analyzer_pb2.AnalyzerResource,
        state,
        goal,
        providers.get(state.provider.rpartition("::")[0]),
        state.outputs,
        parent=state.parent,
        dependencies=state.dependencies,
        propertyDependencies=dependencies,
    )


def _public(properties: Properties) -> Properties:
    """The properties that policies see: none that begins with `__`, as the serialized provider does."""
    return {key: value for key, value in properties.items() if not key.startswith("__")}
