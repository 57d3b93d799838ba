"""`auth0-apis stack` and `auth0-apis config`: what one needs where there is no CLI."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from pulumi_auth0_apis.cli.tables import ago

from .conftest import Run

EXPORTS = (
    "import pulumi\n"
    'pulumi.export("a", "text")\npulumi.export("b", {"k": [1, pulumi.Output.secret("psst")]})\n'
    'pulumi.export("c", pulumi.Output.secret(2))\n'
)


@pytest.fixture
def exported(run: Run, project: Path) -> Run:
    """A stack with outputs."""
    (project / "__main__.py").write_text(EXPORTS)
    assert run("up", "--yes", "--skip-preview").exit_code == 0
    return run


def test_outputs(exported: Run) -> None:
    """All outputs are a table, one is its text; a secret is masked, wherever it is."""
    assert exported("stack", "output").output.splitlines() == [
        "Current stack outputs (3):",
        "    OUTPUT  VALUE",
        "    a       text",
        '    b       {"k":[1,"[secret]"]}',
        "    c       [secret]",
    ]
    assert exported("stack", "output", "a").output == "text\n"


def test_outputs_as_json(exported: Run) -> None:
    """JSON is the value alone; --show-secrets shows what is masked otherwise."""
    shown = exported("stack", "output", "--json", "--show-secrets").output
    assert json.loads(shown) == {"a": "text", "b": {"k": [1, "psst"]}, "c": 2}
    assert json.loads(exported("stack", "output", "a", "--json").output) == "text"


def test_masked_outputs_need_no_passphrase(exported: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sees no secret needs none; who wants to is told what is missing."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    assert exported("stack", "output", "c").output == "[secret]\n"
    answer = exported("stack", "output", "c", "--show-secrets")
    assert (answer.exit_code, "PULUMI_CONFIG_PASSPHRASE" in answer.output) == (1, True)


def test_an_output_that_is_not_there(exported: Run) -> None:
    """The error names it, in the CLI's words."""
    answer = exported("stack", "output", "x")
    assert (answer.exit_code, answer.output) == (
        1,
        "error: current stack does not have output property 'x'\n",
    )


@pytest.mark.parametrize("command", [["output"], ["rm", "--yes"]])
def test_a_stack_that_is_not_there(run: Run, command: list[str]) -> None:
    """A stack without a state has its own exit code."""
    answer = run("stack", *command, "--stack", "nope")
    assert (answer.exit_code, answer.output) == (6, "error: no stack named 'nope' found\n")


def test_stacks_are_listed(exported: Run) -> None:
    """Each stack has its name, its last update and the number of its resources."""
    exported("up", "--yes", "--create", "--stack", "other")
    header, *rows = exported("stack", "ls").output.splitlines()
    assert header.split("  ")[0].strip() == "NAME"
    assert [row.split()[0] for row in rows] == ["dev*", "other"]
    listed = json.loads(exported("stack", "ls", "--json").output)
    assert [(each["name"], each["current"], each["resourceCount"]) for each in listed] == [
        ("dev", True, 1),
        ("other", False, 1),
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", listed[0]["lastUpdate"])


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "now"), (1.5, "1 second ago"), (59, "59 seconds ago"), (61, "1 minute ago"), (7200, "2 hours ago")],
)
def test_times_are_told_as_people_do(seconds: float, told: str) -> None:
    """The greatest unit that fits, in the singular or the plural."""
    assert ago(datetime.now(UTC) - timedelta(seconds=seconds)) == told


def test_a_stack_is_removed(exported: Run, project: Path) -> None:
    """State and settings are gone; --preserve-config keeps the settings."""
    settings = project / "Pulumi.dev.yaml"
    assert settings.exists()
    answer = exported("stack", "rm", "dev", "--yes")
    assert (answer.exit_code, answer.output) == (0, "Stack 'dev' has been removed!\n")
    assert not settings.exists()
    assert json.loads(exported("stack", "ls", "--json").output) == []
    exported("up", "--yes", "--skip-preview")
    exported("stack", "rm", "--yes", "--preserve-config")
    assert settings.exists()


def test_a_stack_with_resources_stays(run: Run, project: Path) -> None:
    """What manages something is removed with --force alone, and nothing that it manages is deleted."""
    run("up", "--yes", "--skip-preview")
    answer = run("stack", "rm", "--yes")
    assert answer.exit_code == 1
    assert "'dev' still has resources; removal rejected" in answer.output
    assert run("stack", "rm", "--yes", "--force").exit_code == 0
    assert len(list((project / "cloud").glob("a-*.json"))) == 1


