"""`make dist`: what a user installs is all that a user needs.

The source archive is built, the wheel from it alone, and installed with its declared dependencies, at the
versions of requirements.lock, into an empty environment: bare as production has it, then with "sandbox", then
with "testing". Each time a user's first minute is played: what a bare one can do and what it says of a part
that is missing; a tenant; the test of a program; what `auth0-apis new` writes, its tests and its policies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).parents[2]
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("AUTH0_", "PULUMI_"))
}
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
        python = environment(Path(folder) / "environment")
        for extra, minute in MINUTES.items():
            install(python, f"{wheel}[{extra}]" if extra else str(wheel))
            minute(python, project(Path(folder) / f"shop-{extra}"))
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


def environment(folder: Path) -> Path:
    """The interpreter of an empty environment."""
    run(sys.executable, "-m", "venv", str(folder))
    return folder / "bin" / "python"


def install(python: Path, wheel: str) -> None:
    """Install the wheel, or what an extra adds to it, at the locked versions."""
    pins = python.with_name("pins.txt")
    lock = (HOME / "requirements.lock").read_text()
    pins.write_text("\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", lock, re.MULTILINE)))
    quiet = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile")
    run(str(python), *quiet, "--constraint", str(pins), wheel)


def project(folder: Path) -> Path:
    """A new project, with a test."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text("config: {}\n")
    (folder / "__main__.py").write_text(PROGRAM)
    (folder / "test_shop.py").write_text(TEST)
    return folder


def bare(python: Path, folder: Path) -> None:
    """Production: a program, a preview, a look at the set-up and an import; no web server."""
    command = str(python.with_name("auth0-apis"))
    run(command, "--version", cwd=folder)
    run(command, "preview", "--stack", "dev", cwd=folder)
    run(command, "import", "--help", cwd=folder)
    assert "domain" in said(1, command, "doctor", cwd=folder)
    assert "pulumi-auth0-apis[sandbox]" in said(1, command, "sandbox", cwd=folder)
    run(
        str(python), "-c", "import sys, auth0_api_policies; assert 'starlette' not in sys.modules", cwd=folder
    )


def sandbox(python: Path, folder: Path) -> None:
    """A tenant without pytest."""
    run(str(python), "-c", "from pulumi_auth0_apis.emulator import Sandbox\nwith Sandbox(): pass", cwd=folder)


def testing(python: Path, folder: Path) -> None:
    """The test of a program, and a new repository, whose requirements are those of this environment."""
    run(str(python), "-m", "pytest", "-q", "-W", "error", cwd=folder)
    command = str(python.with_name("auth0-apis"))
    new = folder / "new"
    run(command, "new", str(new), cwd=folder)
    locally = ("-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--dry-run")
    run(str(python), *locally, "--requirement", "requirements.txt", cwd=new)
    run(str(python), "-m", "pytest", "-q", "-W", "error", cwd=new)
    run(command, "preview", "--policy-pack", "policies", cwd=new)


MINUTES: Mapping[str, Callable[[Path, Path], None]] = {"": bare, "sandbox": sandbox, "testing": testing}


def run(*command: str, cwd: Path | None = None) -> None:
    """Run a command quietly. Raises SystemExit with what it said where it fails."""
    said(0, *command, cwd=cwd)


def said(code: int, *command: str, cwd: Path | None = None) -> str:
    """What a command says that ends with this exit code. Raises SystemExit where it is another one."""
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    if ended.returncode != code:
        sys.exit(f"{' '.join(command)}\n{ended.stdout}{ended.stderr}")
    return ended.stdout + ended.stderr


if __name__ == "__main__":
    sys.exit(main())
