"""`make ranges`: the provider's tests at both ends of what pyproject.toml declares.

The lock holds one version of everything. Users have others: the oldest that is declared, and the newest that
the index has today.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement

HOME = Path(__file__).parents[2]
JUDGED = ("pulumi", "pulumi-policy", "httpx", "pydantic")
TESTS = ("tests/provider", "tests/management", "tests/policies")
UNTYPED = ("types-", "mypy", "pyright", "ruff", "import-linter", "pygal")
"""Of the development tools, those that no test needs."""


def main() -> int:
    """Run the tests at each end that was asked for; says which versions these are."""
    parser = argparse.ArgumentParser(prog="make ranges")
    parser.add_argument("--ends", nargs="+", choices=["oldest", "newest"], default=["oldest", "newest"])
    return max(at(end) for end in parser.parse_args().ends)


def at(end: str) -> int:
    """The exit code of the tests at one end."""
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder) / "bin" / "python"
        pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
        wanted = [*tools(), *(oldest() if end == "oldest" else ())]
        subprocess.run([*pip, "install", "--quiet", "--editable", f"{HOME}[testing]", *wanted], check=True)
        shown = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True).stdout
        versions = [each for each in shown.splitlines() if each.lower().partition("==")[0] in JUDGED]
        print(f"{end}: Python {sys.version.split()[0]}, {', '.join(versions)}", flush=True)
        tests = [str(python), "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", *TESTS]
        return subprocess.run(tests, cwd=HOME, check=False).returncode


def declared() -> dict[str, list[str]]:
    """What pyproject.toml asks for, users' requirements and developers'."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text())
    return {"users": project["project"]["dependencies"], "developers": project["dependency-groups"]["dev"]}


def tools() -> Iterator[str]:
    """What tests are run with."""
    yield from (each for each in declared()["developers"] if not each.startswith(UNTYPED))


def oldest() -> Iterator[str]:
    """The judged packages at the release that their lower bound names."""
    for requirement in map(Requirement, declared()["users"]):
        if requirement.name in JUDGED:
            (bound,) = (each.version for each in requirement.specifier if each.operator == ">=")
            yield f"{requirement.name}=={bound}.*"


if __name__ == "__main__":
    sys.exit(main())
