"""Clients (applications): what a request may carry and what an answer carries.

Grants need clients, so their names, types and authentication are modelled in full; the many settings of
login flows are kept and echoed, with their outer type checked and nothing more.
"""

from __future__ import annotations

from pulumi_auth0_apis.emulator.schemas import Schema, names, record, without

_OBJECT: Schema = {"type": ["object", "null"]}
_STRING: Schema = {"type": ["string", "null"]}
_BOOLEAN: Schema = {"type": "boolean"}
_STRINGS: Schema = {"type": ["array", "null"], "items": {"type": "string"}}

CREDENTIAL = record(
    {
        "credential_type": {"type": "string", "enum": ["public_key"]},
        "name": {"type": "string", "maxLength": 128, "description": "Friendly name for a credential."},
        "pem": {
            "type": "string",
            "minLength": 1,
            "description": "PEM-formatted public key (SPKI and PKCS1) or X509 certificate. Must be JSON"
            " escaped.",
        },
        "alg": {"type": "string", "enum": ["RS256", "RS384", "PS256"]},
        "parse_expiry_from_cert": {"type": "boolean"},
        "expires_at": {"type": "string"},
        "kid": {"type": "string"},
    },
    required=("credential_type", "pem"),
)

CREDENTIAL_UPDATE = record({"expires_at": {"type": ["string", "null"]}})
CREDENTIAL_RESPONSE = record(
    {
        "id": {"type": "string", "description": "ID of the credential. Generated on creation."},
        "created_at": {"type": "string"},
        "updated_at": {"type": "string"},
        **without(CREDENTIAL["properties"], "pem", "parse_expiry_from_cert", "expires_at"),
        "expires_at": {"type": ["string", "null"]},
    }
)

APP_TYPES = names(
    "native spa regular_web non_interactive resource_server express_configuration rms box cloudbees "
    "concur dropbox mscrm echosign egnyte newrelic office365 salesforce sentry sharepoint slack springcm "
    "zendesk zoom sso_integration oag"
)

PROPERTIES: dict[str, Schema] = {
    "client_id": {"type": "string", "description": "ID of this client."},
    "tenant": {"type": "string", "description": "Name of the tenant this client belongs to."},
    "name": {
        "type": "string",
        "minLength": 1,
        "pattern": "^[^<>]*$",
        "description": "Name of this client (min length: 1 character, does not allow `<` or `>`).",
    },
    "description": {
        "type": "string",
        "maxLength": 140,
        "description": "Free text description of this client (max length: 140 characters).",
    },
    "global": {"type": "boolean"},
    "client_secret": {
        "type": "string",
        "minLength": 1,
        "description": "The secret used to sign tokens for the client",
    },
    "app_type": {
        "type": "string",
        "enum": list(APP_TYPES),
        "description": "The type of application this client represents",
    },
    "is_first_party": {
        "type": "boolean",
        "description": "Whether this client a first party client or not",
    },
    "grant_types": {
        "type": "array",
        "items": {"type": "string"},
        "description": "List of grant types supported for this application.",
    },
    "token_endpoint_auth_method": {
        "type": ["string", "null"],
        "enum": ["none", "client_secret_post", "client_secret_basic", None],
        "description": "Defines the requested authentication method for the token endpoint.",
    },
    "client_authentication_methods": {
        "type": ["object", "null"],
        "properties": {
            "private_key_jwt": {
                "type": "object",
                "properties": {
                    "credentials": {
                        "type": "array",
                        "items": {"anyOf": [CREDENTIAL, record({"id": {"type": "string"}}, ("id",))]},
                    }
                },
            }
        },
    },
    "organization_usage": {"type": "string", "enum": ["deny", "allow", "require"]},
    "resource_server_identifier": {
        "type": "string",
        "minLength": 1,
        "maxLength": 600,
        "description": "The identifier of the resource server that this client is linked to.",
    },
    "jwt_configuration": _OBJECT,
    "refresh_token": _OBJECT,
    "signing_keys": {"type": "array", "items": {"type": "object"}},
}
PROPERTIES |= dict.fromkeys(
    names(
        "is_token_endpoint_ip_header_trusted oidc_conformant sso sso_disabled cross_origin_authentication "
        "cross_origin_auth custom_login_page_on require_pushed_authorization_requests "
        "require_proof_of_possession"
    ),
    _BOOLEAN,
)
PROPERTIES |= dict.fromkeys(
    names(
        "callbacks allowed_origins web_origins client_aliases allowed_clients allowed_logout_urls "
        "organization_discovery_methods async_approval_notification_channels"
    ),
    _STRINGS,
)
PROPERTIES |= dict.fromkeys(
    names(
        "logo_uri cross_origin_loc custom_login_page custom_login_page_preview form_template "
        "initiate_login_uri compliance_level organization_require_behavior third_party_security_mode "
        "redirection_policy enforce_anon_session_transfer_network_binding"
    ),
    _STRING,
)
PROPERTIES |= dict.fromkeys(
    names(
        "oidc_logout oidc_backchannel_logout oidc_support session_transfer encryption_key addons "
        "client_metadata mobile native_social_login fedcm_login default_organization "
        "signed_request_object token_exchange token_vault_privileged_access token_quota "
        "identity_assertion_authorization_grant anonymous_sessions express_configuration "
        "b2b_integration_configuration my_organization_configuration"
    ),
    _OBJECT,
)
PROPERTIES["skip_non_verifiable_callback_uri_confirmation_prompt"] = {"type": ["boolean", "null"]}
PROPERTIES["par_request_expiry"] = {"type": ["integer", "null"]}

READ_ONLY = ("client_id", "tenant", "global", "signing_keys")

CREATE = record(without(PROPERTIES, *READ_ONLY, "client_secret"), required=("name",))
UPDATE = record(without(PROPERTIES, *READ_ONLY, "resource_server_identifier"))
RESPONSE = record(
    PROPERTIES | {"client_authentication_methods": {"type": "object"}, "created_at": {}, "updated_at": {}}
)
