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
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import Config, ConfigureRequest, ResourceProvider
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks
from pulumi.runtime.proto import provider_pb2 as proto

from auth0_api_vocabulary import snake_case
from pulumi_auth0_apis import _provider
from pulumi_auth0_apis._dynamic import DynamicProvider
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._inputs import canonical
from pulumi_auth0_apis._operations import Operations
from pulumi_auth0_apis._provider import reference
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import Session, session_for
from pulumi_auth0_apis.plugin.claims import Claims
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.properties import received, sent
from pulumi_auth0_apis.plugin.provider import Provider
from pulumi_auth0_apis.plugin.schema.types import pascal_case

Props = dict[str, Any]
BLOB = "__provider"
BOTH = ("dynamic", "plugin")
"""The faces of the provider: what the SDK calls, and the plugin."""


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
        self.operations.holdings = Holdings()

    def check(self, **inputs: Any) -> Props:
        result = self.provider.check({}, {**inputs, BLOB: ""})
        assert not result.failures, [failure.reason for failure in result.failures]
        return result.inputs

    def check_again(self, before: Props, inputs: Props) -> Props:
        return self.provider.check(before, inputs).inputs

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
        return self.compare("", outputs, inputs)

    def compare(self, id_: str, outputs: Props, inputs: Props) -> list[str]:
        """The inputs for which the object of an id is replaced."""
        result = self.provider.diff(id_, outputs, inputs)
        assert result.changes is None
        return result.replaces or []

    def goes_first(self, outputs: Props, **inputs: Any) -> bool:
        """Whether the object is deleted before its replacement is made."""
        return bool(self.provider.diff("", outputs, inputs).delete_before_replace)

    @property
    def operations(self) -> Operations:
        assert isinstance(self.provider, DynamicProvider)
        return self.provider.operations

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


class NoClaims(Claims):
    """Tests declare an object as often as they like; what is declared twice is for tests/plugin."""

    def failures(self, *_: object) -> Iterator[tuple[str, str]]:
        return iter(())


class PluginKind(Kind):
    """The same over the plugin's protocol, which spells everything in camelCase.

    It answers in the words of the dynamic face, so that one test may judge both. What only the engine's
    requests tell the plugin, the inputs of the last run, is what the outputs say is managed.
    """

    def __init__(self, kind: str, plugin: Provider) -> None:
        self.resource = plugin._resources[token(kind)]
        self.resource._claims = NoClaims()
        self.words = self.resource.words

    @property
    def operations(self) -> Operations:
        return self.resource.operations

    def check(self, **inputs: Any) -> Props:
        return self.check_again({}, inputs)

    def check_again(self, before: Props, inputs: Props) -> Props:
        response = self.resource.check(
            proto.CheckRequest(olds=self._struct(before), news=self._struct(inputs))
        )
        assert not response.failures, [failure.reason for failure in response.failures]
        return self._props(response.inputs)

    def failures(self, **inputs: Any) -> list[str]:
        news = received(self._struct(inputs))
        return [": ".join(filter(None, each)) for each in self.resource.operations.check({}, news)[1]]

    def create(self, **inputs: Any) -> tuple[str, Props]:
        properties = self._struct(self.check(**inputs))
        response = self.resource.create(proto.CreateRequest(properties=properties))
        return response.id, self._props(response.properties)

    def read(self, id_: str, outputs: Props) -> tuple[str | None, Props, Props]:
        response = self.resource.read(
            proto.ReadRequest(id=id_, properties=self._struct(outputs), inputs=self._struct(managed(outputs)))
        )
        return response.id or None, self._props(response.properties), self._props(response.inputs)

    def compare(self, id_: str, outputs: Props, inputs: Props) -> list[str]:
        return [snake_case(name) for name in self._diff(id_, outputs, inputs).replaces]

    def goes_first(self, outputs: Props, **inputs: Any) -> bool:
        return self._diff("", outputs, inputs).deleteBeforeReplace

    def _diff(self, id_: str, outputs: Props, inputs: Props) -> proto.DiffResponse:
        olds, old_inputs = self._struct(outputs), self._struct(managed(outputs))
        return self.resource.diff(
            proto.DiffRequest(id=id_, olds=olds, old_inputs=old_inputs, news=self._struct(inputs))
        )

    def update(self, id_: str, outputs: Props, **inputs: Any) -> Props:
        response = self.resource.update(
            proto.UpdateRequest(
                id=id_,
                olds=self._struct(outputs),
                old_inputs=self._struct(managed(outputs)),
                news=self._struct(self.check(**inputs)),
            )
        )
        return self._props(response.properties)

    def delete(self, id_: str, outputs: Props) -> None:
        self.resource.delete(proto.DeleteRequest(id=id_, properties=self._struct(outputs)))

    def _struct(self, props: Props) -> Struct:
        return sent(self.words, {name: value for name, value in props.items() if value is not None})

    def _props(self, struct: Struct) -> Props:
        return canonical(self.words, received(struct))


def managed(outputs: Props) -> Props:
    """The inputs of the last run, as far as they are recorded."""
    return {name: outputs[name] for name in outputs.get("managed", ()) if name in outputs}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module that says `FACES = BOTH` over both of the provider's protocols."""
    if "face" in metafunc.fixturenames and hasattr(metafunc.module, "FACES"):
        metafunc.parametrize("face", metafunc.module.FACES, indirect=True)


@pytest.fixture
def face(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "dynamic")


@pytest.fixture
def plugin() -> Provider:
    """A plugin's process of its own for every test."""
    return Provider("")


def kind(name: str, request: pytest.FixtureRequest) -> Kind:
    if request.getfixturevalue("face") == "plugin":
        return PluginKind(pascal_case(name), request.getfixturevalue("plugin"))
    monkeypatch = request.getfixturevalue("monkeypatch")
    monkeypatch.setattr(sys, "tracebacklimit", 1000, raising=False)  # loading changes it for the process
    provider: ResourceProvider = dill.loads(base64.b64decode(reference(name)))
    provider.configure(ConfigureRequest(Config({}, "project")))
    return Kind(provider)


@pytest.fixture
def apis(sandbox: Sandbox, face: str, request: pytest.FixtureRequest) -> Kind:
    return kind("resource_server", request)


@pytest.fixture
def permissions(sandbox: Sandbox, face: str, request: pytest.FixtureRequest) -> Kind:
    return kind("permission", request)


@pytest.fixture
def grants(sandbox: Sandbox, face: str, request: pytest.FixtureRequest) -> Kind:
    return kind("client_grant", request)
