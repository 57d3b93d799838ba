"""Whatever the resources, rules and applications of a run are called, a report stays the report."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as xml

import pytest
from hypothesis import example, given, settings

from pulumi_auth0_apis.escaping import terminal
from pulumi_auth0_apis.report import Report, as_json, junit, markdown, read, sarif

from ..hostile_text import HIDES_THE_REST, hostile
from ..test_escaping import MENTION, REFERENCE, Rendered
from .conftest import Log

GRANT = {"client_id": "app", "audience": "https://management", "scopes": ["delete:clients"]}
LEVELS = ("mandatory", "advisory")


def report_of(text: str) -> Report:
    """A run that everybody who has a say in it calls `text`; rows are in the same order for any text."""
    log = Log().event("preludeEvent", config={}, engine=text)
    name = text.replace(":", "")  # which would be a part of the URN
    where = {"resourceUrn": f"urn:pulumi:dev::shop::a:b:c::{name}"}
    rule = {"policyName": text, "policyPackName": text, **where}
    api = {"identifier": text, "name": text, "token_lifetime": 60}
    log.step("update", f"ResourceServer::0{name}", api, {**api, "name": f"{text}2"})
    log.step("replace", "ResourceServer::o", {"identifier": "i"}, {"identifier": "j"}, keys=[text])
    log.step("create", "ClientGrant::g", None, {"client_id": f"0{text}", "audience": text, "scopes": [text]})
    log.step("delete", "ClientGrant::h", {**GRANT, "audience": f"{text}/"}, None)
    log.step("create", f"x:y:{name}::z", None, {"a": text})
    said = f"a{text}\nb{text}\nFix: {text}"
    for level in LEVELS:
        log.event("policyEvent", message=said, enforcementLevel=level, severity=text, **rule)
    for severity in ("error", "warning"):
        log.event("diagnosticEvent", severity=severity, message=f"x{text}", urn=where["resourceUrn"])
    log.event("policyRemediationEvent", before={"name": text}, after={"name": f"{text}2"}, **rule)
    return Report(read(log.summary("failed").lines), text)


named = hostile.filter(lambda text: terminal(text).strip("\n :"))


@given(text=named)
@example(HIDES_THE_REST)
@settings(deadline=None)
def test_a_comment_on_github_is_the_same_document(text: str) -> None:
    """No name hides a row, opens a section, links, shows a picture, mentions or refers."""
    shown, harmless = (Rendered(markdown(report_of(each))) for each in (text, "harmless"))
    told, expected = ([each for each in one.structure if str(each)[0] != "!"] for one in (shown, harmless))
    assert told == expected
    assert not MENTION.search(shown.text) and not REFERENCE.search(shown.text)


def test_a_grant_of_the_management_api_is_seen_whatever_an_api_is_called(log: Any) -> None:
    """A carriage return ends a line, and what would begin a comment there hid all that follows."""
    log.step("create", "ResourceServer::a", None, {"identifier": HIDES_THE_REST, "name": HIDES_THE_REST})
    log.step("create", "ClientGrant::g", None, GRANT)
    shown = Rendered(markdown(log.summary().report()))
    assert "delete:clients" in shown.code
    assert [each for each in shown.structure if str(each)[0] == "!"] == ["! auth0-apis report shop/dev "]


@given(text=named)
@example("\x0b")
@settings(deadline=None)
def test_machines_read_every_format(text: str) -> None:
    """JUnit is well-formed, JSON and SARIF are JSON that a terminal may show."""
    report = report_of(text)
    suites, harmless = (xml.fromstring(junit(each)) for each in (report, report_of("harmless")))
    assert [each.tag for each in suites.iter()] == [each.tag for each in harmless.iter()]
    for written in (junit(report), as_json(report), sarif(report)):
        assert written.replace("\n", "").isprintable()
    assert text in [each["rule"] for each in json.loads(as_json(report))["violations"]]
    (run,) = json.loads(sarif(report))["runs"]
    assert "](" not in "".join(each["message"]["text"] for each in run["results"])


@pytest.mark.parametrize("name", ["a\rb", "a\nb", "```", "a\n```\n# x"])
def test_a_name_cannot_leave_the_block_of_code_that_it_is_in(log: Any, name: str) -> None:
    """What is to be pasted into the program has the old name in it."""
    api, harmless = {"identifier": "https://orders.example.com"}, Log()
    for each, old in ((log, name), (harmless, "old")):
        each.step("delete", f"ResourceServer::{old}", api, None)
        each.step("create", "ResourceServer::new", None, api)
    shown, expected = (Rendered(markdown(each.summary().report())) for each in (log, harmless))
    assert shown.structure == expected.structure
