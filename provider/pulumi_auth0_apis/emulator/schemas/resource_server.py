"""Resource servers: what a request may carry and what an answer carries."""

from __future__ import annotations

from pulumi_auth0_apis.emulator.schemas import Schema, names, pick, record, without

MAX_LIFETIME = 2_592_000
"""Seconds: 30 days (https://auth0.com/docs/secure/tokens/access-tokens/update-access-token-lifetime)."""

LEAST_ANONYMOUS_LIFETIME = 86_400
MAX_CLAIMS = 20
"""Seconds: a day; custom claims of one API. The Terraform provider's documentation of `auth0_resource_server`
has both; Auth0's reference has neither."""

RESERVED_CLAIMS = frozenset(
    names(
        "acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf "
        "cty dest entitlements events exp groups gty htm htu iat internalservice iss jcard jku jti jwe jwk "
        "kid may_act mky nbf nonce object_id org_id org_name orig origid permissions roles rph s_hash scope "
        "sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot "
        "vtm x5t#s256"
    )
)
"""Claims that no API may map, in lower case: those of
https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims, and RFC 9068's `scope`. Which ones
Auth0 refuses here its reference does not list: "reserved OIDC/JWT claim names"."""

MAX_SCOPES = 1_000
"""Permissions of one API (https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy)."""


