"""A release: which tags may be one, and what the workflows of this repository may do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_auth0_apis import __version__

from .installation.release import VERSION, archives, objections

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The sources of version 1.2.3, which may be released, and its archives."""
    for name, text in {
        VERSION: '__version__ = "1.2.3"\n',
        "CHANGELOG.md": "# Changelog\n\n## [1.2.3] - 2026-12-01\n\n## [1.2.2] - 2026-11-01\n",
        "dist/pulumi_auth0_apis-1.2.3-py3-none-any.whl": "",
        "dist/pulumi_auth0_apis-1.2.3.tar.gz": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_one_version_may_be_released(sources: Path) -> None:
    """Nothing stands against a tag whose version all of them say."""
    assert [*objections(sources, "v1.2.3"), *archives(sources, "v1.2.3")] == []


@pytest.mark.parametrize(
    ("file", "text", "against"),
    [
        (VERSION, '__version__ = "1.2.4"\n', "_version.py says 1.2.4, and the tag v1.2.3"),
        ("CHANGELOG.md", "## [1.2.2] - 2026-11-01\n", "The newest entry of CHANGELOG.md is not of v1.2.3"),
        ("CHANGELOG.md", "## [1.2.3] - unreleased\n", "says unreleased of 1.2.3, where its day has to be"),
    ],
)
def test_another_version_stands_against_it(sources: Path, file: str, text: str, against: str) -> None:
    """Each place that says something else is named."""
    (sources / file).write_text(text)
    (objection,) = objections(sources, "v1.2.3")
    assert against in objection


def test_a_tag_is_a_version(sources: Path) -> None:
    """A tag that is no version is refused, whatever the sources say."""
    assert next(objections(sources, "1.2.3")).startswith("The tag 1.2.3 is no version")


def test_an_archive_too_many_is_not_published(sources: Path) -> None:
    """What would be published is the wheel and the source archive of that version, and nothing else."""
    (sources / "dist" / "pulumi_auth0_apis-1.2.2.tar.gz").write_text("")
    (objection,) = archives(sources, "v1.2.3")
    assert objection.startswith("dist/ has pulumi_auth0_apis-1.2.2.tar.gz, ")


def test_this_version_lacks_its_day_alone() -> None:
    """The sources here are of one version, and unreleased or released."""
    assert all("unreleased" in each for each in objections(ROOT, f"v{__version__}"))


def loaded(file: Path) -> dict[str, Any]:
    """A workflow."""
    content: dict[str, Any] = yaml.safe_load(file.read_text())
    return content


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_runs_what_it_names(file: Path) -> None:
    """An action is pinned to a commit with its version beside it, and no job may write to the repository."""
    for action in re.findall(r"uses: (.+)", file.read_text()):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", action)
    workflow = loaded(file)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job.get("permissions", {}).get("contents", "read") == "read"
        assert job["timeout-minutes"] <= 90


def test_a_release_is_checked_before_and_after_it_is_built() -> None:
    """The tag is judged first, all checks are run, the archives judged; then somebody may publish."""
    jobs = loaded(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    commands = [step["run"].partition(" #")[0] for step in jobs["build"]["steps"] if "run" in step]
    judged = 'make release TAG="$GITHUB_REF_NAME"'
    assert commands == [judged, "bash .ci/run", f"{judged} ARCHIVES=yes"]
    assert jobs["publish"]["needs"] == "build" and jobs["publish"]["environment"] == "release"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
