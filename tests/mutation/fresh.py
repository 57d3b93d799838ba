"""A plugin of pytest for mutants: what a fork inherits in caches of functions is forgotten."""

from __future__ import annotations

import sys

OURS = ("pulumi_auth0_apis", "auth0_api_policies", "auth0_api_vocabulary")


def pytest_sessionstart() -> None:
    """Clear the caches of our modules' functions, so that none answers for a mutant."""
    for name, module in [*sys.modules.items()]:
        if name.partition(".")[0] in OURS:
            for value in [*vars(module).values()]:
                getattr(value, "cache_clear", lambda: None)()
