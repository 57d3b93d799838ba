"""Resources of every family, and the pack in a process of its own, as the engine runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import analyzer_pb2_grpc

from auth0_api_policies.frame.exemption import LEDGER
from auth0_api_vocabulary.families import FAMILIES

from .declared import Declared

PACK = Path(__file__).parents[2] / "policies"


@pytest.fixture(autouse=True)
def nothing_spared() -> None:
    """Every run begins without a used exemption; in these tests many share a process."""
    LEDGER.take_all()


@pytest.fixture(params=FAMILIES, ids=lambda family: family.package)
def declared(request: pytest.FixtureRequest) -> Declared:
    """A family, and so each in turn: no rule knows one better than another."""
    return Declared(request.param)


@pytest.fixture(scope="module")
def start_analyzer() -> Iterator[Callable[[Path], Any]]:
    """Start a pack by `python -m pulumi.policy`, as the engine does, and return a client of it."""
    processes: list[subprocess.Popen[str]] = []
    channels: list[grpc.Channel] = []

    def start(pack: Path) -> Any:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PULUMI_")}
        command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(pack)]
        process = subprocess.Popen(command, cwd=pack, env=environment, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout
        channels.append(grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}"))
        return analyzer_pb2_grpc.AnalyzerStub(channels[-1])

    yield start
    for channel in channels:
        channel.close()
    for process in processes:
        process.kill()
        process.communicate()
