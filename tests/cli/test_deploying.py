"""The commands preview, up, refresh and destroy as a person and a pipeline use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine import Engine

from .conftest import PROGRAM, Run


def test_up_previews_then_updates(run: Run, project: Path) -> None:
    """Both are shown, with their own words; the stack is made on the way."""
    answer = run("up", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Previewing update" in answer.output
    assert "+ a  things:Thing  create\n" in answer.output
    assert "+ a  things:Thing  created\n" in answer.output
    assert "Resources: 2 created" in answer.output
    assert len(list((project / "cloud").glob("a-*.json"))) == 1


def test_a_log_has_whole_lines(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied from the log of a CI server is what was meant; a width can be asked for all the same."""
    told = "long enough for a line to be folded, " * 20
    (project / "__main__.py").write_text(f"import pulumi\npulumi.log.error({told.strip()!r})\n")
    monkeypatch.delenv("COLUMNS", raising=False)  # which test runners set
    assert f"    error: {told.strip()}\n" in run("preview").output
    monkeypatch.setenv("COLUMNS", "60")
    folded = run("preview").output
    assert told.strip() in " ".join(folded.split())
    assert max(map(len, folded.splitlines())) <= 60


def test_up_asks_first(run: Run, project: Path) -> None:
    """Where nobody can answer, nothing is changed, and the error names the way on."""
    answer = run("up")
    assert answer.exit_code == 1
    assert "--yes" in answer.output
    assert not list((project / "cloud").glob("a-*.json"))


def test_a_change_is_shown_line_by_line(run: Run, project: Path) -> None:
    """An update tells old and new value of what differs; with --diff a creation lists its properties."""
    listed = run("preview", "--diff").output
    assert '+ kind: "x"' in listed
    assert "__provider" not in listed
    run("up", "--yes", "--skip-preview")
    (project / "__main__.py").write_text(PROGRAM.format("y"))
    answer = run("preview")
    assert '~ kind: "x" => "y"' in answer.output
    assert "1 to replace" in answer.output


def test_expect_no_changes_is_seven(run: Run) -> None:
    """Changes where none are expected have an exit code of their own."""
    assert run("preview", "--expect-no-changes").exit_code == 7
    run("up", "--yes", "--skip-preview")
    assert run("preview", "--expect-no-changes").exit_code == 0
    assert run("refresh", "--preview-only", "--expect-no-changes").exit_code == 0


def test_json_is_one_document_on_standard_output(run: Run) -> None:
    """Nothing else is printed; `up --json` prints that of the update."""
    for arguments in (("preview", "--json"), ("up", "--yes", "--json"), ("destroy", "--yes", "--json")):
        answer = run(*arguments)
        assert answer.exit_code == 0
        assert sum(json.loads(answer.stdout)["changeSummary"].values()) == 2


def test_the_event_log_has_one_event_a_line(run: Run, project: Path) -> None:
    """Its events are those of the last operation, as the real command writes them."""
    log = project / "events.jsonl"
    run("up", "--yes", "--event-log", str(log))
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert events[-2]["summaryEvent"]["isPreview"] is False


def test_an_event_log_that_cannot_be_written_is_told_before_anything_runs(run: Run, tmp_path: Path) -> None:
    """In a paragraph, with an exit code that means no rule."""
    ended = run("up", "--yes", "--event-log", str(tmp_path / "nowhere" / "events.jsonl"))
    assert ended.exit_code == 2
    assert "cannot be written: No such file or directory" in ended.output
    assert "Resources:" not in ended.output


def test_refresh_and_destroy_show_a_preview_first(run: Run, project: Path) -> None:
    """--preview-only stops there."""
    run("up", "--yes", "--skip-preview")
    assert "Previewing refresh" in run("refresh", "--yes").output
    assert run("destroy", "--preview-only").exit_code == 0
    assert list((project / "cloud").glob("a-*.json"))
    assert "Resources: 2 deleted" in run("destroy", "--yes").output
    assert not list((project / "cloud").glob("a-*.json"))


def test_a_failure_has_exit_code_one_and_is_shown_under_its_resource(run: Run, project: Path) -> None:
    """The error of a step stands below the resource it is about."""
    (project / "__main__.py").write_text('from things import Thing\nThing("a", raises="create")\n')
    answer = run("up", "--yes", "--skip-preview")
    assert answer.exit_code == 1
    assert "+ a  things:Thing  failed" in answer.output
    assert "ValueError: the cloud refuses to create a" in answer.output


def test_a_real_tenant_is_refused_before_anything_runs(run: Run, project: Path) -> None:
    """The local engine is for sandboxes; the error says what is for the rest."""
    (project / "Pulumi.dev.yaml").write_text("config:\n  auth0:domain: example.eu.auth0.com\n")
    answer = run("up", "--yes")
    assert answer.exit_code == 1
    assert "example.eu.auth0.com" in answer.output
    assert "`pulumi`" in answer.output
    assert "Previewing" not in answer.output


def test_policy_packs_and_their_configurations_come_in_pairs(run: Run, project: Path) -> None:
    """One configuration too many is an error in the words of the real command."""
    answer = run("preview", "--policy-pack-config", str(project / "a.json"))
    assert answer.exit_code == 1
    assert '"--policy-pack-config" flags must match' in answer.output


def test_an_error_of_the_project_is_one_line(run: Run, project: Path) -> None:
    """A broken file is told without a traceback."""
    (project / "Pulumi.yaml").write_text("name: [\n")
    answer = run("preview")
    assert answer.exit_code == 1
    assert answer.output.startswith("error: ")
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("command", [["up"], ["refresh"], ["destroy"]])
def test_a_lock_is_told_before_the_preview(run: Run, project: Path, command: list[str]) -> None:
    """Nobody looks at a preview of what cannot be done; a preview alone may be had."""
    assert run("preview").exit_code == 0
    with Engine(project).open().store.lock():
        answer = run(*command, "--yes")
        assert run("preview").exit_code == 0
    assert answer.exit_code == 1
    assert "currently locked by 1 lock(s)" in answer.stderr
    assert answer.stdout == ""


def test_hidden_differences_are_left_out(run: Run, project: Path) -> None:
    """A property that the program hides has no line, however it differs; the others have theirs."""
    program = (
        "import pulumi\nfrom things import Thing\n"
        'Thing("a", pulumi.ResourceOptions(hide_diffs=["size"]), size={0}, colour="c{0}")\n'
    )
    (project / "__main__.py").write_text(program.format(1))
    run("up", "--yes", "--skip-preview")
    (project / "__main__.py").write_text(program.format(2))
    shown = run("preview").output
    assert '~ colour: "c1" => "c2"' in shown
    assert "size" not in shown
