"""Functions of the program that the engine calls back: transforms and hooks."""

from __future__ import annotations

from typing import Any

import grpc
import grpc.aio
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc

from pulumi_auth0_apis.engine.children.connections import connect_to
from pulumi_auth0_apis.engine.model.problems import EngineError


class Callbacks:
    """Calls the functions that a program has registered, each named by an address and a token."""

    def __init__(self) -> None:
        self._channels: dict[str, grpc.aio.Channel] = {}

    async def call(self, callback: Any, request: Any) -> bytes:
        """Call a function with a message; returns the message that it answers with, as it is written.

        Raises `EngineError` with what the function has raised.
        """
        if callback.target not in self._channels:
            self._channels[callback.target] = connect_to(callback.target)
        stub = callback_pb2_grpc.CallbacksStub(self._channels[callback.target])
        message = callback_pb2.CallbackInvokeRequest(
            token=callback.token, request=request.SerializeToString()
        )
        try:
            return bytes((await stub.Invoke(message)).response)
        except grpc.aio.AioRpcError as error:
            raise EngineError(str(error.details())) from None

    async def close(self) -> None:
        """Close the connections."""
        for channel in self._channels.values():
            await channel.close()
