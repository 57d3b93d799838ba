"""`make dist`: what a user installs is all that a user needs.

The source archive is built, the wheel from it alone, and installed with its declared dependencies, at the
versions of requirements.lock, into an empty environment. There a user's first minute is played: the command,
a program on a sandbox tenant, its test, its policies.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).parents[2]
DIST = HOME / "dist"

PROGRAM = """\
import pulumi
from pulumi_auth0_apis import Permission, ResourceServer

orders = ResourceServer("orders", identifier="https://orders.example.com", signing_alg="PS256")
read = Permission("read", resource_server_identifier=orders.identifier, scope="read:orders")
pulumi.export("audience", orders.identifier)
"""
TEST = """\
from auth0_api_policies import signing_algorithm  # the rules come along


def test_the_tenant_is_as_the_program_says(auth0_tenant, pulumi_program):
    pulumi_program(".", stack="dev").up()
    assert auth0_tenant.permissions == {"https://orders.example.com": {"read:orders"}}
"""


def main() -> int:
    """Build, install, play; the first thing that fails ends it with its output."""
    with TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        python = install(wheel, Path(folder) / "environment")
        play(python, Path(folder) / "shop")
    print(f"Built, installed and tried: {', '.join(each.name for each in sorted(DIST.iterdir()))}")
    return 0


def build(folder: Path) -> Path:
    """The wheel, made from what the source archive holds."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(DIST), cwd=HOME)
    (archive,) = DIST.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    source = folder / archive.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST), cwd=source)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def install(wheel: Path, environment: Path) -> Path:
    """An environment with the wheel and what it declares, at the locked versions; returns its interpreter."""
    pins = environment.with_name("pins.txt")
    lock = (HOME / "requirements.lock").read_text()
    pins.write_text("\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", lock, re.MULTILINE)))
    run(sys.executable, "-m", "venv", str(environment))
    python = environment / "bin" / "python"
    quiet = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile")
    run(str(python), *quiet, "--constraint", str(pins), f"{wheel}[testing]")
    return python


def play(python: Path, folder: Path) -> None:
    """What a user does first, in an empty folder."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text("config: {}\n")
    (folder / "__main__.py").write_text(PROGRAM)
    (folder / "test_shop.py").write_text(TEST)
    command = python.with_name("auth0-apis")
    run(str(command), "--version", cwd=folder)
    run(str(python), "-m", "pytest", "-q", "-W", "error", cwd=folder)


def run(*command: str, cwd: Path | None = None) -> None:
    """Run a command quietly. Raises SystemExit with what it said where it fails."""
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{' '.join(command)}\n{ended.stdout}{ended.stderr}")


if __name__ == "__main__":
    sys.exit(main())
