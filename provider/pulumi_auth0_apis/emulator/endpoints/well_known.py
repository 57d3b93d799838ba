"""`/.well-known/…`: the public key and the discovery document."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pulumi_auth0_apis.emulator.endpoints import client_assertion
from pulumi_auth0_apis.emulator.faults import Fault
from pulumi_auth0_apis.emulator.keys import key_set
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.wire import json_response

JWKS = "/.well-known/jwks.json"
DISCOVERY = "/.well-known/openid-configuration"


async def jwks(tenant: EmulatedTenant, _: Request, __: Fault | None) -> Response:
    """The tenant's key set."""
    return json_response(key_set(tenant.signing_key))


async def discovery(tenant: EmulatedTenant, _: Request, __: Fault | None) -> Response:
    """The discovery document, with what the sandbox serves of it."""
    return json_response(
        {
            "issuer": tenant.issuer,
            "token_endpoint": f"{tenant.issuer}oauth/token",
            "jwks_uri": f"{tenant.issuer}.well-known/jwks.json",
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic",
                "client_secret_post",
                "private_key_jwt",
            ],
            "token_endpoint_auth_signing_alg_values_supported": list(client_assertion.ALGORITHMS),
            "id_token_signing_alg_values_supported": ["HS256", "RS256", "PS256"],
            "grant_types_supported": ["client_credentials"],
        }
    )
