"""The payments API, and the terminals that may call it."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config("payments")

payments = ResourceServer(
    "payments",
    name="Payments API",
    identifier="https://payments.example.com",
    token_lifetime=config.get_int("tokenLifetime") or 600,
    token_lifetime_for_web=300,
    enforce_policies=True,
    token_dialect="rfc9068_profile_authz",
)
charge = Permission("charge", resource_server_identifier=payments.identifier, scope="create:charges")
refund = Permission("refund", resource_server_identifier=payments.identifier, scope="create:refunds")
ClientGrant(
    "terminals",
    client_id=config.require("terminalClientId"),
    audience=payments.identifier,
    scopes=[charge.scope],
)
