"""An identifier is what tokens carry as audience, and can never be changed: it is worth a convention.

Auth0 recommends a URL. It need not resolve.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="identifier-format",
    severity=Severity.LOW,
    remedy="choose an identifier of the expected form now; a later change replaces the API and its grants.",
    tags=["naming"],
    url="https://auth0.com/docs/get-started/apis/api-settings",
    config={
        "pattern": {
            "type": "string",
            "default": r"https://[^\s<>]+",
            "description": "A regular expression (Python's) that the whole identifier matches.",
        }
    },
)
def identifier_format(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Identifiers of APIs follow one form."""
    pattern = config.pattern("pattern")
    if api.identifier is not None and not pattern.fullmatch(api.identifier):
        yield f"`identifier` is {api.identifier}, the form is {pattern.pattern}."
