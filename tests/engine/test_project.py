"""A project is found and understood as the CLI does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.files.yaml_files import FileError
from pulumi_auth0_apis.engine.model.problems import UnsupportedError
from pulumi_auth0_apis.engine.project.project import Project

Load = Callable[[str], Project]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a project with a given Pulumi.yaml."""

    def load(text: str) -> Project:
        (tmp_path / "Pulumi.yaml").write_text(text, encoding="utf-8")
        return Project.load(tmp_path)

    return load


def test_the_shortest_project(load: Load, tmp_path: Path) -> None:
    """A name and a runtime are enough; the program is the folder itself, run by our Python."""
    project = load("name: app\nruntime: python\n")
    assert (project.name, project.root) == ("app", tmp_path)
    assert (project.program_directory, project.program_entry) == (tmp_path, ".")
    assert project.python == sys.executable
    assert project.stack_file("dev") == tmp_path / "Pulumi.dev.yaml"


def test_it_is_searched_upward(load: Load, tmp_path: Path) -> None:
    """From any folder below it; a Pulumi.yml does as well."""
    load("name: app\nruntime: python\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert Project.load(tmp_path / "a" / "b").root == tmp_path
    (tmp_path / "a" / "Pulumi.yml").write_text("name: inner\nruntime: python\n")
    inner = Project.load(tmp_path / "a" / "b")
    assert (inner.name, inner.stack_file("dev")) == ("inner", tmp_path / "a" / "Pulumi.dev.yml")


def test_main_is_a_folder_or_a_file(load: Load, tmp_path: Path) -> None:
    """The program runs in its own folder."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "program.py").touch()
    folder = load("name: app\nruntime: python\nmain: src/\n")
    assert (folder.program_directory, folder.program_entry) == (tmp_path / "src", ".")
    file = load("name: app\nruntime: python\nmain: src/program.py\n")
    assert (file.program_directory, file.program_entry) == (tmp_path / "src", "program.py")


def test_main_that_is_not_there(load: Load) -> None:
    """A program that Pulumi.yaml names and that is not there is told as that, before anything runs."""
    with pytest.raises(FileError, match=r"Pulumi\.yaml names the program nowhere \(main\)"):
        load("name: app\nruntime: python\nmain: nowhere\n")


@pytest.mark.parametrize(
    ("options", "folder"), [("virtualenv: env", "env"), ("toolchain: uv", ".venv"), ("toolchain: pip", None)]
)
def test_virtual_environments(load: Load, tmp_path: Path, options: str, folder: str | None) -> None:
    """The Python is that of the named environment, or of the tool's usual one."""
    python = tmp_path / (folder or "unused") / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    project = load(f"name: app\nruntime:\n  name: python\n  options:\n    {options}\n")
    assert project.python == (str(python) if folder else sys.executable)


def test_a_virtual_environment_that_is_not_there(load: Load) -> None:
    """The message says how to make it."""
    project = load("name: app\nruntime: {name: python, options: {virtualenv: gone}}\n")
    with pytest.raises(FileError, match=r"virtual environment .*/gone, which is not there.*python -m venv"):
        _ = project.python


def test_where_things_are(load: Load, tmp_path: Path) -> None:
    """Backend and stack settings may be elsewhere."""
    project = load("name: app\nruntime: python\nbackend: {url: 'file://state'}\nstackConfigDir: stacks\n")
    assert project.backend_url == "file://state"
    assert project.stack_file("dev") == tmp_path / "stacks" / "Pulumi.dev.yaml"
    older = load("name: app\nruntime: python\nconfig: stacks\n")
    assert older.stack_config_directory == tmp_path / "stacks"


def test_declared_configuration(load: Load) -> None:
    """Keys get the project's namespace; a bare value is a default, or of another namespace a value."""
    project = load(
        "name: app\nruntime: python\nconfig:\n  size: 3\n  auth0:domain: d\n"
        "  names:\n    type: array\n    items: {type: string}\n"
    )
    assert {key: (each.default, each.value) for key, each in project.declared.items()} == {
        "app:size": (3, None),
        "auth0:domain": (None, "d"),
        "app:names": (None, None),
    }


def test_no_project(tmp_path: Path) -> None:
    """The message says where was searched and what to do."""
    with pytest.raises(FileError, match=rf"no Pulumi.yaml in {tmp_path} or above it.*--cwd"):
        Project.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("runtime: python\n", "the field `name` is missing"),
        ("name: app\n", "the field `runtime` is missing"),
        ("name: ''\nruntime: python\n", "`name`: .*letters, digits"),
        ("name: 7\nruntime: python\n", "`name`: input should be a valid string"),
        ("name: app\nruntime: python\nmian: src\n", "there is no field `mian`"),
        ("name: app\nruntime: python\nmain: [a]\n", "`main`: input should be a valid string"),
        ("name: app\nruntime: {options: {}}\n", "the field `runtime.name` is missing"),
        ("name: app\nruntime: python\nconfig: {a: {type: number}}\n", "`config.*a.*type`"),
        (
            "name: app\nruntime: python\nconfig: {a: {type: array}}\n",
            "`config.a` is an array and does not say",
        ),
        (
            "name: app\nruntime: python\nconfig: {a: {type: integer, default: x}}\n",
            "`config.a` has a default that is no integer",
        ),
        ("name: app\nruntime: python\nconfig: {a: {default: 1, value: 1}}\n", "both a default and a value"),
        ("name: app\nruntime: python\nconfig: {'x:a': {type: string}}\n", "`config.x:a` has the namespace"),
        ("name: app\nruntime: python\noptions: {refresh: never}\n", "`options.refresh`"),
        ("name: app\nruntime: {name: python, options: {virtualenv: 1}}\n", "must be the path of a folder"),
    ],
)
def test_mistakes(load: Load, tmp_path: Path, text: str, why: str) -> None:
    """Every mistake is one paragraph that names file and field."""
    with pytest.raises(FileError, match=rf"^{tmp_path}/Pulumi.yaml is not valid: .*{why}") as caught:
        load(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("runtime: {name: python, options: {toolchain: poetry}}", "The toolchain poetry"),
        ("runtime: {name: python, options: {typechecker: mypy}}", "The runtime option typechecker"),
    ],
)
def test_what_only_the_real_command_does(load: Load, text: str, what: str) -> None:
    """An option that would silently be left undone is refused by name."""
    with pytest.raises(UnsupportedError, match=rf"^{what} .*`pulumi`"):
        load(f"name: app\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "runtime: yaml\nresources: {a: {type: x}}\noutputs: {}\n",
        "runtime: {name: nodejs, options: {packagemanager: pnpm}}\nmain: dist/\n",
    ],
)
def test_a_program_in_another_language_is_read_about_and_not_run(
    load: Load, tmp_path: Path, text: str
) -> None:
    """What only reads a stack needs its name and its settings alone."""
    project = load(f"name: app\n{text}")
    assert (project.name, project.stack_file("dev")) == ("app", tmp_path / "Pulumi.dev.yaml")
    with pytest.raises(UnsupportedError, match=rf"^A program in {project.language} .*`pulumi`"):
        project.require_python()


@pytest.mark.parametrize(
    ("options", "always"),
    [("options: {refresh: always}", True), ("options: {}", False), ("", False)],
)
def test_refresh_always(load: Load, options: str, always: bool) -> None:
    """One word has every run refresh first."""
    assert load(f"name: app\nruntime: python\n{options}\n").always_refreshes is always


@pytest.mark.parametrize(
    "text", ["packages: {random: random}", "plugins: {providers: []}", "requiredPulumiVersion: '>=3.200.0'"]
)
def test_what_is_about_the_command_alone(load: Load, text: str) -> None:
    """Where the CLI finds providers, and which CLI it must be, keeps no program from running here."""
    assert load(f"name: app\nruntime: python\n{text}\n").name == "app"
