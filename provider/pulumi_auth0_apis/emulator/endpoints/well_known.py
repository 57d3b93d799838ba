"""`/.well-known/…`: the public key and the discovery document."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.keys import key_set
from pulumi_auth0_apis.emulator.models.tenant import Tenant


def jwks(tenant: Tenant) -> dict[str, Any]:
    """The tenant's key set."""
    del tenant
    return dict(key_set())


def openid_configuration(tenant: Tenant) -> dict[str, Any]:
    """The discovery document, with what the sandbox serves of it."""
    return {
        "issuer": tenant.issuer,
        "token_endpoint": f"{tenant.issuer}oauth/token",
        "jwks_uri": f"{tenant.issuer}.well-known/jwks.json",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "PS256"],
        "id_token_signing_alg_values_supported": ["HS256", "RS256", "PS256"],
        "grant_types_supported": ["client_credentials"],
    }
