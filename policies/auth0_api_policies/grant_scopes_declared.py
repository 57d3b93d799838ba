"""Auth0 takes a grant of a scope that its API does not have; the application gets tokens without it.

Only APIs of the same stack are judged: what others declare is not to be seen from here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import ClientGrant, Configuration, Stack, View, stack_rule


@stack_rule(
    name="grant-scopes-declared",
    severity=Severity.MEDIUM,
    remedy="declare the permission on the API, or take it out of the grant.",
    tags=["access", "grants"],
    url="https://auth0.com/docs/get-started/applications/application-access-to-apis-client-grants",
)
def grant_scopes_declared(stack: Stack, _: Configuration) -> Iterator[tuple[View, str]]:
    """A grant holds scopes that its API has."""
    apis, owners = stack.apis(), stack.owners_of_scopes()
    for grant in stack.all(ClientGrant):
        if grant.audience not in apis:
            continue
        declared = {scope for owner in owners.get(grant.audience, []) for scope in owner.declared}
        missing = sorted(set(grant.scopes) - declared)
        if missing:
            yield grant, f"`scopes` has {', '.join(missing)}, which {grant.audience} does not declare."
