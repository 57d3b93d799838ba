"""The program, in a Python of its own, and the provider and policy processes that run beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine.children.plugin_process import PluginProcess
from pulumi_auth0_apis.engine.children.processes import Child, OnLine
from pulumi_auth0_apis.engine.children.provider_process import ProviderProcess
from pulumi_auth0_apis.engine.events.stream import EventStream

RUNNER = Path(__file__).with_name("program_runner.py")
LIFELINE = Path(__file__).with_name("lifeline.py")
ORGANIZATION = "organization"
SHOWED_A_MESSAGE = 32
"""Exit code of a program that has told its error itself."""


@dataclass(frozen=True, kw_only=True)
class RunInfo:
    """The stack, its configuration and its program, as every child process of a run gets to know them."""

    project: str
    stack: str
    root: Path
    """The folder of Pulumi.yaml."""
    directory: Path
    """The folder of the program: `main` of Pulumi.yaml, or the root."""
    entry: str
    """The program's file in its folder, or `.`"""
    config: Mapping[str, str]
    secret_keys: tuple[str, ...]
    preview: bool
    parallel: int
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=dict)
    preload: Sequence[str] = ()


def lines_to(events: EventStream) -> OnLine:
    """Pass what a child prints on to the user."""

    def tell(line: str, is_error: bool) -> None:
        if line:
            events.diagnostic("info#err" if is_error else "info", line + "\n")

    return tell


async def start_program(run_info: RunInfo, events: EventStream, monitor: str, engine: str) -> Child:
    """Start the program; it registers its resources at `monitor` and reports to `engine`."""
    settings: dict[str, Any] = {
        "monitor": monitor,
        "engine": engine,
        "project": run_info.project,
        "stack": run_info.stack,
        "parallel": run_info.parallel,
        "dry_run": run_info.preview,
        "organization": ORGANIZATION,
        "root_directory": str(run_info.root),
    }
    request = {
        "settings": settings,
        "directory": str(run_info.directory),
        "entry": run_info.entry,
        "parallel": run_info.parallel,
        "config": dict(run_info.config),
        "secret_keys": list(run_info.secret_keys),
    }
    return await Child.start(
        "The program",
        run_info.python,
        [str(RUNNER)],
        cwd=run_info.directory,
        environment=run_info.environment,
        on_line=lines_to(events),
        preload=run_info.preload,
        request=json.dumps(request).encode() + b"\n",
    )


async def start_provider(run_info: RunInfo, events: EventStream, engine: str) -> ProviderProcess:
    """Start a process of the dynamic provider, which is told the address of its engine."""
    child = await _start_serving(run_info, events, "The dynamic provider", "pulumi.dynamic", engine)
    return ProviderProcess(child, await child.port())


async def start_plugin(
    run_info: RunInfo, events: EventStream, package: str, module: str, engine: str
) -> PluginProcess:
    """Start a process of a package's provider plugin, which reports to `engine`."""
    child = await _start_serving(run_info, events, f"The provider {package}", module, engine)
    return PluginProcess(child, await child.port())


async def _start_serving(run_info: RunInfo, events: EventStream, what: str, *arguments: str) -> Child:
    return await Child.start(
        what,
        run_info.python,
        [str(LIFELINE), *arguments],
        cwd=run_info.directory,
        environment={**run_info.environment, "PULUMI_PROJECT": run_info.project},
        on_line=lines_to(events),
        preload=run_info.preload,
        serves=True,
    )
