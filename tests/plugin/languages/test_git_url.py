"""The plugin from its Git URL: added to a program, installed where that is cloned, and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from pulumi_auth0_apis import __version__

from .git_server import HOST, git_server
from .language import LANGUAGES, ROOT

URL = f"{HOST}/acme/pulumi-auth0-apis"
PROJECT = "name: shop\nruntime: yaml\n"
RESOURCES = """resources:
  orders:
    type: auth0-apis:ResourceServer
    properties: { identifier: "https://orders.example.com" }
"""
OURS = ("pulumi_auth0_api", "auth0_api_", "_editable", "__editable__", "pip")
SECONDS = 120


@pytest.fixture
def repositories(tmp_path: Path) -> Path:
    """A server's folder with a clone of this repository, which has the tag of its version."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip(
            "the plugin's Git URL is not tested: this is no Git repository, or there is no git on PATH"
        )
    bare = tmp_path / "git" / "acme" / "pulumi-auth0-apis.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, bare], check=True)
    subprocess.run(["git", "-C", bare, "tag", "--force", f"v{__version__}", "HEAD"], check=True)
    return tmp_path / "git"


def dependencies(folder: Path) -> Path:
    """What the plugin depends on, for a new environment that asks no index: the tests' own, without us.

    What pip itself asks for first is said to be there, as it does not matter.
    """
    folder.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(OURS) and path.suffix != ".pth":
            (folder / path.name).symlink_to(path)
    for name in ("setuptools", "wheel"):
        for there in folder.glob(f"{name}-*.dist-info"):
            there.unlink()
        said = folder / f"{name}-1000.dist-info"
        said.mkdir()
        (said / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1000\n")
    return folder


@pytest.mark.xdist_group("languages")
def test_the_plugin_comes_from_its_git_url(repositories: Path, tmp_path: Path) -> None:
    """With a version that is its tag; and anew where nothing is installed yet, by what the program says."""
    if missing := LANGUAGES["yaml"].missing():
        pytest.skip(f"the plugin's Git URL is not tested: there is no {missing} on PATH")
    program = tmp_path / "shop"
    program.mkdir()
    project = program / "Pulumi.yaml"
    project.write_text(PROJECT)
    offline = {
        "PYTHONPATH": str(dependencies(tmp_path / "site")),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "false",
    }
    with git_server(repositories, tmp_path) as way:

        def pulumi(*arguments: str, home: str = "home") -> str:
            ended = subprocess.run(
                ["pulumi", *arguments, "--non-interactive", "--color", "never"],
                cwd=program,
                env={
                    **{name: value for name, value in os.environ.items() if not name.startswith("AUTH0_")},
                    **way,
                    **offline,
                    "PULUMI_BACKEND_URL": f"file://{tmp_path}",
                    "PULUMI_HOME": str(tmp_path / home),
                    "PULUMI_CONFIG_PASSPHRASE": "of a test",
                    "PULUMI_SKIP_UPDATE_CHECK": "true",
                },
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
            assert ended.returncode == 0, ended.stdout + ended.stderr
            return ended.stdout + ended.stderr

        pulumi("package", "add", f"https://{URL}@{__version__}")
        assert f"auth0-apis: {URL}@{__version__}" in project.read_text()
        project.write_text(project.read_text() + RESOURCES)
        pulumi("stack", "init", "dev")
        assert "+ 2 to create" in pulumi("preview")
        pulumi("install", home="another")
        (installed,) = (tmp_path / "another" / "plugins").glob("*/PulumiPlugin.yaml")
        assert installed.parent.name.endswith(f"-v{__version__}")
