"""The process of the plugin: it prints its port, and serves until the engine ends it or is gone."""

from __future__ import annotations

import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto.provider_pb2_grpc import add_ResourceProviderServicer_to_server

from pulumi_auth0_apis._guard import hide_stacks
from pulumi_auth0_apis.plugin.provider import Provider

THREADS = 64
"""Calls at a time; `--parallel` says how many the engine makes. One more of them is a look-up or a cancel."""

Ended = SimpleQueue[str]
"""Why the process ends. A queue, since a signal's handler may put into it at any moment: an Event that is set
while it begins to wait waits for ever."""

SECONDS_TO_END = 30.0
"""How long calls that are under way may take to end once the engine is gone."""


def main() -> None:
    """Serve until a signal comes or the engine, whose address is the first argument, is gone."""
    hide_stacks()
    engine = sys.argv[1] if len(sys.argv) > 1 else ""
    server = grpc.server(ThreadPoolExecutor(max_workers=THREADS), options=_GRPC_CHANNEL_OPTIONS)
    add_ResourceProviderServicer_to_server(Provider(engine), server)
    port = server.add_insecure_port("127.0.0.1:0")
    ended: Ended = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.put("a signal"))
    watch(engine, ended)
    server.start()
    print(port, flush=True)
    ended.get()
    server.stop(SECONDS_TO_END).wait()


def watch(engine: str, ended: Ended) -> None:
    """Put into `ended` once the engine at this address, which was there, is gone."""
    if not engine:
        return
    channel = grpc.insecure_channel(engine)
    seen = threading.Event()

    def note(state: grpc.ChannelConnectivity) -> None:
        if state is grpc.ChannelConnectivity.READY:
            seen.set()
        elif state is grpc.ChannelConnectivity.TRANSIENT_FAILURE and seen.is_set():
            ended.put("the engine is gone")
        elif state is grpc.ChannelConnectivity.IDLE and seen.is_set():
            channel.subscribe(lambda _: None, try_to_connect=True)

    channel.subscribe(note, try_to_connect=True)
