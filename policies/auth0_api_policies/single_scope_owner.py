"""Scopes of an API are written as a whole list: two owners undo each other's changes for ever.

Inline `scopes` own the list, so do pulumi-auth0's `ResourceServerScopes`; permissions own one scope each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, DeclaresScopes, Permission, Stack, View, stack_rule


@stack_rule(
    name="single-scope-owner",
    severity=Severity.HIGH,
    remedy="declare the API's scopes in one way: inline, or by permissions.",
    tags=["ownership"],
    url="https://auth0.com/docs/get-started/apis/add-api-permissions",
)
def single_scope_owner(stack: Stack, _: Configuration) -> Iterator[tuple[View, str]]:
    """The scopes of an API have one owner."""
    for identifier, owners in stack.owners_of_scopes().items():
        lists = [owner for owner in owners if not isinstance(owner, Permission)]
        for owner in lists:
            others = [other.resource_name for other in owners if other is not owner]
            if others:
                yield owner, f"It owns the scopes of {identifier}, and so do: {', '.join(others)}."
        yield from _declared_twice(owners)


def _declared_twice(owners: list[DeclaresScopes]) -> Iterator[tuple[View, str]]:
    permissions = [owner for owner in owners if isinstance(owner, Permission)]
    times = Counter(permission.scope for permission in permissions)
    for permission in permissions:
        if times[permission.scope] > 1:
            yield permission, f"{permission.scope} is declared by {times[permission.scope]} permissions."
