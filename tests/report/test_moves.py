"""Objects that one resource gives up and another takes, in previews by Pulumi's CLI and in short logs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest
from typer.testing import CliRunner

from auth0_api_vocabulary import OUR_KINDS, ResourceKind
from auth0_api_vocabulary.marks import UNKNOWN
from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.report import Report, as_json, junit, markdown, read, sarif

from .conftest import LOGS, Log

API, OTHER = "https://orders.example.com", "https://stock.example.com"
READ = {"resource_server_identifier": API, "scope": "read:orders"}
WRITE = READ | {"scope": "write:orders"}
BRIDGED = "auth0:index/resourceServerScope:ResourceServerScope"


def recorded(name: str) -> Report:
    """The report of one of the recorded previews of `moves`."""
    return Report(read((LOGS / f"{name}.jsonl").read_text().splitlines()))


def pairs(report: Report) -> list[tuple[str, str]]:
    """Who gives an object up, and who takes it."""
    return [(each.move.source.name, each.move.target.name) for each in report.moves]


def test_renames_moves_and_swaps_are_found() -> None:
    """An API, permissions and grants; into a component, out of it, an indexed list, and swapped keys."""
    report = recorded("moved")
    assert sorted(pairs(report)) == [
        ("billing", "reports"),
        ("into", "into"),
        ("item-1", "item-0"),
        ("item-2", "item-1"),
        ("out", "outside"),
        ("read", "write"),
        ("reports", "billing"),
        ("stock", "stock-api"),
        ("write", "read"),
    ]
    assert (report.stopped, report.verdict) == (True, "stopped by 1 broken rule")


def test_the_alias_is_ready_to_paste() -> None:
    """Every line that is printed stands in the program of the recorded preview that found nothing to do."""
    pasted = (Path(__file__).parent / "moves" / "__main__.py").read_text()
    printed = {each.move.target.name: each.code for each in recorded("moved").moves if each.code}
    assert printed["stock-api"] == 'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="stock")])'
    assert sorted(printed) == ["into", "outside", "stock-api"]
    assert all(code in pasted for code in printed.values())
    aliased = recorded("aliased")
    assert (aliased.moves, aliased.verdict, aliased.counts["same"]) == ([], "no changes", 15)


def test_what_no_alias_can_help_is_told_the_other_ways() -> None:
    """Swaps and indexed lists name adopt=True with every resource that needs it, and the one run without."""
    steps = {each.step for each in recorded("moved").moves if not each.code}
    (step,) = steps
    assert "No alias helps here" in step
    assert "adopt=True on billing, reports, item-0, item-1, read, write, or" in step
    assert "AUTH0_ADOPT=equal" in step
    assert "made from values" in step


def test_what_is_asked_for_is_information() -> None:
    """With adopt=True on them the same moves stop nothing, and are told."""
    report = recorded("adopting")
    assert pairs(report) == pairs(recorded("moved"))
    assert (report.stopped, report.verdict, report.violations) == (False, "ready", [])
    assert all("since adopt is set" in each.told for each in report.moves)
    assert "### Taken over" in markdown(report)


def test_an_object_that_moves_is_neither_new_nor_gone() -> None:
    """Settings and consequences follow the object: of thirteen changes one permission is removed."""
    report = recorded("moved")
    assert [(each.label, each.new) for each in report.settings] == [("Permissions", "removed: item:a")]
    assert (report.consequences, report.access) == ([], [])


def test_a_rename_shows_what_else_changes(log: Any) -> None:
    """The settings of the API are compared across the rename."""
    log.step("create", "ResourceServer::new", None, {"identifier": API, "token_lifetime": 60})
    log.step("delete", "ResourceServer::old", {"identifier": API, "token_lifetime": 120})
    (change,) = log.summary().report().settings
    assert (change.old, change.new) == ("120 s (2 min)", "60 s (1 min)")


def test_nothing_moves_where_everything_is_another_object() -> None:
    """An API that is replaced by itself, and true deletes beside true creates, are no moves."""
    report = recorded("replaced")
    assert (report.moves, report.verdict) == ([], "ready")


@pytest.mark.parametrize("by", ["markdown", "json", "sarif", "junit"])
def test_every_format_is_red_and_says_what_to_write(by: str) -> None:
    """The code stands in each of them unharmed, and the exit code is that of a broken rule."""
    told = CliRunner().invoke(app, ["report", str(LOGS / "moved.jsonl"), "--format", by])
    assert told.exit_code == 1
    wanted = 'aliases=[pulumi.Alias(name="stock")]'
    assert wanted in (told.output if by == "markdown" else "".join(texts_of(by, told.output)))
    assert CliRunner().invoke(app, ["report", str(LOGS / "adopting.jsonl"), "--format", by]).exit_code == 0


def texts_of(form: str, output: str) -> list[str]:
    """What a machine reads of the moves."""
    if form == "junit":
        return [str(failure.text) for failure in xml.fromstring(output.encode()).iter("failure")]
    told = json.loads(output)
    if form == "json":
        assert told["stopped"] is True
        return [each["code"] for each in told["moves"]]
    return [result["message"]["text"] for result in told["runs"][0]["results"]]


def test_formats_tell_each_move_once() -> None:
    """Nine moves are nine results, nine failing cases and nine entries; the table of rules repeats none."""
    report = recorded("moved")
    assert len(json.loads(as_json(report))["moves"]) == 9
    (run,) = json.loads(sarif(report))["runs"]
    assert len(run["results"]) == 9
    (rule,) = run["tool"]["driver"]["rules"]
    assert "name=" not in rule["help"]["text"]
    assert len(list(xml.fromstring(junit(report).encode()).iter("failure"))) == 9
    assert "### Rules broken" not in markdown(report)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"client_id": "[secret]"}, {"client_id": "[secret]"}),
        ({"client_id": "a"}, {"client_id": UNKNOWN}),
        ({"client_id": "a"}, {"client_id": "a", "subject_type": "user"}),
        ({"client_id": "a"}, {"default_for": "a"}),
    ],
    ids=["secret", "unknown", "another subject", "another holder"],
)
def test_what_may_be_another_object_is_no_move(log: Any, old: dict[str, str], new: dict[str, str]) -> None:
    """A key that is secret or known later cannot be judged; a key that differs is judged."""
    log.step("create", "ClientGrant::new", None, {"audience": API, **new})
    log.step("delete", "ClientGrant::old", {"audience": API, **old})
    assert log.summary().report().moves == []


def test_a_default_is_a_part_of_a_key(log: Any) -> None:
    """A grant for the application itself is the same whether the program says so or not."""
    log.step(
        "create", "ClientGrant::new", None, {"audience": API, "client_id": "a", "subject_type": "client"}
    )
    log.step("delete", "ClientGrant::old", {"audience": API, "client_id": "a"})
    assert pairs(log.summary().report()) == [("old", "new")]


def test_another_tenants_object_is_another(log: Any) -> None:
    """One identifier in two tenants is two APIs; the providers of a component's resources do not matter."""
    log.step("create", "ResourceServer::new", None, {"identifier": API})
    log.step("delete", "ResourceServer::old", {"identifier": API})
    eu = "urn:pulumi:dev::shop::pulumi:providers:pulumi-python::eu::id"
    default = eu.replace("eu", "default")
    events = [json.loads(line) for line in log.summary().lines]
    for old, new, found in ((eu, default, 0), (default, eu, 0), (eu, eu, 1), (default, default, 1)):
        events[0]["resourcePreEvent"]["metadata"]["new"]["provider"] = new
        events[1]["resourcePreEvent"]["metadata"]["old"]["provider"] = old
        assert len(Report(read(map(json.dumps, events))).moves) == found


