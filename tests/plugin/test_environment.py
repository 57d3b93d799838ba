"""What the engine installs to run the plugin: `pip install .` of this repository, without any extra."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
OURS = "pulumi-auth0-apis"
LARGEST = 60_000_000
"""Bytes beyond those of Pulumi's own SDK, which every Python program of Pulumi has."""


def closure(name: str, known: dict[str, Distribution] | None = None) -> dict[str, Distribution]:
    """A distribution and all that it requires here, by name."""
    known = {} if known is None else known
    if name not in known:
        known[name] = distribution(name)
        for each in map(Requirement, known[name].requires or ()):
            if each.marker is None or each.marker.evaluate({"extra": ""}):
                closure(each.name.lower(), known)
    return known


def size(found: Distribution) -> int:
    paths = [Path(str(found.locate_file(file))) for file in found.files or ()]
    return sum(path.stat().st_size for path in paths if path.is_file())


def test_the_plugin_needs_little_beyond_pulumi() -> None:
    """The packages that it brings along stay small, and this package itself with them."""
    pulumis = closure("pulumi")
    beyond = {name: each for name, each in closure(OURS).items() if name not in pulumis and name != OURS}
    own = sum(file.stat().st_size for file in (ROOT / "provider").rglob("*.*") if file.suffix != ".pyc")
    assert len(beyond) > 10
    assert sum(map(size, beyond.values())) + own < LARGEST


def test_no_server_is_installed_for_the_plugin() -> None:
    """What only the sandbox needs is in an extra, and none of it comes with the plugin."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = {Requirement(each).name for each in project["optional-dependencies"]["sandbox"]}
    assert extra & closure(OURS).keys() == set()


def test_the_package_of_the_classes_asks_for_no_plugin() -> None:
    """By its name Pulumi would take it for an SDK, and look for the plugin of that in its own registry."""
    assert json.loads((ROOT / "provider/pulumi_auth0_apis/pulumi-plugin.json").read_text()) == {
        "resource": False
    }
