"""docs/resources: the example of each page runs, and each operation makes the calls that the page tells."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from auth0_api_vocabulary import snake_case
from docs.settings import RESOURCES, nested_objects
from pulumi_auth0_apis import _api_objects
from pulumi_auth0_apis._inputs import model
from pulumi_auth0_apis.plugin.schema.texts import of_attributes
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.program import ProgramUnderTest
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from .played_page import HEAD, page_of

PAGES = Path(__file__).parents[1] / "docs" / "resources"


def page(resource: str) -> str:
    return (PAGES / f"{snake_case(resource)}.md").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    return tmp_path


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_example_runs(
    resource: str, folder: Path, auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """The example of a page comes up as it stands there, and says of the same class."""
    (example,) = re.findall(r"```python\n(.*?)```", page(resource), re.DOTALL)
    (folder / "__main__.py").write_text(example)
    run = pulumi_program(folder, config=page_of(resource).prepare(auth0_tenant)).up()
    assert f"{resource}(" in example
    assert set(run.changes.values()) == {"create"}
    assert run.outputs


def told_calls(resource: str) -> dict[str, set[str]]:
    """The calls of each operation, as the page has them."""
    _, _, section = page(resource).partition("## Calls")
    rows = re.findall(r"^\| (\w+) \| (.*) \|$", section, re.MULTILINE)
    return {name: set(re.findall(r"`([A-Z]+ /\S+)`", calls)) for name, calls in rows if "/api/" in calls}


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_calls_are_told(
    resource: str, folder: Path, auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """Each operation makes the calls that the page tells, and an operation that makes some is told."""
    played = page_of(resource)
    program = pulumi_program(folder, config=played.prepare(auth0_tenant))
    made: dict[str, set[str]] = {}
    (folder / "__main__.py").write_text(HEAD + played.before)
    program.up()
    for operation, source in played.operations.items():
        if operation == "adopt":
            played.by_hand(auth0_tenant)
        made[operation] = _calls(program, operation, folder, HEAD + played.before + source, resource)
    assert made == told_calls(resource)


def _calls(program: ProgramUnderTest, operation: str, folder: Path, source: str, resource: str) -> set[str]:
    if operation == "refresh":
        run = program.refresh(targets=[f"**:{resource}::*"])
    else:
        (folder / "__main__.py").write_text(source)
        run = program.up()
    return set(run.calls) - {"POST /oauth/token"}


@pytest.mark.parametrize("resource", RESOURCES)
def test_help_explains_every_argument(resource: str) -> None:
    """The docstring of a class tells of each of its settings and options, in the table's order."""
    cls, documented = RESOURCES[resource].cls, RESOURCES[resource].provider
    told = re.findall(r"^    (\w+): ", inspect.getdoc(cls) or "", re.MULTILINE)
    assert told == [each.name for each in (*documented.settings, *documented.options)]
    assert set(told) == inspect.signature(cls).parameters.keys() - {"resource_name", "opts"}


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_key_of_a_nested_object_is_explained(resource: str) -> None:
    """The source says of each key of a nested object what it is."""
    schema = model(RESOURCES[resource].provider.settings).json_schema()
    for path, each in schema["properties"].items():
        for _, nested in nested_objects(path, each, schema):
            assert of_attributes(getattr(_api_objects, nested["title"])).keys() == nested["properties"].keys()
