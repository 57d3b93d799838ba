"""What a program pays before any engine does anything: importing the package, declaring resources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RUNS, DECLARATIONS = 5, 2

IMPORT = "import time; t = time.process_time(); import {name}; print(time.process_time() - t)"


def run(resources: int) -> dict[str, Any]:
    """CPU milliseconds to import the package, and for each of `resources` resources of every kind.

    `beyond_*` is what comes on top of importing Pulumi, and of an empty dynamic resource. The figures are for
    a program that the local engine runs; `by_default` are those where Python looks for garbage as often as it
    does by itself, which is what the CLI has it do.
    """
    imports = {name: _least(IMPORT.format(name=name)) for name in ("pulumi", "pulumi_auth0_apis")}
    kinds = ("empty", "permission", "grant", "api", "tenant")
    declared = {kind: _declared(kind, resources, "as-run") for kind in kinds}
    by_default = {kind: _declared(kind, resources) for kind in kinds}
    return {
        "resources": resources,
        "import_ms": round(1000 * imports["pulumi_auth0_apis"], 1),
        "import_beyond_pulumi_ms": round(1000 * (imports["pulumi_auth0_apis"] - imports["pulumi"]), 1),
        "each_ms": {kind: round(cost, 2) for kind, cost in declared.items()},
        "beyond_empty_ms": {kind: round(cost - declared["empty"], 2) for kind, cost in declared.items()},
        "by_default": {kind: round(cost - by_default["empty"], 2) for kind, cost in by_default.items()},
        "ratio_to_empty": {kind: round(cost / declared["empty"], 2) for kind, cost in declared.items()},
    }


def _least(code: str) -> float:
    """The least of several runs: what disturbs a run only adds to it."""
    return min(float(_python("-c", code)) for _ in range(RUNS))


def _declared(kind: str, resources: int, *how: str) -> float:
    command = (str(HERE / "declaring.py"), kind, str(resources), *how)
    return 1000 * min(float(_python(*command)) for _ in range(DECLARATIONS)) / resources


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout
