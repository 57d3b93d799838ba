"""The programs and scripts of a page, as its tests run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page: str, language: str) -> dict[str, str]:
    """The blocks of a page of docs/ in a language, by the word behind it."""
    return dict(re.findall(rf"```{language} ?([^\n]*)\n(.*?)```", (DOCS / page).read_text(), re.DOTALL))


def ran(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script, run as a CI server would, with no settings of ours."""
    foreign = {key: text for key, text in os.environ.items() if not key.startswith(("PULUMI_", "AUTH0_"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**foreign, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
