from __future__ import annotations

import pytest

from pulumi_auth0_apis.report.diagnostic import readable

TRACEBACK = """Traceback (most recent call last):
  File "/app/provider.py", line 84, in check
    raise ValueError(secret)
ValueError: a-secret
in two lines
"""
TYPE = "pulumi-python:dynamic/auth0:ResourceServer"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Auth0 refused the request (403).\n", "Auth0 refused the request (403)."),
        (f"{TYPE} resource 'orders' has a problem: token_lifetime: too long", "token_lifetime: too long"),
        (f"{TYPE} resource 'a' has a problem: one\ntwo", "one\ntwo"),
        (f"{TYPE} resource 'a': property pin value {{a-secret}} has a problem: too short", "pin: too short"),
        (TRACEBACK, "ValueError; the run's own output has the traceback."),
        (
            f"Program failed:\n{TRACEBACK}",
            "Program failed: ValueError; the run's own output has the traceback.",
        ),
        ("Traceback (most recent call last):\n", "error; the run's own output has the traceback."),
    ],
)
def test_a_diagnostic_is_told_without_values_and_tracebacks(message: str, text: str) -> None:
    """What was refused and why stays; what nobody may see, or nobody reads, goes."""
    assert readable(message) == text