def test_a_run_that_was_carried_out_foresees_nothing(log: Any) -> None:
    """An update that took objects over has succeeded: its log is no reason for a red report."""
    log.step("create", "ResourceServer::new", None, {"identifier": API})
    log.step("delete", "ResourceServer::old", {"identifier": API})
    log.event("summaryEvent", isPreview=False, result="succeeded", resourceChanges={})
    assert not log.report().stopped


def test_what_a_refresh_finds_gone_is_not_given_up(log: Any) -> None:
    """The object is not in the tenant any more, so that the new resource can be created."""
    log.step("refresh", "ResourceServer::old", {"identifier": API}, {"identifier": API})
    log.step("delete", "ResourceServer::old", {"identifier": API}, None, ended=True)
    log.step("create", "ResourceServer::new", None, {"identifier": API})
    assert log.summary().report().moves == []


@pytest.mark.parametrize(
    ("adopt", "description", "stopped"),
    [("id", "x", False), ("id", UNKNOWN, False), ("id", "y", True), ("di", "x", True)],
)
def test_an_import_takes_exactly_what_is_there(log: Any, adopt: str, description: str, stopped: bool) -> None:
    """`import_` with the old resource's id takes an equal object over; another id or value is refused."""
    log.step("delete", "Permission::old", READ | {"description": "x"})
    log.step("create", "Permission::new", None, READ | {"description": description, "adopt": adopt})
    events = [json.loads(line) for line in log.summary().lines]
    events[0]["resourcePreEvent"]["metadata"]["old"]["id"] = "id"
    assert Report(read(map(json.dumps, events))).stopped is stopped


