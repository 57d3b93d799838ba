"""What a team runs: its APIs, a secret of another provider, and an application of another team's stack."""

from __future__ import annotations

import pulumi
from partner_api import PartnerApi  # type: ignore[import-not-found] # beside this file

platform = pulumi.StackReference(pulumi.Config("team").require("platform"))

orders = PartnerApi(
    "orders",
    identifier="https://orders.example.com",
    scopes=["read:orders", "write:orders"],
    client_id=platform.require_output("gatewayClientId"),
)
pulumi.export("audience", orders.api.identifier)
pulumi.export("signingSecret", orders.signing_secret)
