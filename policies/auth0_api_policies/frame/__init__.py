"""The frame of every rule: resources as rules see them, and the decorators that make a check a policy.

A rule is one function that reads a resource and yields what is wrong. Everything that rules have in
common ends here: values that are not known in preview, exemptions, configuration, and a rule's own bugs.
"""

from __future__ import annotations

from auth0_api_policies.frame.configuration import Configuration
from auth0_api_policies.frame.pattern import matches
from auth0_api_policies.frame.rule import resource_rule, stack_rule
from auth0_api_policies.frame.stack import Stack
from auth0_api_policies.frame.view import (
    PROFILES,
    ClientGrant,
    DeclaresScopes,
    Extensible,
    Permission,
    ResourceServer,
    ResourceServerScopes,
    View,
)

__all__ = [
    "PROFILES",
    "ClientGrant",
    "Configuration",
    "DeclaresScopes",
    "Extensible",
    "Permission",
    "ResourceServer",
    "ResourceServerScopes",
    "Stack",
    "View",
    "matches",
    "resource_rule",
    "stack_rule",
]