def test_an_algorithm_is_not_taken_over(log: Any) -> None:
    """adopt=True cannot change how an existing API signs: the report says so, and the alias still helps."""
    log.step("delete", "ResourceServer::old", {"identifier": API})
    log.step(
        "create", "ResourceServer::new", None, {"identifier": API, "signing_alg": "HS256", "adopt": True}
    )
    (advice,) = log.summary().report().moves
    assert "another signing_alg" in advice.told
    assert advice.code == 'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old")])'


@pytest.mark.parametrize("algorithm", ["RS256", UNKNOWN])
def test_an_algorithm_that_may_be_the_same_stops_nothing(log: Any, algorithm: str) -> None:
    """Auth0's default is no change of an API that says nothing, and what is known later is not judged."""
    log.step("delete", "ResourceServer::old", {"identifier": API})
    log.step(
        "create", "ResourceServer::new", None, {"identifier": API, "signing_alg": algorithm, "adopt": True}
    )
    assert not log.summary().report().stopped


def test_another_package_spares_nothing(log: Any) -> None:
    """What pulumi-auth0 gives up it deletes, adopt=True or not: it is to forget the resource first."""
    log.step("delete", f"{BRIDGED}::old", {"resourceServerIdentifier": API, "scope": "read:orders"})
    log.step("create", "Permission::new", None, READ | {"adopt": True})
    (advice,) = log.summary().report().moves
    assert "deletes it all the same" in advice.told
    assert advice.code == f"pulumi state delete --yes urn:pulumi:dev::shop::{BRIDGED}::old"


def test_aliases_help_within_another_package(log: Any) -> None:
    """A rename among resources of pulumi-auth0 takes the same line; a swap there has no step of ours."""
    key = {"resourceServerIdentifier": API, "scope": "read:orders"}
    log.step("delete", f"{BRIDGED}::old", key)
    log.step("create", f"{BRIDGED}::new", None, key)
    other = {**key, "scope": "b"}, {**key, "scope": "c"}
    log.step("replace", f"{BRIDGED}::x", *other)
    log.step("replace", f"{BRIDGED}::y", *reversed(other))
    renamed, *swapped = log.summary().report().moves
    assert renamed.code == 'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old")])'
    assert [(each.code, "adopt" in each.step) for each in swapped] == [("", False)] * 2


def test_names_cannot_write_markup_in_what_is_printed(log: Any) -> None:
    """A name that looks like the end of the code stays in the code, and its text is escaped."""
    evil = '```\n# <b>@team</b> `x` {y} "z"'
    log.step("delete", f"Permission::{evil}", READ)
    log.step("create", "Permission::new", None, READ)
    text = markdown(log.summary().report())
    (advice,) = log.report().moves
    assert f"\n  ````\n  {advice.code}\n  ````" in text
    assert "\n" not in advice.code
    before_lists, _ = text.replace(advice.code, "").split("<details>")
    assert "<b>" not in before_lists and "@team" not in before_lists


def test_a_long_list_stays_short(log: Any) -> None:
    """Of a list of 500 whose first item goes, the step is said once, with ten names and a number."""
    for place in range(500):
        old, new = (READ | {"scope": f"s:{place + shift:03}"} for shift in (0, 1))
        last = place == 499
        log.step("delete" if last else "replace", f"Permission::p{place:03}", old, None if last else new)
    text = markdown(log.summary().report(), 60_000)
    assert len(text) <= 60_000
    assert text.count("No alias helps here") == 1
    assert "p008, p009 and 489 more" in text


@pytest.mark.parametrize("kind", OUR_KINDS, ids=lambda kind: kind.cls)
def test_a_rename_of_every_kind_is_told(log: Log, kind: ResourceKind) -> None:
    """Whatever kind an object is of, its key tells that a resource of another name takes it."""
    inputs = {name: f"a-{name}" for name in kind.key}
    log.step("delete", f"{kind.cls}::old", inputs)
    log.step("create", f"{kind.cls}::new", None, inputs)
    (advice,) = log.report().moves
    assert advice.told.startswith(f"new takes the {kind.noun} ")
    assert f"a-{kind.api or 'identifier'}" in advice.told
