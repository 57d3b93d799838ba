"""What the engines themselves cost: resources that do nothing, operation by operation."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.bench import engine_run
from tests.bench.engine_run import Cost, Engine

PROGRAM = Path(__file__).parent / "trivial"

OPERATIONS = {
    "create": ("up", "--yes", "--skip-preview"),
    "nothing changed": ("up", "--yes", "--skip-preview"),
    "preview": ("preview",),
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}


def run(engine: Engine, resources: int) -> dict[str, Cost]:
    """Every operation of one stack."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(PROGRAM, folder, dirs_exist_ok=True)
        (folder / "Pulumi.bench.yaml").write_text(f"config:\n  bench:resources: {resources}\n")
        if engine == "pulumi":
            engine_run.run(engine, ["stack", "init", "bench"], folder)
        return {
            operation: engine_run.run(engine, [*arguments, "--stack", "bench"], folder)
            for operation, arguments in OPERATIONS.items()
        }
