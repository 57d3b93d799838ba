"""Rules for Auth0 APIs, permissions and client grants, for Pulumi policy packs.

A pack of your own imports the rules that it wants: `PolicyPack("acme", policies=[*RULES, my_rule])`.
"""

from __future__ import annotations

from .access_token_lifetime import access_token_lifetime
from .browser_token_lifetime import browser_token_lifetime
from .exemption_used import exemption_used
from .grant_scopes_declared import grant_scopes_declared
from .identifier_format import identifier_format
from .known_resources import known_resources
from .management_api_grants import management_api_grants
from .no_blanket_grants import no_blanket_grants
from .offline_access import offline_access
from .permission_naming import permission_naming
from .permissions_in_token import permissions_in_token
from .protected_in_production import protected_in_production
from .rbac_enabled import rbac_enabled
from .sender_constrained_tokens import sender_constrained_tokens
from .signing_algorithm import signing_algorithm
from .signing_secret_strength import signing_secret_strength
from .single_scope_owner import single_scope_owner
from .token_encryption import token_encryption
from .token_profile import token_profile
from .token_size import token_size
from .user_consent import user_consent
from .user_subject_policy import user_subject_policy

RULES = (
    access_token_lifetime,
    browser_token_lifetime,
    signing_algorithm,
    signing_secret_strength,
    rbac_enabled,
    permissions_in_token,
    token_profile,
    token_encryption,
    sender_constrained_tokens,
    offline_access,
    user_consent,
    identifier_format,
    permission_naming,
    grant_scopes_declared,
    no_blanket_grants,
    management_api_grants,
    user_subject_policy,
    single_scope_owner,
    token_size,
    protected_in_production,
    known_resources,
    exemption_used,
)
"""Every rule, in the order of the documentation's table; `exemption_used` tells about the ones before it."""

__all__ = [
    "RULES",
    "access_token_lifetime",
    "browser_token_lifetime",
    "exemption_used",
    "grant_scopes_declared",
    "identifier_format",
    "known_resources",
    "management_api_grants",
    "no_blanket_grants",
    "offline_access",
    "permission_naming",
    "permissions_in_token",
    "protected_in_production",
    "rbac_enabled",
    "sender_constrained_tokens",
    "signing_algorithm",
    "signing_secret_strength",
    "single_scope_owner",
    "token_encryption",
    "token_profile",
    "token_size",
    "user_consent",
    "user_subject_policy",
]
