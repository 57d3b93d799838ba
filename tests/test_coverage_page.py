"""docs/coverage.md: each line of Auth0's page about API settings has its input, its words and its tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from auth0_api_vocabulary import snake_case
from docs.coverage import DIGEST, HEADINGS_AND_PICTURES, LAST_LINE, PAGE, SAID, digest
from docs.settings import RESOURCES
from pulumi_auth0_apis.cli import COMMANDS

ROOT = Path(__file__).parents[1]
LINES = ROOT.parent / "shared" / "api-settings.txt"
TESTS = sorted({test for said in SAID for test in said.tests})
PLACES = sorted({place for said in SAID for place in said.here})


@pytest.mark.parametrize("test", TESTS)
def test_a_named_test_is_there(test: str) -> None:
    """Each test that the page names is a function of that file."""
    file, _, name = test.partition("::")
    functions = (
        node for node in ast.parse((ROOT / file).read_text()).body if isinstance(node, ast.FunctionDef)
    )
    assert name in {function.name for function in functions}


@pytest.mark.parametrize("place", [place for place in PLACES if not place.startswith("auth0-apis ")])
def test_a_named_input_has_its_place(place: str) -> None:
    """Each resource, input and output that the page names is told on the resource's own page."""
    resource, _, name = place.partition(".")
    text = (ROOT / "docs" / "resources" / f"{snake_case(resource)}.md").read_text()
    assert text.startswith(f"# {resource}\n")
    assert not name or f"\n- `{name}`" in text


@pytest.mark.parametrize("command", [place for place in PLACES if place.startswith("auth0-apis ")])
def test_a_named_command_is_there(command: str) -> None:
    """Each command that the page names is one of ours."""
    assert command.removeprefix("auth0-apis ") in {each.__name__ for each in COMMANDS}


def test_a_setting_of_the_page_names_it() -> None:
    """Where the page is the home of a setting, the setting's source is the page."""
    on_the_page = {place for place in PLACES if place.startswith("ResourceServer.")}
    sources = {
        f"ResourceServer.{each.name}": each.source for each in RESOURCES["ResourceServer"].provider.settings
    }
    elsewhere = {place for place in on_the_page & sources.keys() if sources[place] != PAGE}
    assert elsewhere == {"ResourceServer.scopes", "ResourceServer.signing_secret"}


def test_every_line_is_covered() -> None:
    """Each line says something that has a row, or is a heading or a picture; none is both."""
    covered = {said.line for said in SAID}
    assert covered | set(HEADINGS_AND_PICTURES) == set(range(1, LAST_LINE + 1))
    assert not covered & set(HEADINGS_AND_PICTURES)


@pytest.mark.skipif(not LINES.is_file(), reason="Auth0's page is not beside the repository")
def test_the_page_is_the_one_that_was_read() -> None:
    """The lines are those that the rows count; where Auth0 has changed them, read them again."""
    lines = LINES.read_text().splitlines()
    assert sum(bool(line.strip()) for line in lines) == LAST_LINE
    assert digest(lines) == DIGEST
