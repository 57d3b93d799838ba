"""Where a program declares its resources, in state and events."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pulumi_auth0_apis.engine import digest
from pulumi_auth0_apis.engine.running.source_positions import SourcePositions

from .stacks import TestStack, ops

PART = """
class Part(pulumi.ComponentResource):
    def __init__(self, name, **props):
        super().__init__("things:index:Part", name, props)
"""
TWO = f'{PART}Part("a")\n\n\nPart("b")\n'


def test_the_state_points_at_the_line(stack: TestStack) -> None:
    """A resource has the line that declares it, told from the folder of Pulumi.yaml, as the CLI writes it."""
    stack.up(TWO)
    assert stack.state()["a"]["sourcePosition"] == "project:///__main__.py#8"
    assert stack.state()["b"]["sourcePosition"] == "project:///__main__.py#11"


def test_events_point_at_the_line(stack: TestStack) -> None:
    """A preview tells it too, to events and to the document made of them, where a report reads it."""
    result = stack.program(TWO).engine.preview()
    (step,) = [step for step in result.steps if step["urn"].endswith("::b")]
    assert step["new"]["sourcePosition"] == "project:///__main__.py#11"
    (told,) = [each for each in digest(result.events)["steps"] if each["urn"].endswith("::b")]
    assert told["newState"]["sourcePosition"] == "project:///__main__.py#11"


def test_a_line_that_moved_is_no_change(stack: TestStack) -> None:
    """It is not written for itself, and goes along with what changes."""
    stack.up(TWO)
    before = stack.state()
    result = stack.up("\n" + TWO)
    assert {op for op, _ in ops(result)} <= {"same"}
    assert stack.state() == before
    stack.up("\n" + TWO.replace('"b"', '"b", size=2'))
    assert stack.state()["b"]["sourcePosition"] == "project:///__main__.py#12"


@pytest.mark.parametrize(
    ("uri", "line", "column", "told"),
    [
        ("file:///home/me/apis/my%20file.py", 3, 0, "project:///my%20file.py#3"),
        ("file:///home/me/apis/folder/x.py", 3, 7, "project:///folder/x.py#3,7"),
        ("file:///home/me/shared.py", 1, 0, "project:///../shared.py#1"),
        ("file:///home/me/apis/x.py", -1, 0, ""),
        ("https://example.com/x.py", 1, 0, ""),
        ("", 0, 0, ""),
    ],
)
def test_how_a_position_is_written(uri: str, line: int, column: int, told: str) -> None:
    """The file is told from the root; what is no file of this machine has no position."""
    position = SimpleNamespace(uri=uri, line=line, column=column)
    assert SourcePositions(Path("/home/me/apis")).of(SimpleNamespace(sourcePosition=position)) == told


def test_an_older_sdk_says_nothing() -> None:
    """A request without the field has no position."""
    assert SourcePositions(Path("/work")).of(SimpleNamespace()) == ""
