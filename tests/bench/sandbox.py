"""How fast the sandbox answers, and whether it holds under load: requests a second of wall and of CPU time.

    python tests/bench/sandbox.py [--seconds 5] [--workers 4]

The server is a process of its own, whose CPU seconds are counted, because a busy machine makes wall time mean
little; `per core` is what one core would answer if the server had it to itself. First one worker reads an API
by id, then several workers mix reads and writes, each on an API of its own and all on one that they share. At
the end the tenant must hold exactly what the workers left; the exit status is 1 where it does not.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

COLLECTION = "/api/v2/resource-servers"
SERVE = "from pulumi_auth0_apis.cli import main; main()"
SHARED = "https://shared.example.com"


class Client:
    """One connection with a token, as thin as Python has it: the server is what is measured."""

    def __init__(self, ready: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(ready["domain"].removeprefix("http://"))
        self._headers = {
            "authorization": f"Bearer {ready['api_token']}",
            "content-type": "application/json",
        }

    def __call__(self, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
        """The answer's JSON; RuntimeError for another status than the expected."""
        raw = None if body is None else json.dumps(body)
        self._connection.request(method, path, raw, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != expect:
            raise RuntimeError(f"{method} {path}: {answer.status} {content.decode()}")
        return json.loads(content) if content else None


@dataclass(frozen=True)
class Server:
    """A sandbox in a process of its own, and the line that it printed."""

    ready: dict[str, str]
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the process so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving() -> Iterator[Server]:
    """A fresh tenant."""
    command = [sys.executable, "-c", SERVE, "sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(json.loads(process.stdout.readline()), process.pid)
        finally:
            process.terminate()


def read_by_id(ready: dict[str, str], _: int, until: float) -> int:
    """Read the shared API again and again; returns how many answers came."""
    api = Client(ready)
    path, count = f"{COLLECTION}/{api('GET', COLLECTION)[-1]['id']}", 0
    while time.monotonic() < until:
        api("GET", path)
        count += 1
    return count


def mix(ready: dict[str, str], number: int, until: float) -> int:
    """Make, change, read and remove APIs, and write to a shared one; leaves the API of the last round."""
    api, count, round_ = Client(ready), 0, 0
    while time.monotonic() < until:
        made = api("POST", COLLECTION, {"identifier": f"worker-{number}-{round_}"}, 201)
        path = f"{COLLECTION}/{made['id']}"
        name = f"{number}/{round_}"
        assert api("PATCH", path, {"name": name})["name"] == name
        for _ in range(5):
            assert api("GET", path)["name"] == name
        api("PATCH", f"{COLLECTION}/{SHARED.replace('/', '%2F')}", {"name": name})
        api("GET", f"{COLLECTION}?per_page=10")
        if round_:
            api("DELETE", f"{COLLECTION}/worker-{number}-{round_ - 1}", expect=204)
        count, round_ = count + 9 + bool(round_), round_ + 1
    return count


Work = Callable[[dict[str, str], int, float], int]


def measure(server: Server, work: Work, workers: int, seconds: float) -> tuple[int, float, float]:
    """Requests, wall seconds and the server's CPU seconds of some workers at once."""
    cpu, start = server.cpu_seconds(), time.monotonic()
    with ProcessPoolExecutor(workers) as pool:
        counts = pool.map(
            work, *zip(*((server.ready, n, start + seconds) for n in range(workers)), strict=True)
        )
        total = sum(counts)
    return total, time.monotonic() - start, server.cpu_seconds() - cpu


def is_consistent(ready: dict[str, str], workers: int) -> bool:
    """Whether one API of each worker is left, and the shared one has the name of somebody's last round."""
    apis = [api for api in Client(ready)("GET", f"{COLLECTION}?per_page=100") if not api.get("is_system")]
    names = {api["identifier"]: api["name"] for api in apis}
    shared = names.pop(SHARED)
    owners = sorted(identifier.split("-")[1] for identifier in names)
    return shared in names.values() and owners == [str(number) for number in range(workers)]


def main() -> int:
    """Run both loads and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=4)
    options = parser.parse_args()
    table = Table("load", "requests", "wall s", "server CPU s", "a second", "a second per core")
    with serving() as server:
        Client(server.ready)("POST", COLLECTION, {"identifier": SHARED}, 201)
        for name, work, workers in (("GET by id", read_by_id, 1), ("mixed", mix, options.workers)):
            total, wall, cpu = measure(server, work, workers, options.seconds)
            figures = [f"{wall:.1f}", f"{cpu:.1f}", f"{total / wall:.0f}", f"{total / cpu:.0f}"]
            table.add_row(f"{name}, {workers} at once", str(total), *figures)
        consistent = is_consistent(server.ready, options.workers)
    Console().print(table, f"The tenant is {'' if consistent else 'not '}consistent at the end.")
    return 0 if consistent else 1


if __name__ == "__main__":
    sys.exit(main())
