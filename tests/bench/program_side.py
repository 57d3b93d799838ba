"""What a program pays before any engine does anything: importing the package, declaring resources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RUNS = 5

IMPORT = "import time; t = time.process_time(); import {name}; print(time.process_time() - t)"


def run(resources: int) -> dict[str, Any]:
    """CPU milliseconds to import the package, and for each of `resources` resources of every kind.

    `beyond_*` is what comes on top of importing Pulumi, and of an empty dynamic resource.
    """
    imports = {name: _least(IMPORT.format(name=name)) for name in ("pulumi", "pulumi_auth0_apis")}
    kinds = ("empty", "permission", "grant", "api", "tenant")
    declared = {kind: _declared(kind, resources) for kind in kinds}
    return {
        "resources": resources,
        "import_ms": round(1000 * imports["pulumi_auth0_apis"], 1),
        "import_beyond_pulumi_ms": round(1000 * (imports["pulumi_auth0_apis"] - imports["pulumi"]), 1),
        "each_ms": {kind: round(cost, 2) for kind, cost in declared.items()},
        "beyond_empty_ms": {kind: round(cost - declared["empty"], 2) for kind, cost in declared.items()},
        "ratio_to_empty": {kind: round(cost / declared["empty"], 2) for kind, cost in declared.items()},
    }


def _least(code: str) -> float:
    """The least of several runs: what disturbs a run only adds to it."""
    return min(float(_python("-c", code)) for _ in range(RUNS))


def _declared(kind: str, resources: int) -> float:
    return 1000 * float(_python(str(HERE / "declaring.py"), kind, str(resources))) / resources


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout
