"""The example of every language, of the dynamic resources: what a stack was before it moved, and after it
moved back."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, Tenant

config = pulumi.Config()
has_components = config.get_bool("hasComponents") is not False


def from_the_plugin(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Let every resource be the one that the plugin had: as docs/moving_to_the_plugin.md has it."""
    _, dynamic, name = args.type_.partition("pulumi-python:dynamic/auth0:")
    if not dynamic:
        return None
    alias = pulumi.ResourceOptions(aliases=[pulumi.Alias(type_=f"auth0-apis:index:{name}")])
    return pulumi.ResourceTransformationResult(args.props, pulumi.ResourceOptions.merge(args.opts, alias))


pulumi.runtime.register_stack_transformation(from_the_plugin)


class Api:
    """An API and its permissions, in a component where the language has some."""

    def __init__(
        self, name: str, display_name: str, permissions: Mapping[str, str], tenant: Tenant | None = None
    ) -> None:
        opts = pulumi.ResourceOptions(provider=tenant)
        if has_components:
            above = pulumi.ResourceOptions(providers=[tenant] if tenant else None)
            opts.parent = pulumi.ComponentResource("example:index:Api", name, {}, above)
        self.server = ResourceServer(
            name,
            opts,
            identifier="https://orders.example.com",
            name=display_name,
            token_lifetime=3600,
            signing_alg="RS256",
            enforce_policies=True,
            token_dialect="rfc9068_profile_authz",
            subject_type_authorization={
                "user": {"policy": "require_client_grant"},
                "client": {"policy": "require_client_grant"},
            },
        )
        self.scopes = [
            Permission(
                f"{name}-{scope if has_components else scope.partition(':')[0]}",
                opts,
                resource_server_identifier=self.server.identifier,
                scope=scope,
                description=description,
            ).scope
            for scope, description in permissions.items()
        ]


orders = Api(
    "orders", "Orders API", {"read:orders": "Read orders", "write:orders": "Place and change orders"}
)
ClientGrant(
    "billing-orders",
    client_id=config.require("billingClientId"),
    audience=orders.server.identifier,
    scopes=orders.scopes,
)
ResourceServer(
    "legacy",
    identifier="https://legacy.example.com",
    name=pulumi.Output.format("Orders before {0}", orders.server.id),
    signing_alg="HS256",
    signing_secret=config.require_secret("legacySigningSecret"),
    scopes=[{"value": "read:legacy", "description": "Read what is left"}],
)
partners = Tenant(
    "partners",
    domain=config.require("partnersDomain"),
    client_id=config.require("partnersClientId"),
    client_secret=config.require_secret("partnersClientSecret"),
)
Api("partner-orders", "Orders API for partners", {"read:orders": "Read orders"}, partners)
