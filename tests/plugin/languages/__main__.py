"""`make languages`: play the example of each language with the real command, and write docs/languages.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .conformance import played
from .figures import keep, read
from .language import LANGUAGES, ROOT


def main() -> int:
    """Measure the languages asked for. All that they need must be there."""
    parser = argparse.ArgumentParser(prog="make languages")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    figures = read()
    for name in parser.parse_args().languages:
        language = LANGUAGES[name]
        if missing := language.missing():
            sys.exit(f"{language.title} cannot be played: there is no {missing} on PATH.")
        figures[name] = {}
        with TemporaryDirectory() as folder:
            for part, found in played(language, Path(folder)):
                print(f"{language.title}: {part}: {found}", flush=True)
                figures[name][part] = found
        keep(figures)
    return subprocess.run([sys.executable, "-m", "docs.generate"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
