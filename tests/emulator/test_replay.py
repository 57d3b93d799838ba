"""The tenant against recorded traffic of the real Management API."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_auth0_apis.emulator import Sandbox

SHARED = Path(__file__).parents[2].parent / "shared"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the recordings are not beside the repository")


def test_recorded_traffic_is_answered_as_recorded() -> None:
    """Every exchange of every recording that can be replayed gets the recorded status and body."""
    recordings = sorted(map(str, (SHARED / "recordings").glob("*.jsonl")))
    replay = [sys.executable, str(SHARED / "replay.py")]
    with Sandbox() as sandbox:
        address = ["--base", sandbox.domain, "--token", sandbox.api_token]
        run = subprocess.run([*replay, *address, *recordings], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1].endswith(" exchanges, 0 mismatches"), run.stdout
    assert run.returncode == 0
