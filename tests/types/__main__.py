"""`make types`: what type checkers say of programs that use this package, both of them at their strictest.

`programs.py` is judged here. So is what `auth0-apis new` writes, with the typed test of docs/testing.md, in a
folder of its own: as a user's checker sees it, by the installed types and without a setting of ours.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

BIN = Path(sys.executable).parent


def main() -> int:
    """The worst exit code; what a checker finds is on standard output."""
    with TemporaryDirectory() as folder:
        new = Path(folder) / "apis"
        subprocess.run([BIN / "auth0-apis", "new", new], check=True, capture_output=True)
        strict = {"typeCheckingMode": "strict", "venvPath": str(BIN.parents[1]), "venv": BIN.parent.name}
        page = (Path(__file__).parents[2] / "docs" / "testing.md").read_text()
        (new / "tests" / "test_page.py").write_text(
            "".join(re.findall(r"```python typed\n(.*?)```", page, re.DOTALL))
        )
        (new / "pyrightconfig.json").write_text(json.dumps(strict))
        judged = [
            subprocess.run([BIN / "pyright", "--warnings"], check=False),
            subprocess.run([BIN / "pyright", "--warnings", "-p", new], check=False),
            subprocess.run(
                [BIN / "mypy", "--strict", "--explicit-package-bases", "--no-incremental", "."],
                cwd=new,
                check=False,
            ),
        ]
    return max(each.returncode for each in judged)


if __name__ == "__main__":
    sys.exit(main())
