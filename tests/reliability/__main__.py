"""`make reliability`: measure parts of it, keep the figures, and write the page."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys

from .figures import ENGINES, Asked, keep, read
from .page import PAGE, PARTS, page


def main() -> int:
    """Measure on the engines asked for; the real command only where it is on PATH."""
    parser = argparse.ArgumentParser(prog="make reliability")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["local"])
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--runs", type=int, default=200, help="how many runs to crash on each engine")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    if "pulumi" in asked.engines and shutil.which("pulumi") is None:
        sys.exit("There is no `pulumi` command on PATH: put it there, or leave it out of ENGINES.")
    for name in [name for name in os.environ if name.startswith("AUTH0_")]:
        del os.environ[name]
    figures = read()
    for name in asked.parts:
        figures[name] = PARTS[name].measure(
            Asked(asked.engines, asked.runs, asked.seed), figures.get(name, {})
        )
        keep(figures)
    PAGE.write_text(page(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
