"""docs/languages.md and docs/moving_to_the_plugin.md: what they tell to write is what is so.

The rest of both is played by `make languages`, and by tests/plugin/languages where its commands are there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auth0_api_vocabulary import OURS
from pulumi_auth0_apis.plugin.package import PACKAGE, token
from pulumi_auth0_apis.plugin.schema.languages import LANGUAGES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "languages.md").read_text()
MOVING = (ROOT / "docs" / "moving_to_the_plugin.md").read_text()
EXAMPLES = ROOT / "examples" / "languages"
IMPORTS = {
    "typescript": ("index.ts", f'import * as auth0 from "{LANGUAGES["nodejs"]["packageName"]}";'),
    "go": ("main.go", f'"{LANGUAGES["go"]["importBasePath"]}"'),
    "python": ("__main__.py", f"import {LANGUAGES['python']['packageName']} as auth0"),
    "yaml": ("Pulumi.yaml", f"type: {PACKAGE}:ResourceServer"),
}


@pytest.mark.parametrize("language", IMPORTS)
def test_what_to_write_is_what_the_example_writes(language: str) -> None:
    """The line of the page is the one of the schema, and stands in the example."""
    file, line = IMPORTS[language]
    assert line in PAGE
    assert line in (EXAMPLES / language / file).read_text()


@pytest.mark.parametrize("language", IMPORTS)
def test_examples_name_this_repository_as_their_plugin(language: str) -> None:
    """`pulumi install` in an example takes the plugin of the checkout."""
    project = (EXAMPLES / language / "Pulumi.yaml").read_text()
    named = re.search(rf"^  {PACKAGE}: (.+)$", project, re.MULTILINE)
    assert named is not None
    assert (EXAMPLES / language / named[1] / "PulumiPlugin.yaml").resolve() == ROOT / "PulumiPlugin.yaml"


def test_types_of_the_pages_are_there() -> None:
    """Each type token that a page names is one of a kind of resources."""
    tokens = set(re.findall(token(r"\w+"), PAGE + MOVING))
    assert tokens == {token(kind.cls) for kind in OURS.values()}
    dynamic = set(re.findall(r"pulumi-python:dynamic/auth0:\w+", MOVING))
    assert dynamic <= set(OURS)


def test_the_way_back_is_the_one_that_is_played() -> None:
    """The transformation of the page stands in the program that `make languages` moves back to."""
    (block,) = re.findall(r"```python\n(.*?)```", MOVING, re.DOTALL)
    program = (ROOT / "tests/plugin/languages/dynamic/__main__.py").read_text()
    lines = [line for line in block.splitlines() if line and not line.startswith("import")]
    assert [line for line in lines if line not in program] == []
