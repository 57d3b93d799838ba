"""The settings of an API for those who stand without the provider. Made from its table by `make docs`."""

from __future__ import annotations

from typing import Any

LABELS: dict[str, str] = {
    "identifier": "Identifier",
    "name": "Name",
    "token_lifetime": "Maximum Access Token Lifetime",
    "token_lifetime_for_web": "Implicit / Hybrid Flow Access Token Lifetime",
    "token_lifetime_for_anonymous_access_tokens": "Anonymous Access Token Lifetime",
    "token_dialect": "JSON Web Token (JWT) Profile",
    "signing_alg": "JSON Web Token (JWT) Signing Algorithm",
    "signing_secret": "Signing Secret",
    "token_encryption": "JSON Web Encryption (JWE)",
    "enforce_policies": "RBAC",
    "skip_consent_for_verifiable_first_party_clients": "Allow Skipping User Consent",
    "allow_offline_access": "Allow Offline Access",
    "allow_online_access": "Allow Online Access",
    "allow_online_access_with_ephemeral_sessions": "Allow Online Access with Ephemeral Sessions",
    "proof_of_possession": "Token Sender-Constraining",
    "subject_type_authorization": "Application Access Policy",
    "scopes": "Permissions",
    "consent_policy": "Consent Policy",
    "require_consent_non_repudiation": "Consent Non-Repudiation",
    "authorization_details": "Rich Authorization Requests",
    "authorization_policy": "Authorization Policy",
    "access_token": "Claim Mapping",
    "verification_location": "Verification Location",
}
"""Auth0's own names, as its Dashboard has them and in its order."""

DEFAULTS: dict[str, Any] = {
    "token_lifetime": 86_400,
    "token_lifetime_for_web": 7_200,
    "token_dialect": "access_token",
    "signing_alg": "RS256",
    "enforce_policies": False,
    "skip_consent_for_verifiable_first_party_clients": False,
    "allow_offline_access": False,
    "allow_online_access": False,
    "allow_online_access_with_ephemeral_sessions": False,
    "subject_type_authorization": {
        "user": {
            "policy": "allow_all",
        },
        "client": {
            "policy": "require_client_grant",
        },
    },
    "require_consent_non_repudiation": False,
}
"""What Auth0 uses where an API leaves a setting out: https://auth0.com/docs/get-started/apis/api-settings.
The document says 86,400 s for browsers too; a tenant answers 7,200."""

PROPERTIES = frozenset(
    {
        "access_token",
        "allow_all_scopes",
        "allow_any_organization",
        "allow_offline_access",
        "allow_online_access",
        "allow_online_access_with_ephemeral_sessions",
        "audience",
        "authorization_details",
        "authorization_details_types",
        "authorization_policy",
        "client_id",
        "consent_policy",
        "default_for",
        "description",
        "enforce_policies",
        "identifier",
        "is_system",
        "name",
        "organization_usage",
        "proof_of_possession",
        "require_consent_non_repudiation",
        "resource_server_identifier",
        "scope",
        "scopes",
        "signing_alg",
        "signing_secret",
        "skip_consent_for_verifiable_first_party_clients",
        "subject_type",
        "subject_type_authorization",
        "token_dialect",
        "token_encryption",
        "token_lifetime",
        "token_lifetime_for_anonymous_access_tokens",
        "token_lifetime_for_web",
        "verification_location",
    }
)
"""What Auth0 calls the settings and computed properties of APIs and grants that have a place here."""
