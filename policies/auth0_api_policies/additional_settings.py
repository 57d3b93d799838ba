"""`additional_settings` passes on what Auth0 has and this version has no input for, so no rule knows it.

What has an input is refused there by its name, however it is spelled, so that no rule is evaded. For the rest
somebody has to look up what it does: then its name can be allowed, until an input and a rule come for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, Extensible, resource_rule


@resource_rule(
    Extensible,
    name="additional-settings",
    severity=Severity.MEDIUM,
    remedy="look up what it does and allow its name, or take it out.",
    tags=["coverage"],
    url="https://auth0.com/docs/api/management/v2",
    config={
        "allowed": {
            "type": "array",
            "items": {"type": "string"},
            "default": [],
            "description": "Auth0's names of the settings that somebody has looked up.",
        }
    },
)
def additional_settings(resource: Extensible, config: Configuration) -> Iterator[str]:
    """Every setting of an API or a grant is one that a rule could judge."""
    for name in resource.additional_settings:
        if name not in config.texts("allowed"):
            yield f"{name} in `additional_settings` is judged by no other rule."
