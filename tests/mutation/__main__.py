"""`make mutants`: change the core's lines one at a time, and see whether a test notices.

A copy of the repository is mutated by mutmut, which is installed for the run alone. Every function is judged
by the tests that reach it in their own process; those that start engines and providers take no part.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).parents[2]
MUTMUT = "mutmut==3.8.1"
CORE = (
    "pulumi_auth0_apis/_inputs.py",
    "pulumi_auth0_apis/_additional.py",
    "pulumi_auth0_apis/_lifecycle.py",
    "pulumi_auth0_apis/_adoption.py",
    "pulumi_auth0_apis/management/scope_batches.py",
    "pulumi_auth0_apis/management/scope_lane.py",
    "pulumi_auth0_apis/management/pacing.py",
    "pulumi_auth0_apis/engine/model/decisions.py",
    "auth0_api_policies/frame/guard.py",
)
PACKAGES = ("provider/pulumi_auth0_apis", "policies/auth0_api_policies", "policies/auth0_api_vocabulary")
JUDGES = (
    *(f"tests/provider/test_{name}.py" for name in (
        "resource_server", "api_adoption", "permission", "client_grant", "adoption", "provider", "lifetimes",
        "texts", "holdings", "additional_settings", "learned_settings",
    )),
    *(f"tests/management/test_{name}.py" for name in ("scope_batches", "scopes_undone", "pacing")),
    *(f"tests/policies/test_{name}.py" for name in (
        "guard", "failing_closed", "pack", "every_rule", "exemption_used",
    )),
    "tests/engine/test_decisions.py",
    "tests/adoption",
    "tests/faults",
)  # fmt: skip
OTHERS = ("tests", "docs", "examples", "policies", "README.md")


def main() -> int:
    """Mutate and judge; prints the counts, and every mutant that no test noticed."""
    with TemporaryDirectory() as folder:
        tools, copy = Path(folder) / "tools", Path(folder) / "copy"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--target", str(tools), MUTMUT], check=True)
        copied(copy)
        judged = [sys.executable, "-m", "mutmut"]
        environment = {**os.environ, "PYTHONPATH": str(tools)}
        run = subprocess.run([*judged, "run"], cwd=copy, env=environment, check=False)
        subprocess.run([*judged, "export-cicd-stats"], cwd=copy, env=environment, check=True)
        print(json.loads((copy / "mutants" / "mutmut-cicd-stats.json").read_text()))
        subprocess.run([*judged, "results"], cwd=copy, env=environment, check=True)
    return run.returncode


def copied(folder: Path) -> None:
    """What is to be mutated, in the layout that mutmut knows, and its settings."""
    for package in map(Path, PACKAGES):
        shutil.copytree(HOME / package, folder / "src" / package.name)
    for other in OTHERS:
        copy = shutil.copytree if (HOME / other).is_dir() else shutil.copy
        copy(HOME / other, folder / other)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/{each}" for each in CORE],
        "also_copy": [each for each in OTHERS if each != "tests"],
        "pytest_add_cli_args_test_selection": list(JUDGES),
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        "process_isolation": "forkserver",  # no cache of a test, or of its collection, hides one
        "forkserver_warmup": "import",
        "preload_modules_file": "preload.txt",
    }
    (folder / "preload.txt").write_text("pulumi_auth0_apis\npulumi_auth0_apis.emulator\nauth0_api_policies\n")
    pytest = re.search(r"\[tool\.pytest.*?(?=\n\[)", (HOME / "pyproject.toml").read_text(), re.DOTALL)
    assert pytest is not None
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    (folder / "pyproject.toml").write_text("\n".join([pytest[0], "[tool.mutmut]", *lines, ""]))


if __name__ == "__main__":
    sys.exit(main())
