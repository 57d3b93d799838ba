"""gRPC on the loopback interface, with the message sizes Pulumi's own SDK allows."""

from __future__ import annotations

import grpc
import grpc.aio

LARGEST_MESSAGE = 400 * 1024 * 1024
OPTIONS = (
    ("grpc.max_receive_message_length", LARGEST_MESSAGE),
    ("grpc.max_send_message_length", LARGEST_MESSAGE),
    ("grpc.server_max_unrequested_time_in_server", 30 * 60),
    ("grpc.enable_http_proxy", 0),
)


def connect(port: int) -> grpc.aio.Channel:
    """Connect to a child that serves on the loopback interface."""
    return connect_to(f"127.0.0.1:{port}")


def connect_to(address: str) -> grpc.aio.Channel:
    """Connect to an address that a child has told."""
    return grpc.aio.insecure_channel(address, options=OPTIONS)


def make_server() -> tuple[grpc.aio.Server, str]:
    """Make a server on a free loopback port; returns it, not yet started, and its address."""
    server = grpc.aio.server(options=OPTIONS)
    port = server.add_insecure_port("127.0.0.1:0")
    return server, f"127.0.0.1:{port}"
