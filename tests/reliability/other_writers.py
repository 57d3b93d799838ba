"""What is left of a run's permissions when somebody writes an older list back, as the dashboard does.

Told by trial: a hand that reads the list of an API while a run changes it, waits a moment that a person or a
form may take, and writes back what it read and one permission more.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httpx

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine

from .figures import Asked, Figures, Part

LATENCY = 0.05
TRIALS = 6
PERMISSIONS, LEFT = 12, 6
OTHERS, CLIENTS = 4, 9
"""The other objects: so many APIs, each with so many grants."""
API = "https://x.example.com"
CASES = {
    "made": "makes an API with 12 permissions, and nothing else",
    "made, and more": "makes it, and 40 other objects after it",
    "removed": "removes 6 of 12 permissions of an API that was there",
    "removed, and more": "the same, and makes 40 other objects",
}
PROGRAM = """\
from pulumi import ResourceOptions
from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

api = ResourceServer("api", identifier={api!r}, name="X")
permissions = [
    Permission(f"do-{{n}}", resource_server_identifier=api.identifier, scope=f"do:{{n}}")
    for n in range({count})
]
for n in range({others}):
    other = ResourceServer(
        f"other-{{n}}",
        identifier=f"https://other-{{n}}.example.com",
        name="Other",
        opts=ResourceOptions(depends_on=permissions),
    )
    for client_id in {clients!r}:
        ClientGrant(f"{{n}}-{{client_id}}", client_id=client_id, audience=other.identifier, scopes=[])
"""
HEAD = """\
## Other writers

Auth0 keeps the permissions of an API as one list, replaced whole, and has no conditional write. Whoever
reads it, changes it and writes it back takes along what a run has written in between; the dashboard does
that. So the list is read again after each chain of changes, 0.75 s later at least, and what an older list
has undone is changed again, additions and removals alike. A run says so in a line.

Not for an API that the run itself has made: there every later reading and, at one call in fifty, later writes
of the run look again. What comes after the run's last look is seen by nobody until `pulumi refresh`. Tried
with another hand that reads the list and writes it back 0.3 to 0.7 s later (0.1 to 0.6 s for removals), on a
tenant that takes 50 ms to answer:

| the run | kept as the program says | what the other hand added |
|---|---|---|"""
FOOT = """
What the other hand adds is lost where it writes between a reading and a writing of ours, some 0.1 s each. Two
runs of this package look after themselves in the same way.
"""


@dataclass
class Hand:
    """Somebody who edits the API: reads its list when `begins` says so, and writes it back with one more.

    With `older` it writes the last list from before that moment.
    """

    sandbox: Sandbox
    begins: Callable[[list[str]], bool]
    seconds: float
    older: bool

    def edit(self) -> None:
        with httpx.Client(headers={"authorization": f"Bearer {self.sandbox.api_token}"}) as client:
            kept, found = [], self._listed(client)
            while found is None or not self.begins(found):
                kept, found = found or [], self._listed(client)
            threading.Event().wait(self.seconds)
            listed = [{"value": value} for value in [*(kept if self.older else found), "theirs"]]
            client.patch(self._url, json={"scopes": listed}).raise_for_status()

    def _listed(self, client: httpx.Client) -> list[str] | None:
        answer = client.get(self._url)
        scopes = answer.json().get("scopes", [])
        return [scope["value"] for scope in scopes] if answer.status_code == httpx.codes.OK else None

    @property
    def _url(self) -> str:
        return f"{self.sandbox.domain}/api/v2/resource-servers/{quote(API, safe='')}"


def measure(asked: Asked, before: Figures) -> Figures:
    """Try every case some times on the local engine, whose provider is that of the CLI."""
    del before
    chance = random.Random(asked.seed)
    tried: dict[str, dict[str, int]] = {}
    for case in CASES:
        kept = [_tried(chance, removal="removed" in case, more="more" in case) for _ in range(TRIALS)]
        ours, theirs = (sum(side) for side in zip(*kept, strict=True))
        tried[case] = {"trials": TRIALS, "ours": ours, "theirs": theirs}
        print(f"another writer, {case}: {tried[case]}", flush=True)
    return tried


def _tried(chance: random.Random, *, removal: bool, more: bool) -> tuple[bool, bool]:
    """Whether the run's permissions are as the program says afterwards, and whether the hand's is there."""
    with TemporaryDirectory() as folder, Sandbox(latency=LATENCY) as sandbox:
        clients = [sandbox.tenant.clients.create({"name": f"c{n}"})["client_id"] for n in range(CLIENTS)]
        if removal:
            _up(Path(folder), sandbox, PERMISSIONS, [])
        count, others = LEFT if removal else PERMISSIONS, clients if more else []
        seconds = chance.uniform(0.1, 0.6) if removal else chance.uniform(0.3, 0.7)
        hand = Hand(sandbox, lambda now: not removal or len(now) < PERMISSIONS, seconds, older=removal)
        thread = threading.Thread(target=hand.edit)
        thread.start()
        _up(Path(folder), sandbox, count, others)
        thread.join()
        found = sandbox.tenant.resource_servers.get(API)["scopes"]
    values = {scope["value"] for scope in found}
    return values - {"theirs"} == {f"do:{n}" for n in range(count)}, "theirs" in values


def _up(folder: Path, sandbox: Sandbox, count: int, clients: list[str]) -> None:
    (folder / "Pulumi.yaml").write_text("name: writers\nruntime: python\n")
    others = OTHERS if clients else 0
    program = PROGRAM.format(api=API, count=count, others=others, clients=clients)
    (folder / "__main__.py").write_text(program)
    environment = {**sandbox.environment, "PULUMI_CONFIG_PASSPHRASE": "test"}
    result = Engine(folder, "dev", backend_url=folder.as_uri(), environment=environment).up()
    assert result.exit_code == 0, result


def lines(figures: Figures) -> Iterator[str]:
    """A row for each case."""
    yield HEAD
    for case, tried in figures.items():
        of = f"of {tried['trials']}"
        yield f"| {CASES[case]} | {tried['ours']} {of} | kept {tried['theirs']} {of} |"
    yield FOOT


PART = Part(measure, lines)
