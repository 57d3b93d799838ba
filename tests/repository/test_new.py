"""`auth0-apis new`: what it writes, and that it runs at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.repository.files import NAME, TEMPLATES

STACKS = ("dev", "staging", "prod")


def written(folder: Path) -> dict[str, str]:
    """The files of a folder by path."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def new(folder: Path, *options: str) -> tuple[int, str]:
    """The exit code of `auth0-apis new`, and what it says."""
    ended = CliRunner().invoke(app, ["new", str(folder), *options], env={"COLUMNS": "200"})
    return ended.exit_code, ended.output


def test_its_tests_pass(repository: Path, tested: Callable[[Path], str]) -> None:
    """`pytest` passes in a new repository, warnings being errors."""
    said = tested(repository)
    assert re.search(r"^5 passed", said, re.MULTILINE), said


@pytest.mark.parametrize("stack", STACKS)
def test_a_preview_passes_the_rules_of_its_stack(repository: Path, stack: str) -> None:
    """`auth0-apis preview` passes with the pack and the stack's configuration."""
    packs = ["--policy-pack", "policies", "--policy-pack-config", f"policies/config/{stack}.json"]
    run = CliRunner().invoke(app, ["preview", "--stack", stack, *packs])
    assert run.exit_code == 0, run.output
    assert "5 to create" in run.output


def test_a_preview_passes_the_pack_as_it_comes(repository: Path) -> None:
    """`auth0-apis preview --policy-pack policies` passes, without a configuration."""
    run = CliRunner().invoke(app, ["preview", "--policy-pack", "policies"])
    assert run.exit_code == 0, run.output


def test_a_pull_request_passes_the_rules_of_prod(repository: Path) -> None:
    """The stack of pull requests passes the rules by which the workflow judges it."""
    packs = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/prod.json"]
    run = CliRunner().invoke(app, ["preview", "--stack", "sandbox", *packs])
    assert run.exit_code == 0, run.output


def test_a_lifetime_too_long_is_refused_in_prod(repository: Path) -> None:
    """The rules of a new repository are in force: prod takes no token that lives for a day."""
    settings = repository / "Pulumi.prod.yaml"
    settings.write_text(f"{settings.read_text()}  acme-apis:tokenLifetime: 86400\n")
    packs = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/prod.json"]
    run = CliRunner().invoke(app, ["preview", "--stack", "prod", *packs])
    assert run.exit_code != 0
    assert "access-token-lifetime" in run.output


def test_the_project_has_the_folders_name(repository: Path) -> None:
    """The project is called as its folder is, in words that Pulumi takes, and not as the templates are."""
    files = written(repository)
    assert yaml.safe_load(files["Pulumi.yaml"])["name"] == "acme-apis"
    assert [path for path, text in files.items() if NAME in text] == []


def test_what_is_said_can_be_pasted(tmp_path: Path) -> None:
    """A folder with a blank in its name is quoted for the shell."""
    assert f"cd '{tmp_path}/my apis'\n" in new(tmp_path / "my apis")[1]


def test_a_stack_without_a_tenant_is_refused(tmp_path: Path) -> None:
    """--stack is about the tenant that is imported, and is not passed over where none is."""
    code, said = new(tmp_path, "--stack", "prod")
    assert (code, written(tmp_path)) == (1, {})
    assert "--from-tenant" in said


def test_a_name_may_be_chosen(tmp_path: Path) -> None:
    """--name goes over the folder's name."""
    new(tmp_path, "--name", "identity")
    assert yaml.safe_load((tmp_path / "Pulumi.yaml").read_text())["name"] == "identity"


def test_what_is_there_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    """Where one file is there already, it is named, it stays as it is, and no other is written."""
    (tmp_path / "README.md").write_text("mine")
    code, said = new(tmp_path)
    assert (code, written(tmp_path)) == (1, {"README.md": "mine"})
    assert "README.md already, and nothing was written" in said


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    """A file that stands where a folder has to be is in the way, too."""
    (tmp_path / "policies").write_text("mine")
    code, said = new(tmp_path)
    assert (code, written(tmp_path)) == (1, {"policies": "mine"})
    assert "policies already" in said


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    """A link of a file's name is a file that is there, whether it leads anywhere or not."""
    elsewhere = tmp_path / "elsewhere"
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "README.md").symlink_to(elsewhere)
    assert new(folder)[0] == 1
    assert not elsewhere.exists()


def test_other_files_are_no_obstacle(tmp_path: Path) -> None:
    """A folder with other files, as one with a Git repository in it, takes the new ones."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    assert new(tmp_path)[0] == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_readme_says_what_each_file_is_for(repository: Path) -> None:
    """The README names every file or its folder."""
    readme = (repository / "README.md").read_text()
    told = set(re.findall(r"`([^`\s]+)`", readme))
    folders = {path.rstrip("/") for path in told if path.endswith("/")} | {"policies/config"}
    untold = {
        path
        for path in set(written(repository)) - {"README.md", ".gitignore"}
        if not told & {path, Path(path).name} and str(Path(path).parent) not in folders
    }
    assert untold == set()


def test_gitlab_has_its_own_workflow(tmp_path: Path) -> None:
    """--ci gitlab writes GitLab's file instead of GitHub's, and the README tells of it alone."""
    new(tmp_path, "--ci", "gitlab")
    assert (tmp_path / ".gitlab-ci.yml").exists()
    assert not (tmp_path / ".github").exists()
    assert "GitHub" not in (tmp_path / "README.md").read_text()


def test_what_installing_makes_is_no_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte code beside the templates, which pip makes as it installs, is not written to a repository."""
    compiled = tmp_path / "templates" / "common" / "__pycache__" / "__main__.cpython-313.pyc"
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(b"\xff")
    monkeypatch.setattr("pulumi_auth0_apis.repository.files.TEMPLATES", tmp_path / "templates")
    assert new(tmp_path / "new")[0] == 0
    assert set(written(tmp_path / "new")) == {"requirements.txt"}


def test_templates_name_the_stacks_of_the_pack() -> None:
    """Every stack has settings and a configuration of the pack."""
    packs = TEMPLATES / "common" / "policies" / "config"
    assert {file.stem for file in packs.iterdir()} == set(STACKS)
    for program in ("example", "imported"):
        assert all((TEMPLATES / program / f"Pulumi.{stack}.yaml").exists() for stack in STACKS)
