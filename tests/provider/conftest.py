"""A tenant, and the provider of a kind of resource as the SDK would use it on that tenant."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import dill  # type: ignore[import-untyped]
import pulumi
import pytest
from pulumi.dynamic import Config, ConfigureRequest, ResourceProvider
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks

from pulumi_auth0_apis import _provider
from pulumi_auth0_apis._dynamic import DynamicProvider
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._provider import reference
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import Session, session_for

Props = dict[str, Any]
BLOB = "__provider"


class Recorder(Mocks):
    """An engine that makes everything and remembers what it was told."""

    def __init__(self) -> None:
        self.registered: dict[str, MockResourceArgs] = {}

    def new_resource(self, args: MockResourceArgs) -> tuple[str, Props]:
        self.registered[args.name] = args
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: MockCallArgs) -> tuple[Props, list[tuple[str, str]] | None]:
        return {}, None


Run = Callable[[Callable[[], Any]], Recorder]


@pytest.fixture
def deployment() -> Iterator[None]:
    """Event loops and settings for the SDK's mocks, which take them for granted; none outlives the test."""
    loop, loop_of_worker = asyncio.new_event_loop(), asyncio.new_event_loop()
    worker = ThreadPoolExecutor(1, initializer=asyncio.set_event_loop, initargs=(loop_of_worker,))
    loop.set_default_executor(worker)
    asyncio.set_event_loop(loop)
    yield
    pulumi.runtime.reset_options()
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_default_executor())
    asyncio.set_event_loop(None)
    loop.close()
    loop_of_worker.close()


@pytest.fixture
def run(deployment: None) -> Run:
    """Run a program to its end and return what it registered."""

    def run(program: Callable[[], Any]) -> Recorder:
        recorder = Recorder()
        pulumi.runtime.set_mocks(recorder)
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]
        return recorder

    return run


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the provider tells the user."""
    messages: list[str] = []
    monkeypatch.setattr(pulumi.log, "info", messages.append)
    monkeypatch.setattr(pulumi.log, "warn", messages.append)
    return messages


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A tenant; it has the properties that a module's FURTHER tells beyond those that are modelled."""
    with Sandbox(additional_properties=getattr(request.module, "FURTHER", {})) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def session(sandbox: Sandbox) -> Session:
    """The tenant as another hand reaches it: the dashboard, or another program."""
    return session_for({})


@dataclass
class Kind:
    """One kind of resource, driven in the order and with the values of the engine."""

    provider: ResourceProvider

    def next_run(self) -> None:
        """Go on in another process, which knows nothing of what this one has seen."""
        assert isinstance(self.provider, DynamicProvider)
        self.provider.operations.holdings = Holdings()

    def check(self, **inputs: Any) -> Props:
        result = self.provider.check({}, {**inputs, BLOB: ""})
        assert not result.failures, [failure.reason for failure in result.failures]
        return result.inputs

    def failures(self, **inputs: Any) -> list[str]:
        failures = self.provider.check({}, {**inputs, BLOB: ""}).failures
        assert all(failure.property == "" for failure in failures)
        return [failure.reason for failure in failures]

    def create(self, **inputs: Any) -> tuple[str, Props]:
        result = self.provider.create({**self.check(**inputs), BLOB: ""})
        assert result.outs is not None
        return result.id, result.outs

    def read(self, id_: str, outputs: Props) -> tuple[str | None, Props, Props]:
        result = self.provider.read(id_, {**outputs, BLOB: ""})
        assert result.outs is not None
        return result.id, result.outs, result.inputs or {}

    def replaces(self, outputs: Props, **inputs: Any) -> list[str]:
        result = self.provider.diff("", outputs, inputs)
        assert result.changes is None
        return result.replaces or []

    def update(self, id_: str, outputs: Props, **inputs: Any) -> Props:
        result = self.provider.update(id_, {**outputs, BLOB: ""}, {**self.check(**inputs), BLOB: ""})
        assert result.outs is not None
        return result.outs

    def delete(self, id_: str, outputs: Props) -> None:
        self.provider.delete(id_, {**outputs, BLOB: ""})


@pytest.fixture(autouse=True)
def holdings(monkeypatch: pytest.MonkeyPatch) -> Holdings:
    """A provider process of its own for every test."""
    fresh = Holdings()
    monkeypatch.setattr(_provider, "HERE", fresh)
    return fresh


def kind(name: str, monkeypatch: pytest.MonkeyPatch) -> Kind:
    monkeypatch.setattr(sys, "tracebacklimit", 1000, raising=False)  # loading changes it for the process
    provider: ResourceProvider = dill.loads(base64.b64decode(reference(name)))
    provider.configure(ConfigureRequest(Config({}, "project")))
    return Kind(provider)


@pytest.fixture
def apis(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Kind:
    return kind("resource_server", monkeypatch)


@pytest.fixture
def permissions(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Kind:
    return kind("permission", monkeypatch)


@pytest.fixture
def grants(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Kind:
    return kind("client_grant", monkeypatch)
