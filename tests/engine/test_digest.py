"""Events and the document that is made from them, in the shapes of the real command."""

from __future__ import annotations

import json
import re

from pulumi_auth0_apis.engine import digest

from .stacks import TestStack

PROGRAM = """
    a = Thing("a", kind="{kind}", token=pulumi.Output.secret("hush"))
    Thing("b", size=a.serial)
    print("hello from the program")
    pulumi.log.warn("take care", a)
"""


def test_events_are_numbered_and_end_with_a_summary(stack: TestStack) -> None:
    """The first event is the prelude, the last two are summary and cancel."""
    events = stack.up(PROGRAM.format(kind="x")).events
    assert [event["sequence"] for event in events] == list(range(len(events)))
    assert events[0]["preludeEvent"] == {"config": {}, "engine": "auth0-apis"}
    assert events[-1]["cancelEvent"] == {}
    summary = events[-2]["summaryEvent"]
    assert summary.pop("durationSeconds") >= 1
    assert summary == {
        "maybeCorrupt": False,
        "resourceChanges": {"create": 3},
        "PolicyPacks": {},
        "isPreview": False,
        "result": "succeeded",
    }


def test_every_step_begins_and_ends(stack: TestStack) -> None:
    """A resource's first event says that it begins, its last that it has ended."""
    events = stack.up(PROGRAM.format(kind="x")).events
    kinds = [
        kind
        for event in events
        for kind in ("resourcePreEvent", "resOutputsEvent")
        if kind in event and event[kind]["metadata"]["urn"].endswith("::a")
    ]
    assert kinds == ["resourcePreEvent", "resOutputsEvent"]


def test_secrets_are_in_no_event(stack: TestStack) -> None:
    """Neither a secret input nor a configured secret that somebody prints is ever told."""
    stack.engine.open().config.set("tests:password", "correct horse", secret=True)
    program = PROGRAM.format(kind="x") + '    print("it is " + pulumi.Config().require("password"))\n'
    result = stack.up(program)
    told = json.dumps(result.events)
    assert "hush" not in told
    assert "correct horse" not in told
    assert "it is [secret]" in told
    assert result.events[0]["preludeEvent"]["config"] == {"tests:password": "[secret]"}


def test_the_digest_of_a_creation(stack: TestStack) -> None:
    """The document has the fields of `pulumi preview --json`, secrets masked, unknowns as its sentinel."""
    document = digest(stack.program(PROGRAM.format(kind="x")).engine.preview().events)
    assert list(document) == ["steps", "diagnostics", "duration", "changeSummary"]
    assert document["changeSummary"] == {"create": 3}
    assert document["diagnostics"][0] == {"message": "hello from the program\n\n", "severity": "info"}
    assert document["diagnostics"][1]["message"] == "warning: take care\n"
    stack_step, a, b = document["steps"]
    assert stack_step["newState"].pop("sourcePosition").startswith("project:///")
    assert stack_step["newState"] == {
        "urn": "urn:pulumi:dev::tests::pulumi:pulumi:Stack::tests-dev",
        "custom": False,
        "type": "pulumi:pulumi:Stack",
    }
    assert list(a) == ["op", "urn", "provider", "newState", "detailedDiff"]
    assert a["newState"]["inputs"]["token"] == "[secret]"
    assert a["detailedDiff"] is None
    assert re.fullmatch(r"04da6b54-[-0-9a-f]{27}", b["newState"]["inputs"]["size"])


def test_the_digest_of_a_replacement_shows_it_once_with_its_reasons(stack: TestStack) -> None:
    """The halves of a replacement are left out, what is unchanged as well."""
    stack.up(PROGRAM.format(kind="x"))
    document = digest(stack.program(PROGRAM.format(kind="y")).engine.preview().events)
    assert [step["op"] for step in document["steps"]] == ["same", "replace", "update"]
    replaced = document["steps"][1]
    assert replaced["replaceReasons"] == ["kind"]
    assert replaced["diffReasons"] == ["kind"]
    assert replaced["detailedDiff"] == {"kind": {"kind": "update", "inputDiff": True}}


def test_the_digest_of_a_refresh_tells_what_it_found(stack: TestStack) -> None:
    """What was only being read turns into the update it is."""
    stack.up('Thing("a", size=1)\nThing("b", size=1)')
    file = stack.cloud / "a-1.json"
    file.write_text(file.read_text().replace('"size": 1.0', '"size": 7'))
    document = digest(stack.engine.refresh(preview=True).events)
    by_name = {step["urn"].rpartition("::")[2]: step["op"] for step in document["steps"]}
    assert by_name == {"tests-dev": "refresh", "a": "update", "b": "refresh"}
