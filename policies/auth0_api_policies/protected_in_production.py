"""Deleting an API deletes its permissions and ends every grant on it; a replacement does so too.

`protect` makes both impossible until someone takes it off on purpose. For stacks whose loss would hurt.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="protected-in-production",
    severity=Severity.MEDIUM,
    remedy="set the resource option protect.",
    tags=["operations"],
    url="https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
)
def protected_in_production(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """An API cannot be deleted by accident."""
    if not api.protected:
        yield "protect is off: the next update may delete or replace the API."
