"""`make new-settings`: what the newest auth0-python knows of an API and of a grant, and our tables do not.

The lock holds one version of it, which the tests compare with. Auth0 releases a newer one when its API learns
a setting; the weekly workflow runs this, and fails on that day.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).parents[2]
CLIENT = "auth0-python"


def main() -> int:
    """Compare with the release that is installed (`--installed`), or else with the newest there is."""
    return installed() if "--installed" in sys.argv else newest()


def newest() -> int:
    """The exit code of the comparison in an environment of its own."""
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder) / "bin" / "python")
        install = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--upgrade"]
        subprocess.run([*install, CLIENT, "--editable", str(HOME)], check=True)
        compare = [python, "-m", "tests.tables.new_settings", "--installed"]
        return subprocess.run(compare, cwd=HOME, check=False).returncode


def installed() -> int:
    """1 where there is something to do, with a line for each path."""
    todo = [*told()]
    print(
        f"{CLIENT} {version(CLIENT)}: {len(todo)} to add to the tables, or to the exceptions with a reason."
    )
    print(*todo, sep="\n", end="\n" if todo else "")
    return 1 if todo else 0


def told() -> Iterator[str]:
    """What each table lacks, and which of its exceptions have come to nothing."""
    from tests.tables.reference import TABLES

    for resource, table in TABLES.items():
        yield from (f"{resource}: {path}" for path in sorted(table.missing))
        yield from (f"{resource}: {path} is no exception any more" for path in sorted(table.stale))


if __name__ == "__main__":
    sys.exit(main())
