"""What docs/policies.md says of rules is what there is to know, and what their tests claim."""

from __future__ import annotations

import pytest
from pulumi_policy import Policy

from auth0_api_policies import RULES, frame, signing_algorithm
from auth0_api_policies.frame.setting import Setting
from docs.rules import VIEWS, cases, reference

REFERENCE = reference()


def test_every_name_of_the_frame_is_in_the_reference() -> None:
    """But for a tuple of words and a function, which are no classes of rules."""
    named = set(frame.__all__) - {"PROFILES", "matches"}
    assert {name for name in named if f"#### `{name}`" not in REFERENCE} == set()


@pytest.mark.parametrize("view", VIEWS)
def test_every_setting_of_a_view_has_its_type_and_default(view: type[frame.View]) -> None:
    """A row each, in the view's order."""
    section = REFERENCE.partition(f"#### `{view.__name__}`")[2].partition("####")[0]
    rows = [line.split("`")[1::2] for line in section.splitlines() if line.startswith("| `")]
    settings = {name: each for name, each in vars(view).items() if isinstance(each, Setting)}
    assert [row[0] for row in rows] == list(settings)
    assert all(kind and left_out for _, kind, left_out in rows)


def test_types_are_as_people_write_them() -> None:
    """A choice of two types breaks no table."""
    assert "| `scopes` | `tuple[str, ...] or None` | `None` |" in REFERENCE
    assert "| `token_lifetime` | `int` | `86400` |" in REFERENCE


def test_a_rules_cases_are_the_claims_of_its_tests() -> None:
    """Each with what it is called."""
    told = cases(signing_algorithm)
    assert "- a shared secret is refused: HS256 is named together with what is allowed." in told


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_cases(rule: Policy) -> None:
    """Two at least: one that passes and one that does not."""
    assert cases(rule).count("\n- ") >= 2
