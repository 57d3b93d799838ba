"""One group of mutants, made by mutmut in a copy of the repository, and judged."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .groups import Group

HOME = Path(__file__).parents[2]
MUTMUT = "mutmut==3.8.1"
PACKAGES = ("provider/pulumi_auth0_apis", "policies/auth0_api_policies", "policies/auth0_api_vocabulary")
OTHERS = ("tests", "docs", "examples", "policies", "README.md")
MUTANTS, ALL_PASS = "mutants", 0

# Behind the path, so that the versions of requirements.lock come before those that mutmut would like.
MUTATE = "import sys; sys.path.append(sys.argv.pop(1)); from mutmut.__main__ import cli; cli()"
JUDGE = "import sys; sys.path.append(sys.argv.pop(1)); import pytest; sys.exit(pytest.main(sys.argv[1:]))"
TESTED = ["-x", "-q", "--rootdir=.", "-p", "no:cacheprovider"]


@dataclass(frozen=True)
class Judged:
    """What came of the mutants of a group: how many there are and hang, and those that live on."""

    mutants: int
    timeouts: int
    survivors: list[str]


def install(tools: Path) -> None:
    """Get mutmut, for this run alone."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(tools), MUTMUT], check=True)


def judged(group: Group, tools: Path, folder: Path) -> Judged:
    """Make every mutant of a group in `folder`, and see which of them no judge notices.

    A mutant is judged in a fork of a process that has imported all and run the tests before, which may hide
    it: one that lives is judged again in a process of its own. It hangs when it has not ended after 15
    seconds and 15 times what its tests take.
    """
    _copy(group, folder)
    mutmut = [sys.executable, "-c", MUTATE, str(tools)]
    run = subprocess.run([*mutmut, "run"], cwd=folder, check=False, stdout=subprocess.PIPE, text=True)
    told = subprocess.run(
        [*mutmut, "results", "--all", "true"], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    )
    became = dict(line.strip().split(": ") for line in told.stdout.splitlines() if ": " in line)
    count = Counter(became.values())
    if run.returncode or not became or count.keys() - {"killed", "survived", "no tests", "timeout"}:
        raise RuntimeError(f"mutmut did not end as it should: {dict(count)}\n{run.stdout[-4000:]}")
    living = [name for name, verdict in became.items() if verdict in ("survived", "no tests")]
    with ThreadPoolExecutor(os.cpu_count()) as processes:
        lives = processes.map(lambda name: _lives(name, group, tools, folder), living)
        survivors = [name for name, lived in zip(living, lives, strict=True) if lived]
    return Judged(len(became), count["timeout"], sorted(_told(name, mutmut, folder) for name in survivors))


def _lives(name: str, group: Group, tools: Path, folder: Path) -> bool:
    mutated = folder / MUTANTS
    environment = {**os.environ, "MUTANT_UNDER_TEST": name, "PYTHONPATH": str(mutated / "src")}
    judge = [sys.executable, "-c", JUDGE, str(tools), *TESTED, *group.judges]
    run = subprocess.run(judge, cwd=mutated, env=environment, check=False, stdout=subprocess.DEVNULL)
    return run.returncode == ALL_PASS


def _told(name: str, mutmut: list[str], folder: Path) -> str:
    """A mutant by its function and what is changed there: it keeps this name while others are edited."""
    shown = subprocess.run([*mutmut, "show", name], cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    lines = [line for line in shown.stdout.splitlines() if not line.startswith(("---", "+++", "#"))]
    old, new = (" ".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+")
    function = re.sub(r"^x_?|__mutmut_\d+$", "", name.rpartition(".")[2]).strip("ǁ").replace("ǁ", ".")
    return f"{function}: {old} → {new}"


def _copy(group: Group, folder: Path) -> None:
    """What is to be mutated, in the layout that mutmut knows, and its settings."""
    for package in map(Path, PACKAGES):
        shutil.copytree(HOME / package, folder / "src" / package.name)
    for other in OTHERS:
        copy = shutil.copytree if (HOME / other).is_dir() else shutil.copy
        copy(HOME / other, folder / other)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/{group.module}"],
        "also_copy": [each for each in OTHERS if each != "tests"],
        "pytest_add_cli_args_test_selection": list(group.judges),
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "tests.mutation.fresh"],
        "process_isolation": "fork",  # its fork server waits in every child, for 8 s and more
    }
    pytest = re.search(r"\[tool\.pytest.*?(?=\n\[)", (HOME / "pyproject.toml").read_text(), re.DOTALL)
    assert pytest is not None
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    (folder / "pyproject.toml").write_text("\n".join([pytest[0], "[tool.mutmut]", *lines, ""]))
