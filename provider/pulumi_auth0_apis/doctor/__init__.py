"""Is everything there that a deployment needs? Reads only, and says how to fix what is not.

A check is a function from the `Surroundings` to results; `CHECKS` lists them in the order in which they build
on one another. A check whose ground is missing is skipped, so that one cause is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pulumi_auth0_apis.doctor.access import check_clock, check_rate_limit, check_token
from pulumi_auth0_apis.doctor.engines import check_engines
from pulumi_auth0_apis.doctor.network import check_connection_settings, check_network
from pulumi_auth0_apis.doctor.pending_operations import check_pending_operations
from pulumi_auth0_apis.doctor.project_files import check_configured_secrets, check_passphrase, check_project
from pulumi_auth0_apis.doctor.result import Diagnosis
from pulumi_auth0_apis.doctor.state_secrets import check_state
from pulumi_auth0_apis.doctor.surroundings import Surroundings
from pulumi_auth0_apis.doctor.versions import check_versions

__all__ = ["CHECKS", "Diagnosis", "Surroundings", "examine"]

CHECKS: tuple[Callable[[Surroundings], Iterator[Diagnosis]], ...] = (
    check_versions,
    check_engines,
    check_project,
    check_passphrase,
    check_configured_secrets,
    check_state,
    check_pending_operations,
    check_connection_settings,
    check_network,
    check_token,
    check_rate_limit,
    check_clock,
)


def examine(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Run every check. At most two requests are made: one for a token, one for a page of APIs."""
    for check in CHECKS:
        for found in check(surroundings):
            yield found.in_words(surroundings.words)
