"""By default every application of the tenant may ask for a user's token for an API.

With `subject_type_authorization.user` set to `require_client_grant` only those with a grant may.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="user-subject-policy",
    severity=Severity.MEDIUM,
    remedy="set `subject_type_authorization.user.policy` to require_client_grant and add grants.",
    tags=["access", "grants"],
    url="https://auth0.com/docs/get-started/apis/api-access-policies-for-applications",
    config={
        "allowed": {
            "type": "array",
            "items": {"enum": ["allow_all", "deny_all", "require_client_grant"]},
            "minItems": 1,
            "default": ["require_client_grant", "deny_all"],
            "description": "The policies that an API may have for users' tokens.",
        }
    },
)
def user_subject_policy(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Applications need a grant to ask for users' tokens."""
    allowed = config.texts("allowed")
    policy = api.subject_type_authorization.user
    if policy not in allowed:
        yield f"`subject_type_authorization.user.policy` is {policy}, allowed is {' or '.join(allowed)}."