def _lifetime(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": MAX_LIFETIME, "description": description}


def _policy(description: str, *policies: str) -> Schema:
    return record({"policy": {"type": "string", "enum": list(policies)}}, description=description)


SCOPE = record(
    {
        "value": {"type": "string", "minLength": 1, "maxLength": 280, "description": "Value of this scope."},
        "description": {
            "type": "string",
            "maxLength": 500,
            "description": "User-friendly description of this scope.",
        },
    },
    required=("value",),
)

TOKEN_ENCRYPTION = record(
    {
        "format": {
            "type": "string",
            "enum": ["compact-nested-jwe"],
            "description": "Format of the encrypted JWT payload.",
        },
        "encryption_key": record(
            {
                "name": {"type": "string", "maxLength": 128, "description": "Name of the encryption key."},
                "alg": {
                    "type": "string",
                    "enum": ["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"],
                    "description": "Algorithm used to encrypt the token.",
                },
                "kid": {"type": "string", "maxLength": 128, "description": "Key ID."},
                "pem": {
                    "type": "string",
                    "minLength": 1,
                    "description": "PEM-formatted public key. Must be JSON escaped.",
                },
            },
            required=("alg", "pem"),
        ),
    },
    required=("format", "encryption_key"),
    nullable=True,
)

PROOF_OF_POSSESSION = record(
    {
        "mechanism": {
            "type": "string",
            "enum": ["mtls", "dpop"],
            "description": "Intended mechanism for Proof-of-Possession",
        },
        "required": {
            "type": "boolean",
            "description": "Whether the use of Proof-of-Possession is required for the resource server",
        },
        "required_for": {"type": "string", "enum": ["public_clients", "all_clients"]},
    },
    required=("mechanism", "required"),
    nullable=True,
    description="Proof-of-Possession configuration for access tokens",
)

SUBJECT_TYPE_AUTHORIZATION = record(
    {
        "user": _policy("Access Permissions for user flows", "allow_all", "deny_all", "require_client_grant"),
        "client": _policy("Access Permissions for client flows", "deny_all", "require_client_grant"),
        "anonymous_user": _policy(
            "Access Permissions for anonymous user flows", "deny_all", "require_client_grant"
        ),
    },
    description="Defines application access permission for a resource server",
)

CUSTOM_CLAIM = record(
    {
        "name": {
            "type": "string",
            "minLength": 1,
            "description": "The access-token claim name to emit, stored with the casing you provide."
            " Reserved OIDC/JWT claim names are not allowed (compared case-insensitively).",
        },
        "expression": {
            "type": "string",
            "pattern": r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$",
            "description": "Restricted dot-path expression read from the anonymous-session context.",
        },
    },
    required=("name", "expression"),
)

ACCESS_TOKEN = record(
    {
        "claims_mapping": record(
            {
                "custom_claims": {
                    "type": "array",
                    "maxItems": MAX_CLAIMS,
                    "items": CUSTOM_CLAIM,
                    "description": "Custom claims to emit in anonymous-session access tokens.",
                }
            },
            description="Custom configuration for claims in access tokens",
        )
    },
    nullable=True,
    description="Custom configuration for access tokens",
)

PROPERTIES: dict[str, Schema] = {
    "id": {"type": "string", "description": "ID of the API (resource server)."},
    "name": {
        "type": "string",
        "maxLength": 200,
        "pattern": "^[^<>]+$",
        "description": "Friendly name for this resource server. Can not contain `<` or `>` characters.",
    },
    "identifier": {
        "type": "string",
        "minLength": 1,
        "maxLength": 600,
        "description": "Unique identifier for the API used as the audience parameter on authorization calls."
        " Can not be changed once set.",
    },
    "allow_offline_access": {
        "type": "boolean",
        "description": "Whether refresh tokens can be issued for this API (true) or not (false).",
    },
    "skip_consent_for_verifiable_first_party_clients": {
        "type": "boolean",
        "description": "Whether to skip user consent for applications flagged as first party (true) or not"
        " (false).",
    },
    "allow_online_access": {
        "type": "boolean",
        "description": "Whether Online Refresh Tokens can be issued for this API (true) or not (false).",
    },
    "allow_online_access_with_ephemeral_sessions": {
        "type": "boolean",
        "description": "Whether Online Refresh Tokens can be issued even when sessions are configured as"
        " ephemeral (true) or not (false).",
    },
    "subject_type_authorization": SUBJECT_TYPE_AUTHORIZATION,
    "token_lifetime": _lifetime(
        "Expiration value (in seconds) for access tokens issued for this API from the token endpoint."
    ),
    "token_lifetime_for_web": _lifetime(
        "Expiration value (in seconds) for access tokens issued for this API via Implicit or Hybrid Flows."
        " Cannot be greater than the `token_lifetime` value."
    ),
    "token_lifetime_for_anonymous_access_tokens": {
        "type": ["integer", "null"],
        "minimum": LEAST_ANONYMOUS_LIFETIME,
        "maximum": MAX_LIFETIME,
        "description": "Expiration value (in seconds) for anonymous-session access tokens issued for this"
        " API.",
    },
    "signing_alg": {
        "type": "string",
        "enum": ["HS256", "RS256", "RS512", "PS256"],
        "description": "Algorithm used to sign JWTs. Can be `HS256` or `RS256`. `PS256` available via addon.",
    },
    "signing_secret": {
        "type": "string",
        "minLength": 16,
        "description": "Secret used to sign tokens when using symmetric algorithms (HS256).",
    },
    "scopes": {
        "type": "array",
        "description": "List of permissions (scopes) that this API uses.",
        "items": SCOPE,
    },
    "is_system": {
        "type": "boolean",
        "description": "Whether this is an Auth0 system API (true) or a custom API (false).",
    },
    "enforce_policies": {
        "type": "boolean",
        "description": "Whether to enforce authorization policies (true) or to ignore them (false).",
    },
    "token_dialect": {
        "type": "string",
        "enum": ["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"],
        "description": "Dialect of issued access token. `access_token` is a JWT containing standard Auth0"
        " claims; `rfc9068_profile` is a JWT conforming to the IETF JWT Access Token Profile."
        " `access_token_authz` and `rfc9068_profile_authz` additionally include RBAC permissions claims.",
    },
    "access_token": ACCESS_TOKEN,
    "token_encryption": TOKEN_ENCRYPTION,
    "consent_policy": {
        "type": ["string", "null"],
        "enum": ["transactional-authorization-with-mfa", None],
    },
    "require_consent_non_repudiation": {
        "type": "boolean",
        "description": "When true, the resource server requires every consent approval to be digitally"
        " signed. Defaults to false.",
    },
    "authorization_details": {"type": ["array", "null"], "items": {}},
    "proof_of_possession": PROOF_OF_POSSESSION,
    "authorization_policy": record(
        {
            "policy_id": {
                "type": "string",
                "minLength": 1,
                "description": "The ID of the authorization policy to apply.",
            }
        },
        required=("policy_id",),
        nullable=True,
        description="Authorization policy for the resource server.",
    ),
    "verification_location": {
        # Of the Terraform provider alone: neither Auth0's reference nor a recording has it.
        "type": "string",
        "description": "URL from which to retrieve JWKs for this resource server.",
    },
    "client_id": {
        "type": "string",
        "description": "The client ID of the client that this resource server is linked to",
    },
}
"""In the order of the wire (recorded)."""

READ_ONLY = ("id", "client_id", "is_system")

CREATE = record(without(PROPERTIES, *READ_ONLY), required=("identifier",))
UPDATE = record(without(PROPERTIES, *READ_ONLY, "identifier"))
UPDATE_SYSTEM = record(
    pick(
        PROPERTIES,
        "token_lifetime",
        "skip_consent_for_verifiable_first_party_clients",
        "proof_of_possession",
        "subject_type_authorization",
        "authorization_policy",
    )
)
"""What Auth0's own clients send for system APIs: its Deploy CLI and its Terraform provider.

All else is refused as an unknown property. That is recorded of `name`; of `token_lifetime_for_web`, which
neither client sends, no answer is known.
"""

_KEPT_KEY = record(
    TOKEN_ENCRYPTION["properties"]["encryption_key"]["properties"] | {"thumbprint_sha256": {"type": "string"}}
)
RESPONSE = record(
    PROPERTIES | {"token_encryption": record(TOKEN_ENCRYPTION["properties"] | {"encryption_key": _KEPT_KEY})}
)
