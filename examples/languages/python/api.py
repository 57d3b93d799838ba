"""An API as all of ours are."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_auth0_apis_sdk as auth0


class Api(pulumi.ComponentResource):
    """An API with the settings that every API of ours has, and its permissions.

    Args:
        identifier: Of the API.
        display_name: What people read.
        permissions: What each permission allows, by permission.
    """

    identifier: pulumi.Output[str]

    def __init__(
        self,
        name: str,
        *,
        identifier: pulumi.Input[str],
        display_name: pulumi.Input[str],
        permissions: Mapping[str, str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("example:index:Api", name, {}, opts)
        server = auth0.ResourceServer(
            name,
            identifier=identifier,
            name=display_name,
            token_lifetime=3600,
            signing_alg=auth0.SigningAlg.RS256,
            enforce_policies=True,
            token_dialect=auth0.TokenDialect.RFC9068_PROFILE_AUTHZ,
            subject_type_authorization={
                "user": {"policy": auth0.UserAccessPolicy.REQUIRE_CLIENT_GRANT},
                "client": {"policy": auth0.ClientAccessPolicy.REQUIRE_CLIENT_GRANT},
            },
            opts=pulumi.ResourceOptions(parent=self),
        )
        # Permissions go with their API, without a call of their own.
        below = pulumi.ResourceOptions(parent=self, deleted_with=server)
        self.scopes = {
            scope: auth0.Permission(
                f"{name}-{scope}",
                resource_server_identifier=server.identifier,
                scope=scope,
                description=description,
                opts=below,
            ).scope
            for scope, description in permissions.items()
        }
        self.identifier, self.api_id = server.identifier, server.id
        self.register_outputs({"identifier": self.identifier})
