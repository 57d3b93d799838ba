"""The APIs that Auth0 makes and owns: Management API, My Account API, express configuration.

Their settings are recorded; the Management API's permissions are those that Auth0's SDKs enumerate.
"""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.schemas import names

_MANAGEMENT_PERMISSIONS = {
    "read create update delete": (
        "actions agents authentication_methods client_credentials client_grants client_profiles clients "
        "connection_profiles connections custom_domains custom_signing_keys directory_provisionings "
        "email_provider encryption_keys event_streams experimentation flows flows_vault_connections forms "
        "hooks log_streams network_acls organization_clients organization_connections "
        "organization_discovery_domains organizations phone_providers phone_templates rate_limit_policies "
        "resource_servers roles rules scim_config self_service_profiles token_exchange_profiles "
        "user_attribute_profiles users vdcs_templates"
    ),
    "read": (
        "client_summary events group_members logs logs_users organization_groups "
        "organization_member_effective_roles organization_member_role_source_groups organizations_summary "
        "stats user_effective_permissions user_effective_roles user_idp_tokens "
        "user_permission_source_roles user_role_source_groups"
    ),
    "read create delete": (
        "group_roles network_acl_keys organization_client_grants organization_group_roles "
        "organization_invitations organization_member_roles organization_members role_members scim_token"
    ),
    "read update": (
        "attack_protection client_keys event_deliveries guardian_factors mfa_policies prompts "
        "self_service_profile_custom_texts tenant_settings"
    ),
    "read delete": (
        "anomaly_blocks current_user device_credentials flows_executions grants groups guardian_enrollments"
    ),
    "read update delete": ("branding refresh_tokens rules_configs sessions"),
    "update": (
        "client_token_vault_privileged_access current_user_identities current_user_metadata "
        "users_app_metadata"
    ),
    "read create update": ("connections_keys email_templates signing_keys"),
    "create delete": ("current_user_device_credentials sso_access_tickets"),
    "create": ("guardian_enrollment_tickets user_tickets"),
}
"""Verbs → the nouns that have exactly these."""

_MY_ACCOUNT_PERMISSIONS = names(
    "create:me:connected_accounts read:me:connected_accounts delete:me:connected_accounts "
    "read:me:authentication_methods delete:me:authentication_methods update:me:authentication_methods "
    "read:me:factors create:me:authentication_methods"
)

EXPRESS_CONFIGURATION = "urn:auth0:express-configure"

EXPRESS_CLIENT_SCOPES = names(
    "read:clients read:user_attribute_profiles read:connection_profiles read:organizations_summary "
    "read:connections create:connections update:connections read:connections_options "
    "update:connections_options read:organization_connections create:organization_connections "
    "update:organization_connections create:scim_config read:scim_token create:scim_token "
    "delete:scim_token"
)
"""What an express configuration client is granted on the Management API by itself (recorded)."""


def management_api(audience: str) -> dict[str, Any]:
    """The settings of the Management API, present in every tenant from the start."""
    return {
        "name": "Auth0 Management API",
        "identifier": audience,
        "scopes": [
            # Description first: the recorded order of this API's permissions alone.
            {"description": _title(scope), "value": scope}
            for scope in sorted(_management_scopes())
        ],
        "is_system": True,
    }


def my_account_api(identifier: str) -> dict[str, Any]:
    """The settings of the My Account API, which appears when `https://{tenant}/me/` is created."""
    return {
        "name": "Auth0 My Account API",
        "identifier": identifier,
        "allow_offline_access": True,
        "skip_consent_for_verifiable_first_party_clients": True,
        "subject_type_authorization": {
            "client": {"policy": "deny_all"},
            "user": {"policy": "require_client_grant"},
        },
        "token_lifetime": 600,
        "token_lifetime_for_web": 600,
        "scopes": [{"value": scope, "description": _title(scope)} for scope in _MY_ACCOUNT_PERMISSIONS],
        "is_system": True,
        "proof_of_possession": {"mechanism": "dpop", "required": False},
    }


def express_configuration_api() -> dict[str, Any]:
    """The settings of the express configuration API; its web lifetime exceeds its lifetime (recorded)."""
    return {
        "name": "Express Configuration API",
        "identifier": EXPRESS_CONFIGURATION,
        "token_lifetime": 300,
        "enforce_policies": True,
        "is_system": True,
    }


def _management_scopes() -> list[str]:
    return [
        f"{verb}:{noun}"
        for verbs, nouns in _MANAGEMENT_PERMISSIONS.items()
        for noun in nouns.split()
        for verb in verbs.split()
    ]


def _title(scope: str) -> str:
    """`read:client_grants` → Read Client Grants."""
    verb, _, noun = scope.replace(":me:", ":").partition(":")
    return f"{verb} {noun}".replace("_", " ").title()
