"""A rule judges resources by their type tokens, and passes over every token that it does not know.

A subclass with a token of its own, a hand-written dynamic resource, or a type that pulumi-auth0 has got
since, may make an API that no rule has seen. What has the properties of an API, a permission or a grant is
named.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, Stack, View, stack_rule


@stack_rule(
    name="known-resources",
    severity=Severity.HIGH,
    remedy="declare it by a type of pulumi-auth0-apis or pulumi-auth0 that the rules know, or exempt it.",
    tags=["coverage"],
    url="https://www.pulumi.com/docs/iac/concepts/resources/names/#urns",
)
def known_resources(stack: Stack, _: Configuration) -> Iterator[tuple[View, str]]:
    """No API, permission or grant has a type that the rules do not know."""
    for resource, kind in stack.unknown:
        yield resource, f"It looks like an Auth0 {kind.word}, and its type is judged by no other rule."
