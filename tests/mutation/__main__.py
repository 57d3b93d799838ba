"""`make mutants`: change the core's lines one at a time, and see whether a test notices.

Writes the figures into docs/reliability.md, and fails where survivors.json does not list what survived.
"""

from __future__ import annotations

import argparse
import sys

from ..reliability.figures import keep, read
from ..reliability.mutants import beside
from ..reliability.page import PAGE, page
from .groups import GROUPS
from .measuring import measured, mistakes


def main() -> int:
    """Judge the groups asked for."""
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--groups", nargs="+", choices=GROUPS, default=list(GROUPS))
    found = measured(parser.parse_args().groups)
    figures = read()
    figures["mutants"] = beside(figures.get("mutants", {}), found)
    keep(figures)
    PAGE.write_text(page(figures))
    wrong = mistakes(found)
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
