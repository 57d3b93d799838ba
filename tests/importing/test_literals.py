"""Python source for values."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_auth0_apis.importing.literals import WIDTH, CallExpression, Code, quoted, source

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A machine with other work to do is no failure."""

values = st.recursive(
    st.text() | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=20), inner, max_size=5),
    max_leaves=20,
)


@unhurried
@given(values)
def test_a_value_survives_being_written(value: Any) -> None:
    """Python reads back exactly the value that was written, whatever quotes and controls it holds."""
    assert ast.literal_eval(source(value)) == value


@unhurried
@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "Z"]), max_size=400))
def test_a_long_text_is_cut_into_lines_that_fit(text: str) -> None:
    """No line of a text is longer than the width, however the text is made up."""
    written = source({"description": text})
    assert ast.literal_eval(written) == {"description": text}
    assert all(len(line) <= WIDTH for line in written.splitlines())


def test_the_quotes_that_need_fewer_escapes_are_used() -> None:
    """Double quotes are the rule; a text that holds them is put in single ones."""
    assert [quoted("it's"), quoted('say "x"'), quoted("a\nb")] == ['"it\'s"', "'say \"x\"'", '"a\\nb"']


def test_a_call_takes_a_line_for_each_argument() -> None:
    """Calls are laid out so that a later change touches one line."""
    call = CallExpression("Permission", [(None, "read"), ("scope", Code("scope"))])
    assert source(call) == 'Permission(\n    "read",\n    scope=scope,\n)'


def test_the_layout_is_that_of_the_formatter() -> None:
    """ruff format leaves a nested value as it was written."""
    value = {"a" * 30: ["b" * 30] * 4, "t": ("word " * 40, None), "d": {"x": {"y": True}}}
    text = f"value = {source(value, used=len('value = '))}\n"
    ruff = Path(sys.executable).with_name("ruff")
    formatted = subprocess.run(
        [ruff, "format", "--isolated", "-"], input=text, capture_output=True, text=True, check=True
    )
    assert formatted.stdout == text
