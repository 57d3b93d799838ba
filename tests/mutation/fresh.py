"""A plugin of pytest for mutants: no test finds in a function's cache what was kept for another.

Else a mutant is hidden by what its process has kept before, and the tests that reach a function are not told.
"""

from __future__ import annotations

import sys

OURS = ("pulumi_auth0_apis", "auth0_api_policies", "auth0_api_vocabulary")


def pytest_runtest_setup() -> None:
    """Clear the caches of our modules' functions."""
    for name, module in [*sys.modules.items()]:
        if name.partition(".")[0] in OURS:
            for value in [*vars(module).values()]:
                getattr(value, "cache_clear", lambda: None)()
