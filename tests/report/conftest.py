"""Event logs: recorded ones of Pulumi's CLI 3.260, and short ones made here."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.report import Report, read
from pulumi_auth0_apis.stacks.warm_start import PRELOAD

LOGS = Path(__file__).parent / "logs"
OURS = "pulumi-python:dynamic/auth0:"
SECRET_SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


class Log:
    """An event log in the making."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def event(self, kind: str, **body: Any) -> Log:
        """Add an event."""
        self.lines.append(json.dumps({"sequence": len(self.lines), "timestamp": 0, kind: body}))
        return self

    def step(
        self,
        op: str,
        resource: str,
        old: Mapping[str, Any] | None = None,
        new: Mapping[str, Any] | None = None,
        *,
        keys: Sequence[str] = (),
        diffs: Sequence[str] = (),
        detail: Mapping[str, Any] | None = None,
        ended: bool = False,
    ) -> Log:
        """Add a step's begin, or its end, on `Kind::name`, or on `type::name` for a type that is no class."""
        kind, _, name = resource.rpartition("::")
        token = kind if ":" in kind else OURS + kind
        urn = f"urn:pulumi:dev::shop::{token}::{name}"
        states = {
            side: None if inputs is None else {"type": token, "urn": urn, "inputs": inputs, "outputs": {}}
            for side, inputs in (("old", old), ("new", new))
        }
        differs = {"keys": list(keys), "diffs": list(diffs), "detailedDiff": detail}
        metadata = {"op": op, "urn": urn, "type": token, **states, **differs}
        return self.event(
            "resOutputsEvent" if ended else "resourcePreEvent", metadata=metadata, planning=True
        )

    def violation(
        self, message: str, *, rule: str = "rule", level: str = "mandatory", on: str = "orders"
    ) -> Log:
        """Add a violation by a resource server."""
        return self.event(
            "policyEvent",
            resourceUrn=f"urn:pulumi:dev::shop::{OURS}ResourceServer::{on}",
            message=f"What the rule checks.\n{message}\n",
            policyName=rule,
            policyPackName="pack",
            enforcementLevel=level,
            severity="high",
        )

    def summary(self, result: str = "succeeded") -> Log:
        """Add the end of the run."""
        return self.event("summaryEvent", isPreview=True, result=result, resourceChanges={})

    def report(self) -> Report:
        """Return the report of the log."""
        return Report(read(self.lines))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report points into the program of the folder that it is made in; here is none."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def log() -> Log:
    """An empty log."""
    return Log()


@pytest.fixture(params=["stopped", "streamed"])
def stopped(request: pytest.FixtureRequest) -> Report:
    """A pull request that two mandatory rules stop, from the event log and from the streamed JSON."""
    return Report(read((LOGS / f"{request.param}.jsonl").read_text().splitlines()))


@pytest.fixture
def warned() -> Report:
    """The same pull request where every rule is advisory."""
    return Report(read((LOGS / "warned.jsonl").read_text().splitlines()))


@pytest.fixture(scope="session")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The stack of `moves` on a tenant, before anything moves."""
    folder = tmp_path_factory.mktemp("moves")
    program = shutil.copytree(LOGS.parent / "moves", folder / "program")
    with Sandbox() as sandbox:
        environment = {"PULUMI_CONFIG_PASSPHRASE": "test", **sandbox.environment}
        engine = Engine(
            program, "moves", backend_url=f"file://{folder}", environment=environment, preload=PRELOAD
        )
        assert engine.up().ok
        yield engine
