"""Check configuration files of policy packs, before a run does.

A file belongs to the pack in whose folder it lies, or in whose folder's `config`, and is checked by that
pack's rules; one that is in no pack, by the rules of auth0_api_policies.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from auth0_api_policies.configuration_file import mistakes
from auth0_api_policies.pack_of import PackError, pack_of, rules_of


def main(arguments: Sequence[str]) -> int:
    """Print every mistake; return 1 where there is one, and 0 where all is well."""
    parser = argparse.ArgumentParser(
        "python -m auth0_api_policies",
        description=__doc__,
        epilog="Example: python -m auth0_api_policies policies/config/*.json. "
        "Exit codes: 0 all is well, 1 a file is wrong, 2 the command is.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a stack's configuration")
    parser.add_argument("--pack", type=Path, help="the folder of the pack that the files are for")
    if not arguments:
        parser.print_help()
        return 2
    given = parser.parse_args(arguments)
    try:
        found = [
            told for file in given.files for told in mistakes(file, rules_of(given.pack or pack_of(file)))
        ]
    except PackError as error:
        found = [str(error)]
    sys.stdout.writelines(f"{mistake}\n" for mistake in found)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
