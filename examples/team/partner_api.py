"""A component: an API that partners call, with its permissions, and tokens that they can verify."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from random_password import RandomPassword  # type: ignore[import-not-found] # beside this file

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer


class PartnerApi(pulumi.ComponentResource):
    """An API whose tokens are signed with a secret that is shared with the partners."""

    def __init__(
        self,
        name: str,
        *,
        identifier: str,
        scopes: Sequence[str],
        client_id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("team:index:PartnerApi", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        secret = RandomPassword(f"{name}-signing", length=48, opts=child)
        self.api = ResourceServer(
            name, identifier=identifier, signing_alg="HS256", signing_secret=secret.result, opts=child
        )
        permissions = [
            Permission(
                f"{name}-{scope}", resource_server_identifier=self.api.identifier, scope=scope, opts=child
            )
            for scope in scopes
        ]
        ClientGrant(
            f"{name}-gateway",
            client_id=client_id,
            audience=self.api.identifier,
            scopes=[each.scope for each in permissions],
            opts=child,
        )
        self.signing_secret = secret.result
        self.register_outputs({"identifier": self.api.identifier})
