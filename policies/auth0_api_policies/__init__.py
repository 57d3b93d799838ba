"""Rules for Auth0 APIs, permissions and client grants, for Pulumi policy packs.

A pack of your own imports the rules that it wants: `PolicyPack("acme", policies=[*RULES, my_rule])`.
"""

from __future__ import annotations

from auth0_api_policies.access_token_lifetime import access_token_lifetime
from auth0_api_policies.additional_settings import additional_settings
from auth0_api_policies.anonymous_grants import anonymous_grants
from auth0_api_policies.anonymous_token_lifetime import anonymous_token_lifetime
from auth0_api_policies.browser_token_lifetime import browser_token_lifetime
from auth0_api_policies.exemption_used import exemption_used
from auth0_api_policies.grant_scopes_declared import grant_scopes_declared
from auth0_api_policies.identifier_format import identifier_format
from auth0_api_policies.known_resources import known_resources
from auth0_api_policies.management_api_grants import management_api_grants
from auth0_api_policies.no_blanket_grants import no_blanket_grants
from auth0_api_policies.offline_access import offline_access
from auth0_api_policies.permission_naming import permission_naming
from auth0_api_policies.permissions_in_token import permissions_in_token
from auth0_api_policies.protected_in_production import protected_in_production
from auth0_api_policies.rbac_enabled import rbac_enabled
from auth0_api_policies.sender_constrained_tokens import sender_constrained_tokens
from auth0_api_policies.signing_algorithm import signing_algorithm
from auth0_api_policies.signing_secret_strength import signing_secret_strength
from auth0_api_policies.single_scope_owner import single_scope_owner
from auth0_api_policies.token_encryption import token_encryption
from auth0_api_policies.token_profile import token_profile
from auth0_api_policies.token_size import token_size
from auth0_api_policies.user_consent import user_consent
from auth0_api_policies.user_subject_policy import user_subject_policy

RULES = (
    access_token_lifetime,
    browser_token_lifetime,
    anonymous_token_lifetime,
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
    anonymous_grants,
    user_subject_policy,
    single_scope_owner,
    token_size,
    protected_in_production,
    additional_settings,
    known_resources,
    exemption_used,
)
"""Every rule, in the order of the documentation's table; `exemption_used` tells about the ones before it."""

__all__ = [
    "RULES",
    "access_token_lifetime",
    "additional_settings",
    "anonymous_grants",
    "anonymous_token_lifetime",
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
