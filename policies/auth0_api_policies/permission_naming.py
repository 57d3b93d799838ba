"""Names of permissions are read by people who grant them and by code that checks them: `read:orders`."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, DeclaresScopes, resource_rule


@resource_rule(
    DeclaresScopes,
    name="permission-naming",
    severity=Severity.LOW,
    remedy="rename the permission, and the grants and roles that hold it.",
    tags=["naming"],
    url="https://auth0.com/docs/get-started/apis/add-api-permissions",
    config={
        "pattern": {
            "type": "string",
            "default": r"[a-z][a-z0-9_-]*(:[a-z][a-z0-9_-]*)+",
            "description": "A regular expression (Python's) that the whole permission matches.",
        }
    },
)
def permission_naming(owner: DeclaresScopes, config: Configuration) -> Iterator[str]:
    """Permissions are named by one pattern."""
    pattern = config.pattern("pattern")
    for scope in owner.declared:
        if not pattern.fullmatch(scope):
            yield f"The permission is {scope}, the form is {pattern.pattern}."
