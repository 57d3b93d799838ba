"""Deploy the quickstart to a sandbox and keep how a browser shows it: docs/sandbox.png. Needs Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_auth0_apis.emulator import Sandbox

ROOT = Path(__file__).parents[1]
IDENTIFIER = "https://orders.example.com"


def main() -> None:
    """Deploy, then take the picture of the tab that shows who may call the API."""
    with Sandbox(plan="enterprise-dev") as sandbox, TemporaryDirectory() as directory:
        _deploy(sandbox, directory)
        api = sandbox.tenant.resource_servers.get(IDENTIFIER)
        _photograph(f"{sandbox.domain}/apis/{api['id']}/machine-to-machine", directory)


def _deploy(sandbox: Sandbox, directory: str) -> None:
    environment = {**os.environ, **sandbox.environment, "PULUMI_BACKEND_URL": f"file://{directory}"}
    up = "import sys; from pulumi_auth0_apis.cli import main; sys.argv[1:] = ['up', '--yes']; main()"
    subprocess.run(
        [sys.executable, "-c", up], env=environment, cwd=ROOT / "examples" / "quickstart", check=True
    )


def _photograph(address: str, directory: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is needed to take the picture; docs/sandbox.png stays as it is.")
    options = "--headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars"
    picture = f"--screenshot={ROOT / 'docs' / 'sandbox.png'}"
    size = ["--window-size=1280,800", "--virtual-time-budget=1500", f"--user-data-dir={directory}"]
    subprocess.run([chromium, *options.split(), *size, picture, address], check=True, capture_output=True)


if __name__ == "__main__":
    main()
