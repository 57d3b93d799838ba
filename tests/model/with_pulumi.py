"""The real command, on the same programs and states."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.emulator import Sandbox

from .declarations import Program
from .runs import Command, Options, Run, observed
from .source import source
from .with_processes import WithProcesses

_COLOUR = re.compile(r"<\{%.*?%\}>")


class WithPulumi(WithProcesses):
    """Stacks of one project in a folder, run by `pulumi`, which must be on PATH."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        super().__init__(folder, sandbox)
        for stack in ("one", "two"):
            self._pulumi("stack", "init", stack)

    def run(self, stack: str, command: Command, program: Program, options: Options) -> Run:
        (self._folder / "__main__.py").write_text(source(program, stack))
        log = self._folder / "events"
        log.unlink(missing_ok=True)
        sure = [] if command == "preview" else ["--yes", "--skip-preview"]
        limits = [f"--target={urn}" for urn in options.targets] + [
            f"--replace={urn}" for urn in options.replaces
        ]
        given = [*sure, *limits, *(["--refresh"] if options.refresh else [])] if command == "up" else sure
        told = ["--stack", stack, "--event-log", str(log)]
        ended = self._pulumi(command, *given, *told, **options.environment)
        events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        summaries = [each["summaryEvent"]["resourceChanges"] for each in events if "summaryEvent" in each]
        return observed(ended == 0, [_plain(each) for each in events], Counter(*summaries[-1:]))

    def _pulumi(self, *arguments: str, **environment: str) -> int:
        """Run the command as a user would; returns its exit code."""
        everything = {
            **os.environ,
            **self._environment,
            **environment,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": self._folder.as_uri(),
            "PULUMI_HOME": str(self._folder / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # else there is no --event-log
        }
        whole = ["pulumi", *arguments, "--non-interactive", "--color", "never"]
        ended = subprocess.run(
            whole, cwd=self._folder, env=everything, capture_output=True, timeout=120, check=False
        )
        return ended.returncode


def _plain(event: dict[str, Any]) -> dict[str, Any]:
    """An event whose message has no colours."""
    told = event.get("diagnosticEvent")
    return (
        event if told is None else {"diagnosticEvent": {**told, "message": _COLOUR.sub("", told["message"])}}
    )
