"""A tenant of its own for some of a program's resources: an explicit provider."""

from __future__ import annotations

from typing import Any

import pulumi

SECRETS = ("auth0:clientSecret", "auth0:clientAssertionPrivateKey", "auth0:apiToken")


class Tenant(pulumi.ProviderResource):
    """One Auth0 tenant with its own credentials, for programs that manage several.

    Pass it as `ResourceOptions(provider=…)`, or to a component as `ResourceOptions(providers=[…])`. Its
    resources use these settings alone: neither `auth0:*` configuration nor `AUTH0_*` variables reach them.

    Args:
        domain: The tenant's domain, such as `my-tenant.eu.auth0.com`; `http://` for a sandbox on this machine
            only.
        audience: Identifier of the Management API, `https://<domain>/api/v2/` unless given; needed behind a
            custom domain.
        client_id: The machine-to-machine application that manages the tenant.
        client_secret: Its secret; encrypted in state.
        api_token: A Management API token instead of an application. It expires, so it suits trials only.
        client_assertion_private_key: Instead of the secret, the PEM of a key that is registered with the
            application (private-key JWT).
        client_assertion_signing_alg: The algorithm of that key: `RS256` unless given, `RS384` or `PS256`.
        max_request_share: What part of the tenant's rate limit to take, above 0 up to 1. 1 unless given.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        domain: pulumi.Input[str],
        client_id: pulumi.Input[str] | None = None,
        client_secret: pulumi.Input[str] | None = None,
        client_assertion_private_key: pulumi.Input[str] | None = None,
        client_assertion_signing_alg: pulumi.Input[str] | None = None,
        api_token: pulumi.Input[str] | None = None,
        audience: pulumi.Input[str] | None = None,
        max_request_share: pulumi.Input[float] | None = None,
    ) -> None:
        self.declared_name, self.declared_domain = resource_name, domain
        self.declared_settings = {
            "auth0:tenant": resource_name,
            "auth0:domain": domain,
            "auth0:clientId": client_id,
            "auth0:clientSecret": client_secret,
            "auth0:clientAssertionPrivateKey": client_assertion_private_key,
            "auth0:clientAssertionSigningAlg": client_assertion_signing_alg,
            "auth0:apiToken": api_token,
            "auth0:audience": audience,
            "auth0:maxRequestShare": max_request_share,
        }
        props = {key: _sealed(key, value) for key, value in self.declared_settings.items()}
        super().__init__("pulumi-python", resource_name, props, opts)


def _sealed(key: str, value: pulumi.Input[Any]) -> pulumi.Input[Any]:
    return pulumi.Output.secret(value) if key in SECRETS and value is not None else value