def test_nobody_removes_unasked(run: Run) -> None:
    """Where nobody can answer, the way on is named and the stack stays."""
    run("up", "--yes", "--skip-preview")
    answer = run("stack", "rm", "--force")
    assert (answer.exit_code, "--yes must be passed in" in answer.output) == (1, True)
    assert len(json.loads(run("stack", "ls", "--json").output)) == 1


@pytest.mark.usefixtures("terminal")
def test_a_person_types_the_name(exported: Run) -> None:
    """A person confirms by the stack's name, and by nothing else."""
    assert exported("stack", "rm", input="yes\n").exit_code == 1
    assert exported("stack", "rm", input="dev\n").exit_code == 0


def test_settings(run: Run, project: Path) -> None:
    """A value is written as text under its full key, a secret as ciphertext; other lines stay as they are."""
    (project / "Pulumi.dev.yaml").write_text("# ours\nconfig:\n  tests:old: 1\n")
    assert run("config", "set", "tests:lifetime", "3600").exit_code == 0
    assert run("config", "set", "domain", "x.example.com").exit_code == 0
    assert run("config", "set", "--secret", "key", input="psst\n").exit_code == 0
    text = (project / "Pulumi.dev.yaml").read_text()
    assert text.startswith("# ours\n")
    assert "psst" not in text
    written = yaml.safe_load(text)["config"]
    assert (written["tests:lifetime"], written["tests:domain"]) == ("3600", "x.example.com")
    assert written["tests:key"].keys() == {"secure"}


def test_a_secret_needs_a_passphrase(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one nothing is written, least of all in clear."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    answer = run("config", "set", "--secret", "key", "psst")
    assert (answer.exit_code, "PULUMI_CONFIG_PASSPHRASE" in answer.output) == (1, True)
    assert not (project / "Pulumi.dev.yaml").exists()


def test_settings_that_a_project_lacks_can_be_set(run: Run, project: Path) -> None:
    """A stack that is not complete yet is made so, one value after the other."""
    (project / "Pulumi.yaml").write_text(
        "name: tests\nruntime: python\nconfig:\n  one:\n    type: string\n  two:\n    type: string\n"
    )
    assert run("preview").exit_code == 1
    assert run("config", "set", "one", "1").exit_code == 0
    assert run("config", "set", "two", "2").exit_code == 0
    assert run("preview").exit_code == 0


@pytest.mark.parametrize("key", ["a:b:c", ":b", ""])
def test_a_key_that_is_none(run: Run, key: str) -> None:
    """The error says what a key looks like."""
    answer = run("config", "set", key, "x")
    assert (answer.exit_code, "`<namespace>:<name>`" in answer.output) == (1, True)


def test_a_misspelt_stack_gets_no_settings(run: Run, project: Path) -> None:
    """A name that is near another one's makes no file; --create does."""
    run("up", "--yes", "--skip-preview")
    assert run("config", "set", "a", "b", "--stack", "dve").exit_code == 6
    assert not (project / "Pulumi.dve.yaml").exists()
    assert run("config", "set", "a", "b", "--stack", "dve", "--create").exit_code == 0


SECRET = "1415fc1f4eaeb5e096ee58c1480016638fff29bf"  # the one that Pulumi's own test has


@pytest.mark.parametrize(
    ("key", "value", "looks"),
    [
        ("token", SECRET, True),
        ("auth0:apiToken", SECRET, True),
        ("clientSecret", "kJ3_x9-QmZ72bLpW", True),
        ("okay", SECRET, False),
        ("token:okay", SECRET, False),
        ("tokenLifetime", "86400", False),
        ("password", "aaaaaaaaaaaaaaaaaaaa", False),
        ("password", "", False),
    ],
)
def test_what_looks_like_a_secret(run: Run, project: Path, key: str, value: str, *, looks: bool) -> None:
    """It is not written in clear unasked: the error names both ways on, and nothing is kept."""
    answer = run("config", "set", key, value)
    assert (answer.exit_code == 1, "rerun with --secret" in answer.output) == (looks, looks)
    assert (project / "Pulumi.dev.yaml").exists() is not looks
    assert run("config", "set", "--plaintext", key, value).exit_code == 0
