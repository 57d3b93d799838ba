"""What the runner does to the SDK before a program begins."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import engine_pb2

from pulumi_auth0_apis.engine.children.program_runner import without_debug


def test_only_what_the_engine_tells_is_sent_to_it() -> None:
    """Debug messages stay in the program: each would be a call that the program waits for."""
    sent: list[Any] = []
    log = without_debug(sent.append)
    for severity in (engine_pb2.DEBUG, engine_pb2.INFO, engine_pb2.WARNING, engine_pb2.ERROR):
        log(engine_pb2.LogRequest(severity=severity, message="hello"))
    assert [each.severity for each in sent] == [engine_pb2.INFO, engine_pb2.WARNING, engine_pb2.ERROR]
