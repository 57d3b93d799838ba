"""The provider as it really runs: in the SDK's own process, over its protocol."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from pulumi_auth0_apis._provider import reference
from pulumi_auth0_apis.emulator import Sandbox

API = reference("resource_server")
ORDERS = "https://orders.example.com"
BY_GRPC = "Exception calling application"
"""What stands before an error's message while the SDK leaves exceptions to gRPC, as its older releases do."""


def struct(**values: Any) -> Struct:
    message = Struct()
    message.update({**values, "__provider": API})
    return message


@contextmanager
def provider_process(**environment: str) -> Iterator[ResourceProviderStub]:
    """The process that the CLI starts for dynamic resources, before anything is configured."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.dynamic"],
        env={**os.environ, "PULUMI_PROJECT": "orders", **environment},
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        address = f"127.0.0.1:{int(process.stdout.readline())}"
        with grpc.insecure_channel(address) as channel:
            yield ResourceProviderStub(channel)
    finally:
        process.kill()
        process.communicate()


def test_lifecycle(sandbox: Sandbox) -> None:
    """An API lives from check to delete over the SDK's protocol, with numbers as floats all the way."""
    inputs = struct(identifier=ORDERS, token_lifetime=8000)
    with provider_process() as provider:
        provider.Configure(proto.ConfigureRequest(args=Struct()))
        checked = provider.Check(proto.CheckRequest(olds=Struct(), news=inputs))
        assert (checked.inputs, list(checked.failures)) == (inputs, [])
        made = provider.Create(proto.CreateRequest(properties=inputs))
        assert made.properties["managed"] == ["identifier", "token_lifetime"]
        change = struct(identifier=ORDERS, token_lifetime=9000)
        assert not provider.Diff(proto.DiffRequest(id=made.id, olds=made.properties, news=change)).replaces
        updated = provider.Update(proto.UpdateRequest(id=made.id, olds=made.properties, news=change))
        read = provider.Read(proto.ReadRequest(id=made.id, properties=updated.properties))
        assert (read.properties, read.inputs) == (updated.properties, change)
        provider.Delete(proto.DeleteRequest(id=made.id, properties=read.properties))
        gone = provider.Read(proto.ReadRequest(id=made.id, properties=read.properties))
        assert (gone.id, MessageToDict(gone.properties)) == ("", {"__provider": API})


def test_preview_needs_no_settings() -> None:
    """Configure, check and diff answer without a tenant, a credential or a call."""
    blank = dict.fromkeys(("AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"), "")
    with provider_process(**blank) as provider:
        provider.Configure(proto.ConfigureRequest(args=Struct()))
        news = struct(identifier=ORDERS)
        assert not provider.Check(proto.CheckRequest(olds=Struct(), news=news)).failures
        assert not provider.Diff(proto.DiffRequest(id="x", olds=news, news=news)).replaces


def test_an_error_is_one_paragraph(sandbox: Sandbox) -> None:
    """What the engine shows of a refusal is the error's message in one line: no traceback, no cause."""
    with provider_process() as provider:
        provider.Configure(proto.ConfigureRequest(args=Struct()))
        sandbox.tenant.resource_servers.create({"identifier": ORDERS})
        with pytest.raises(grpc.RpcError) as raised:
            provider.Create(proto.CreateRequest(properties=struct(identifier=ORDERS, token_lifetime=60)))
    (line,) = str(raised.value.details()).splitlines()
    assert line.startswith(tuple(f"{each}: The API {ORDERS} (id " for each in ("AlreadyThereError", BY_GRPC)))


@pytest.mark.parametrize("level", ["", "debug"])
def test_a_defect_hides_its_stack_but_not_from_debugging(sandbox: Sandbox, level: str) -> None:
    """An exception of ours that nobody expected names itself, and under AUTH0_APIS_LOG=debug its place."""
    with provider_process(AUTH0_APIS_LOG=level) as provider:
        provider.Configure(proto.ConfigureRequest(args=Struct()))
        with pytest.raises(grpc.RpcError) as raised:
            provider.Create(proto.CreateRequest(properties=struct()))
    details = str(raised.value.details())
    assert "Unexpected KeyError" in details
    assert ("Traceback" in details) == (level == "debug")
    assert (len(details.splitlines()) > 10) == (level == "debug")
