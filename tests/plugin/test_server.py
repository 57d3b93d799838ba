"""The process of the plugin: how it starts, how many calls it takes at a time, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import engine_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from pulumi_auth0_apis import __version__
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis.plugin.schema import package

from .conftest import ORDERS, Engine, Resources

SECONDS = 30


@contextmanager
def plugin(engine: str) -> Iterator[tuple[subprocess.Popen[bytes], ResourceProviderStub]]:
    """The process as the engine starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pulumi_auth0_apis.plugin", engine],
        env={**os.environ, "AUTH0_DOMAIN": ""},
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        with grpc.insecure_channel(f"127.0.0.1:{int(process.stdout.readline())}") as channel:
            yield process, ResourceProviderStub(channel)
    finally:
        process.kill()
        process.communicate()


def test_it_serves_until_the_engine_is_gone() -> None:
    """It tells its version and schema; when the engine dies without a word, so does the process."""
    server, engine = grpc.server(ThreadPoolExecutor(2)), Engine()
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    with plugin(address) as (process, stub):
        assert stub.GetPluginInfo(Empty()).version == __version__
        assert f'"version": "{package()["version"]}"' in stub.GetSchema(proto.GetSchemaRequest()).schema
        server.stop(None).wait()
        assert process.wait(SECONDS) == 0


def test_a_signal_ends_it() -> None:
    """The engine that it is told of may be none at all: then it serves until it is told to end."""
    with plugin("") as (process, stub):
        assert stub.GetPluginInfo(Empty()).version == __version__
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0


def test_a_cancelled_run_takes_no_change_on(apis: Resources, configured: ResourceProviderStub) -> None:
    """What is under way ends, and what has not begun is not begun; reading goes on."""
    id_, outputs = apis.create({"identifier": ORDERS})
    configured.Cancel(Empty())
    for change in (
        lambda: apis.create({"identifier": f"{ORDERS}/2"}),
        lambda: apis.update(id_, outputs, {"identifier": ORDERS}, {"identifier": ORDERS, "name": "Orders"}),
        lambda: apis.delete(id_, outputs, {"identifier": ORDERS}),
    ):
        with pytest.raises(grpc.RpcError, match="The run was cancelled before this change was begun"):
            change()
    assert apis.read(id_, outputs, {"identifier": ORDERS})[0] == id_


def test_what_is_under_way_ends_when_the_run_is_cancelled(
    apis: Resources, configured: ResourceProviderStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a change would be worse than the change."""
    begun, go_on = threading.Event(), threading.Event()
    kind: Any = _lifecycle()
    create = kind.create

    def slowly(*arguments: Any) -> Any:
        begun.set()
        assert go_on.wait(SECONDS)
        return create(*arguments)

    monkeypatch.setattr(kind, "create", slowly)
    with ThreadPoolExecutor(1) as threads:
        made = threads.submit(apis.create, {"identifier": ORDERS})
        assert begun.wait(SECONDS)
        configured.Cancel(Empty())
        go_on.set()
        assert made.result()[1]["identifier"] == ORDERS


def test_an_engine_can_be_attached_to(stub: ResourceProviderStub, engine: Engine) -> None:
    """A plugin that was started for a debugger is told the engine's address later."""
    from pulumi.runtime.proto import plugin_pb2

    assert stub.Attach(plugin_pb2.PluginAttach(address=engine.address)) == Empty()


def _lifecycle() -> ObjectProvider:
    from pulumi_auth0_apis.resources.resource_server import PROVIDER

    return PROVIDER
