"""The same tenant by the provider plugin: a program in YAML, run by the `pulumi` CLI."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.emulator import Sandbox
from tests.bench import engine_run
from tests.bench.stack import COMMANDS, Size, Stack
from tests.plugin.languages.stack import write_plugin

PARALLEL = 32
APART = "no state written in between, permissions without deletedWith"
WITHOUT_STATE = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}

Operations = dict[str, dict[str, Any]]


def run(size: Size, small: Size, latency: float) -> dict[str, Operations]:
    """Every operation of one stack; some of another where the order matters most; one on the free plan."""
    with _stack(size, latency) as stack:
        operations = {operation: stack.measure(operation) for operation in COMMANDS}
    with _stack(size, latency, with_api=False, more=WITHOUT_STATE) as stack:
        apart = {operation: stack.measure(operation) for operation in ("create", "destroy")}
    with _stack(small, plan="free") as stack:
        limited = {"create": stack.measure("create")}
    return {"operations": operations, "apart": apart, "limited": limited}


@dataclass(frozen=True)
class PluginStack(Stack):
    """The stack of such a program, which says of a permission whether it is deleted with its API."""

    with_api: bool = True
    more: Mapping[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        clients = self.applications()
        program = {"name": "bench", "runtime": "yaml", "resources": self._resources(clients)}
        (self.folder / "Pulumi.yaml").write_text(json.dumps(program))
        write_plugin(self.folder / "bin")
        self._run("stack", "init", "bench")

    def _resources(self, clients: list[str]) -> dict[str, Any]:
        resources: dict[str, Any] = {}
        for number in range(self.size.apis):
            api = f"api-{number}"
            identifier, options = f"${{{api}.identifier}}", {"deletedWith": f"${{{api}}}"}
            resources[api] = _resource("ResourceServer", identifier=f"https://{api}.example.com")
            for scope in range(self.size.permissions):
                permission = _resource("Permission", resourceServerIdentifier=identifier, scope=f"do:{scope}")
                resources[f"{api}-do-{scope}"] = permission | ({"options": options} if self.with_api else {})
            for index, client_id in enumerate(clients):
                grant = _resource("ClientGrant", clientId=client_id, audience=identifier, scopes=[])
                resources[f"{api}-grant-{index}"] = grant
        return resources

    def _cost(self, operation: str) -> engine_run.Cost:
        return self._run(*COMMANDS[operation], "--parallel", str(PARALLEL), "--stack", "bench")

    def _run(self, *arguments: str) -> engine_run.Cost:
        path = os.pathsep.join([str(self.folder / "bin"), os.environ["PATH"]])
        environment = {**self.sandbox.environment, "PATH": path, **self.more}
        return engine_run.run(self.engine, list(arguments), self.folder, environment)


def _resource(cls: str, **properties: Any) -> dict[str, Any]:
    return {"type": f"auth0-apis:{cls}", "properties": properties}


@contextmanager
def _stack(
    size: Size,
    latency: float = 0.0,
    plan: str | None = None,
    *,
    with_api: bool = True,
    more: Mapping[str, str] | None = None,
) -> Iterator[PluginStack]:
    with Sandbox(latency=latency, plan=plan) as sandbox, tempfile.TemporaryDirectory() as folder:
        stack = PluginStack("pulumi", sandbox, Path(folder), size, PARALLEL, with_api, more or {})
        stack.prepare()
        yield stack
