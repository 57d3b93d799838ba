"""`make release TAG=v1.2.3`: whether a tag may become a release. The workflow `release.yml` asks it twice.

The tag, the package's version and the newest entry of the changelog, which has its day, are one version; and
the archives that `make dist` has left, the only ones there, are of it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = "provider/pulumi_auth0_apis/_version.py"


def main() -> int:
    """1 where something stands against it, each on a line."""
    parser = argparse.ArgumentParser(prog="make release")
    parser.add_argument("tag")
    parser.add_argument("--archives", action="store_true", help="judge dist/ as well")
    given = parser.parse_args()
    against = [*objections(ROOT, given.tag), *(archives(ROOT, given.tag) if given.archives else ())]
    print("\n".join(against) or f"{given.tag} may be released.")
    return int(bool(against))


def objections(root: Path, tag: str) -> Iterator[str]:
    """What in the sources says another version than the tag."""
    if not re.fullmatch(r"v\d+\.\d+\.\d+((a|b|rc)\d+)?", tag):
        yield f"The tag {tag} is no version such as v1.2.3 or v1.2.3rc1."
    version = re.findall(r'^__version__ = "(.+)"$', (root / VERSION).read_text(), re.MULTILINE)
    if version != [tag.removeprefix("v")]:
        yield f"{VERSION} says {', '.join(version)}, and the tag {tag}."
    newest = re.search(r"^## \[(.+)\] - (.+)$", (root / "CHANGELOG.md").read_text(), re.MULTILINE)
    if newest is None or newest[1] != tag.removeprefix("v"):
        yield f"The newest entry of CHANGELOG.md is not of {tag}."
    elif not _is_day(newest[2]):
        yield f"CHANGELOG.md says {newest[2]} of {newest[1]}, where its day has to be: {date.today()}."


def archives(root: Path, tag: str) -> Iterator[str]:
    """What is in dist/ beside a wheel and a source archive of the tag's version, or lacks there."""
    version = tag.removeprefix("v")
    name = f"pulumi_auth0_apis-{version}"
    wanted = {f"{name}-py3-none-any.whl", f"{name}.tar.gz"}
    found = {file.name for file in (root / "dist").glob("*")}
    if found != wanted:
        there = ", ".join(sorted(found)) or "nothing"
        yield f"dist/ has {there}, and should have {', '.join(sorted(wanted))}."


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
