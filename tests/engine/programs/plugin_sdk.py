"""Resources and functions of the provider plugin, as a generated SDK declares them."""

from __future__ import annotations

from typing import Any, ClassVar

import pulumi

PACKAGE = "auth0-apis"


class _Resource(pulumi.CustomResource):
    known: ClassVar[tuple[str, ...]]

    def __init__(self, of: str, opts: pulumi.ResourceOptions | None = None, /, **props: Any) -> None:
        kind = type(self).__name__
        own = pulumi.ResourceOptions(
            aliases=[pulumi.Alias(type_=f"pulumi-python:dynamic/auth0:{kind}")],
            additional_secret_outputs=["signingSecret"],
            version="0.1.0",
            plugin_download_url="git://example.com/auth0-apis",
        )
        merged = pulumi.ResourceOptions.merge(own, opts)
        super().__init__(f"{PACKAGE}:index:{kind}", of, {**dict.fromkeys(self.known), **props}, merged)


class ResourceServer(_Resource):
    known = ("identifier", "name", "signingSecret", "tokenLifetime")
    identifier: pulumi.Output[str]
    name: pulumi.Output[str]
    signingSecret: pulumi.Output[str]
    tokenLifetime: pulumi.Output[int]


class Permission(_Resource):
    known = ("resourceServerIdentifier", "scope")
    scope: pulumi.Output[str]


class Provider(pulumi.ProviderResource):
    def __init__(self, of: str, opts: pulumi.ResourceOptions | None = None, /, **props: Any) -> None:
        super().__init__(PACKAGE, of, props, opts)


def get_resource_server(identifier: str, provider: pulumi.ProviderResource | None = None) -> Any:
    options = pulumi.InvokeOptions(provider=provider)
    return pulumi.runtime.invoke(
        f"{PACKAGE}:index:getResourceServer", {"identifier": identifier}, options
    ).value
