"""APIs of two tenants, their permissions, and the applications that may call them."""

from __future__ import annotations

import pulumi
import pulumi_auth0_apis_sdk as auth0
from api import Api

config = pulumi.Config()

orders = Api(
    "orders",
    identifier="https://orders.example.com",
    display_name="Orders API",
    permissions={"read:orders": "Read orders", "write:orders": "Place and change orders"},
)

auth0.ClientGrant(
    "billing-orders",
    client_id=config.require("billingClientId"),
    audience=orders.identifier,
    scopes=[orders.scopes["read:orders"], orders.scopes["write:orders"]],
)

# A secret of the stack's configuration stays one in state.
auth0.ResourceServer(
    "legacy",
    identifier="https://legacy.example.com",
    name=pulumi.Output.format("Orders before {0}", orders.api_id),
    signing_alg=auth0.SigningAlg.HS256,
    signing_secret=config.require_secret("legacySigningSecret"),
    scopes=[{"value": "read:legacy", "description": "Read what is left"}],
)

# Another tenant is another provider.
partners = auth0.Provider(
    "partners",
    domain=config.require("partnersDomain"),
    client_id=config.require("partnersClientId"),
    client_secret=config.require_secret("partnersClientSecret"),
)

Api(
    "partner-orders",
    identifier="https://orders.example.com",
    display_name="Orders API for partners",
    permissions={"read:orders": "Read orders"},
    opts=pulumi.ResourceOptions(providers=[partners]),
)

pulumi.export("audience", orders.identifier)
pulumi.export("apiId", orders.api_id)
