"""What the plugin says to people beside results and errors: to the engine, attached to its resource."""

from __future__ import annotations

import sys
from contextlib import suppress

import grpc
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.proto.engine_pb2_grpc import EngineStub

from pulumi_auth0_apis.escaping import terminal
from pulumi_auth0_apis.plugin.words import in_their_words

SECONDS = 5.0
"""How long the engine may take. Nothing is kept from being done because nobody could be told of it."""


class EngineLog:
    """The engine at `address`, as `127.0.0.1:50051`; standard error, which it prints, where it has none."""

    def __init__(self, address: str) -> None:
        self._channel = grpc.insecure_channel(address) if address else None

    def tell(self, message: str, *, is_warning: bool, urn: str) -> None:
        """Tell it in the words of the program."""
        text = terminal(in_their_words(message))
        if self._channel is None:
            print(text, file=sys.stderr, flush=True)
            return
        severity = engine_pb2.LogSeverity.WARNING if is_warning else engine_pb2.LogSeverity.INFO
        with suppress(grpc.RpcError):
            EngineStub(self._channel).Log(
                engine_pb2.LogRequest(severity=severity, message=text, urn=urn), timeout=SECONDS
            )
