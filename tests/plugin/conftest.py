"""The plugin as the engine meets it: over gRPC, on a tenant of its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
import httpx
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import engine_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import (
    ResourceProviderStub,
    add_ResourceProviderServicer_to_server,
)

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.provider import Provider

Props = dict[str, Any]
ORDERS = "https://orders.example.com"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
MARK, SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
OWN_PROVIDER = "urn:pulumi:dev::orders::pulumi:providers:auth0-apis::default_0_1_0"
EXPLICIT = "urn:pulumi:dev::orders::pulumi:providers:auth0-apis::staging"


def struct(props: Props) -> Struct:
    message = Struct()
    message.update(props)
    return message


def plain(message: Struct) -> Props:
    """Properties as JSON has them, what is marked as a secret with its mark."""
    return MessageToDict(message)


def secret(value: Any) -> Props:
    return {MARK: SECRET, "value": value}


@dataclass
class Resources:
    """One kind of resource, asked as the engine does. What a request lacks, an engine of today sends."""

    stub: ResourceProviderStub
    kind: str

    def check(
        self, inputs: Props, before: Props | None = None, name: str = "orders"
    ) -> tuple[Props, list[str]]:
        request = proto.CheckRequest(**self._of(name), olds=struct(before or {}), news=struct(inputs))
        response = self.stub.Check(request)
        assert not any(failure.property for failure in response.failures)  # the engine would print its value
        return plain(response.inputs), [failure.reason for failure in response.failures]

    def diff(self, outputs: Props, before: Props, inputs: Props, name: str = "orders") -> proto.DiffResponse:
        values: Props = {"olds": struct(outputs), "old_inputs": struct(before), "news": struct(inputs)}
        found: proto.DiffResponse = self.stub.Diff(proto.DiffRequest(**self._of(name), id="1", **values))
        return found

    def create(self, inputs: Props, *, preview: bool = False, name: str = "orders") -> tuple[str, Props]:
        request = proto.CreateRequest(**self._of(name), properties=struct(inputs), preview=preview)
        response = self.stub.Create(request)
        return response.id, plain(response.properties)

    def read(self, id_: str, outputs: Props | None, before: Props | None = None) -> tuple[str, Props, Props]:
        """Refresh what is recorded; without outputs it is an import."""
        given: Props = (
            {} if outputs is None else {"properties": struct(outputs), "inputs": struct(before or {})}
        )
        response = self.stub.Read(proto.ReadRequest(**self._of("orders"), id=id_, **given))
        return response.id, plain(response.properties), plain(response.inputs)

    def update(
        self, id_: str, outputs: Props, before: Props, inputs: Props, *, preview: bool = False
    ) -> Props:
        values: Props = {"olds": struct(outputs), "old_inputs": struct(before), "news": struct(inputs)}
        request = proto.UpdateRequest(**self._of("orders"), id=id_, preview=preview, **values)
        return plain(self.stub.Update(request).properties)

    def delete(self, id_: str, outputs: Props, before: Props) -> None:
        values: Props = {"properties": struct(outputs), "old_inputs": struct(before)}
        self.stub.Delete(proto.DeleteRequest(**self._of("orders"), id=id_, **values))

    def _of(self, name: str) -> dict[str, Any]:
        kind = token(self.kind)
        return {"urn": f"urn:pulumi:dev::orders::{kind}::{name}", "type": kind, "name": name}


@dataclass
class Engine(engine_pb2_grpc.EngineServicer):
    """An engine that hears what is logged."""

    address: str = ""
    heard: list[tuple[str, int, str]] = field(default_factory=list)

    def Log(self, request: Any, _: object) -> Any:
        self.heard.append((request.urn.rpartition("::")[2], request.severity, request.message))
        return Empty()


@pytest.fixture
def engine() -> Iterator[Engine]:
    server, engine = grpc.server(ThreadPoolExecutor(2)), Engine()
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    engine.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    yield engine
    server.stop(None).wait()


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with Sandbox() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@contextmanager
def served(engine: str) -> Iterator[ResourceProviderStub]:
    """One provider of a run of the engine at this address, in this process."""
    server = grpc.server(ThreadPoolExecutor(8))
    add_ResourceProviderServicer_to_server(Provider(engine), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield ResourceProviderStub(channel)
    server.stop(None).wait()


@pytest.fixture
def stub(engine: Engine) -> Iterator[ResourceProviderStub]:
    """The plugin before anything is configured."""
    with served(engine.address) as stub:
        yield stub


@pytest.fixture
def configured(stub: ResourceProviderStub, sandbox: Sandbox) -> ResourceProviderStub:
    """The stack's own provider on the sandbox, of which the environment tells."""
    checked = stub.CheckConfig(proto.CheckRequest(urn=OWN_PROVIDER, olds=Struct(), news=Struct()))
    stub.Configure(proto.ConfigureRequest(urn=OWN_PROVIDER, args=checked.inputs))
    return stub


@pytest.fixture
def apis(configured: ResourceProviderStub) -> Resources:
    return Resources(configured, "ResourceServer")


@pytest.fixture
def permissions(configured: ResourceProviderStub) -> Resources:
    return Resources(configured, "Permission")


@pytest.fixture
def grants(configured: ResourceProviderStub) -> Resources:
    return Resources(configured, "ClientGrant")


def calls(sandbox: Sandbox) -> int:
    """How many calls the tenant has had, the token's aside."""
    routes: dict[str, int] = httpx.get(f"{sandbox.domain}/_sandbox/requests").json()["routes"]
    return sum(count for route, count in routes.items() if "/oauth/token" not in route)
