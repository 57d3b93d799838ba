"""With RBAC on, an API that finds the user's permissions in the token need not ask anyone for them.

`token_dialect` puts them there: `access_token_authz`, or `rfc9068_profile_authz` for the RFC 9068 profile.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="permissions-in-token",
    severity=Severity.LOW,
    remedy="set `token_dialect` to access_token_authz or rfc9068_profile_authz.",
    tags=["access", "rbac"],
    url="https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis",
)
def permissions_in_token(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """Tokens of an API with RBAC carry the user's permissions."""
    if api.enforce_policies and not api.permissions_in_token:
        yield f"`token_dialect` is {api.token_dialect}, whose tokens carry scopes alone."
