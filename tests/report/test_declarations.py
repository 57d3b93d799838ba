from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest

from pulumi_auth0_apis.report import Report, junit, sarif
from pulumi_auth0_apis.report.declarations import Declaration, declarations

API = "urn:pulumi:dev::shop::pulumi-python:dynamic/auth0:ResourceServer::orders"
PROGRAM = (
    "import x\n\nx.ResourceServer(\n    'orders',\n    name='orders',\n)\nx.Permission('read', 'orders')\n"
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program, from which a report is made."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "Pulumi.yaml").write_text("name: shop\n")
    (tmp_path / "infra" / "__main__.py").write_text(PROGRAM)
    return tmp_path / "infra"


def place(positions: dict[str, str] | None = None, urn: str = API) -> Declaration | None:
    """Where the program in `infra` declares a resource."""
    return declarations([urn], positions or {}, "infra/Pulumi.yaml").get(urn)


@pytest.mark.usefixtures("program")
def test_the_class_with_the_name_is_the_place() -> None:
    """Other calls and settings that have the name as a text are not meant."""
    assert place() == Declaration("infra/__main__.py", 3)


@pytest.mark.usefixtures("program")
def test_the_engines_word_comes_first() -> None:
    """A name in a loop or a component has no other place."""
    assert place({API: "project:///shop/apis.py#12,4"}) == Declaration("infra/shop/apis.py", 12)
    assert place({API: "file:///elsewhere.py#1"}) == Declaration("infra/__main__.py", 3)


def test_a_function_of_the_program_may_make_the_resource(program: Path) -> None:
    """Then the call with the name is its place."""
    (program / "__main__.py").write_text("\ndef api(name):\n    ...\n\napi('orders')\n")
    assert place() == Declaration("infra/__main__.py", 5)


def test_a_name_in_a_list_is_a_place(program: Path) -> None:
    """Where it stands once."""
    (program / "__main__.py").write_text("NAMES = [\n  'orders',\n]\n")
    assert place() == Declaration("infra/__main__.py", 2)


def test_two_places_are_none(program: Path) -> None:
    """Nothing is guessed, in one file or in two."""
    (program / "more.py").write_text("ResourceServer('orders')\n")
    assert place() is None


def test_environments_hidden_folders_and_broken_files_are_passed_over(program: Path) -> None:
    """They declare nothing of the program's."""
    for name in (".git", "venv"):
        (program / name).mkdir()
        (program / name / "copy.py").write_text(PROGRAM)
    (program / "venv" / "pyvenv.cfg").write_text("")
    (program / "broken.py").write_text("ResourceServer('orders'")
    assert place() == Declaration("infra/__main__.py", 3)


def test_a_folder_without_a_project_has_no_program(program: Path) -> None:
    """A log that is read elsewhere points at the project's file."""
    (program / "Pulumi.yaml").unlink()
    assert place() is None


@pytest.mark.usefixtures("program")
def test_both_formats_point_at_the_line(log: Any) -> None:
    """SARIF by a region, JUnit by the attributes that pytest writes, and the project's file for the rest."""
    log.violation("wrong", on="orders").violation("wrong", on="made-up")
    report: Report = log.summary("failed").report()
    results = json.loads(sarif(report, "infra/Pulumi.yaml"))["runs"][0]["results"]
    places = [each["locations"][0]["physicalLocation"] for each in results]
    assert [(each["artifactLocation"]["uri"], each["region"]["startLine"]) for each in places] == [
        ("infra/Pulumi.yaml", 1),
        ("infra/__main__.py", 3),
    ]
    cases = xml.fromstring(junit(report, "infra/Pulumi.yaml")).findall("testsuite/testcase")
    assert [(case.get("file"), case.get("line")) for case in cases] == [
        (None, None),
        ("infra/__main__.py", "3"),
    ]


@pytest.mark.usefixtures("program")
def test_a_logs_own_position_counts(log: Any) -> None:
    """An engine may tell it with the resource's state."""
    log.step("create", "ResourceServer::orders", None, {"name": "Orders"}).violation("wrong")
    event = json.loads(log.lines[0])
    event["resourcePreEvent"]["metadata"]["new"]["sourcePosition"] = "project:///apis.py#9,1"
    log.lines[0] = json.dumps(event)
    report: Report = log.summary("failed").report()
    assert report.declarations("infra/Pulumi.yaml") == {API: Declaration("infra/apis.py", 9)}
