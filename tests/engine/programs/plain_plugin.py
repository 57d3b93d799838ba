"""A provider plugin that answers no more than it must: it takes secrets, and has no part in previews."""

from __future__ import annotations

import json
import queue
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import (
    ResourceProviderServicer,
    add_ResourceProviderServicer_to_server,
)

SECONDS = 30.0


class Plain(ResourceProviderServicer):
    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._engine = engine_pb2_grpc.EngineStub(grpc.insecure_channel(sys.argv[1]))

    def Configure(self, request: Any, _: Any) -> Any:
        return proto.ConfigureResponse(acceptSecrets=True)

    def Check(self, request: Any, _: Any) -> Any:
        return proto.CheckResponse(inputs=request.news)

    def Diff(self, request: Any, _: Any) -> Any:
        return proto.DiffResponse()

    def Create(self, request: Any, _: Any) -> Any:
        Path("created.json").write_text(json.dumps(MessageToDict(request.properties)))
        if "waits" in request.properties.fields:
            self._engine.Log(
                engine_pb2.LogRequest(severity=engine_pb2.INFO, message="creating", urn=request.urn)
            )
            assert self._cancelled.wait(SECONDS)
        return proto.CreateResponse(id="1", properties=request.properties)

    def Invoke(self, request: Any, _: Any) -> Any:
        failure = proto.CheckFailure(property="of", reason="is missing")
        return proto.InvokeResponse(failures=[] if "of" in request.args.fields else [failure])

    def Delete(self, request: Any, _: Any) -> Any:
        return Empty()

    def Cancel(self, request: Any, _: Any) -> Any:
        self._cancelled.set()
        return Empty()


if __name__ == "__main__":
    server = grpc.server(ThreadPoolExecutor(8))
    add_ResourceProviderServicer_to_server(Plain(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    ended: queue.SimpleQueue[None] = queue.SimpleQueue()
    signal.signal(signal.SIGTERM, lambda *_: ended.put(None))
    server.start()
    print(port, flush=True)
    ended.get()
