from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from auth0_api_policies import RULES
from auth0_api_policies.__main__ import main
from auth0_api_policies.configuration_file import mistakes, schema

CONFIG = Path(__file__).parents[2] / "policies" / "config"


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
def test_the_packs_own_files_are_right(stack: str) -> None:
    """Each stack's configuration fits the rules, by the check and by the schema."""
    path = CONFIG / f"{stack}.json"
    assert mistakes(path, RULES) == []
    jsonschema.validate(json.loads(path.read_text()), schema(RULES))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            {"access-token-lifetimes": "mandatory"},
            "access-token-lifetimes is no rule of this pack; did you mean access-token-lifetime?",
        ),
        ({"All": "mandatory"}, "All is no rule of this pack; did you mean all?"),
        ({"encryption at rest": "mandatory"}, "there are all, preset, access-token-lifetime,"),
        ({"rbac-enabled": "fatal"}, 'rbac-enabled: "fatal" is no enforcement level'),
        ({"rbac-enabled": None}, "rbac-enabled: null is no enforcement level; the levels are advisory,"),
        ({"rbac-enabled": False}, "rbac-enabled: false is no enforcement level"),
        ({"rbac-enabled": {"enforcementLevel": None}}, "rbac-enabled.enforcementLevel: None is not one of"),
        ({"all": {}}, "all: {} is no enforcement level"),
        ({"preset": "stict"}, 'preset: "stict" is no preset; the presets are recommended, strict'),
        ({"preset": {"name": "strict"}}, 'preset: {"name": "strict"} is no preset'),
        ({"preset": "strict", "all": "advisory"}, "all and preset both say how every rule runs"),
        (
            {"access-token-lifetime": {"maxSecond": 60}},
            "access-token-lifetime.maxSecond is no key of this rule; did you mean maxSeconds?",
        ),
        ({"rbac-enabled": {"only": []}}, "rbac-enabled.only: [] should be non-empty"),
        (
            {"access-token-lifetime": {"maxSeconds": "1h"}},
            "access-token-lifetime.maxSeconds: '1h' is not of type",
        ),
        ({"rbac-enabled": {"exemptions": [{"urn": "*"}]}}, "exemptions[0]: 'reason' is a required property"),
        (
            {"rbac-enabled": {"exemptions": [{"urn": "*", "reason": "r", "expires": "soon"}]}},
            "'soon' is not a 'date'",
        ),
        ([], "has to be an object"),
    ],
)
def test_each_mistake_is_named_with_its_place(tmp_path: Path, document: object, message: str) -> None:
    """One sentence tells the file, the rule, the key and what is wrong."""
    path = tmp_path / "stack.json"
    path.write_text(json.dumps(document))
    found = mistakes(path, RULES)
    assert any(message in mistake and str(path) in mistake for mistake in found), found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read as JSON"),
        ("", "is empty"),
        ("  \n", "is empty"),
        ("null", "has to be an object"),
        ('{"rbac-enabled": "mandatory", "rbac-enabled": "disabled"}', "rbac-enabled is there 2 times"),
        ('{"rbac-enabled": {"only": ["a"], "only": ["b"]}}', "only is there 2 times"),
    ],
)
def test_a_file_that_says_nothing_plain_is_named(tmp_path: Path, text: str, message: str) -> None:
    """A broken or empty file, and one that says a thing twice, is a mistake, not a traceback."""
    path = tmp_path / "stack.json"
    path.write_text(text)
    (mistake,) = mistakes(path, RULES)
    assert mistake.startswith(f"{path}: {message}")


def test_the_command_prints_mistakes_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m auth0_api_policies FILE` is for a pull request's checks."""
    path = tmp_path / "stack.json"
    path.write_text('{"all": "fatal"}')
    assert main([str(path)]) == 1
    assert "is no enforcement level" in capsys.readouterr().out
