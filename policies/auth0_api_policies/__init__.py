"""Rules for Auth0 APIs, permissions and client grants, for Pulumi policy packs.

A pack of your own imports the rules that it wants: `PolicyPack("acme", policies=[*RULES, my_rule])`.
"""

from __future__ import annotations

from .access_token_lifetime import access_token_lifetime
from .browser_token_lifetime import browser_token_lifetime
from .rbac_enabled import rbac_enabled
from .signing_algorithm import signing_algorithm

RULES = (
    access_token_lifetime,
    browser_token_lifetime,
    signing_algorithm,
    rbac_enabled,
)
"""Every rule, in the order in which a run reports them."""

__all__ = [
    "RULES",
    "access_token_lifetime",
    "browser_token_lifetime",
    "rbac_enabled",
    "signing_algorithm",
]
