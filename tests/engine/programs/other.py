"""Resources of other providers, as their SDKs declare them: no plugin, and no package, is needed."""

from __future__ import annotations

from typing import Any

import pulumi


class RandomPassword(pulumi.CustomResource):
    """A password of the real `random` provider: its result is computed, and secret."""

    result: pulumi.Output[str]

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:
        secret = pulumi.ResourceOptions(additional_secret_outputs=["result"], version="4.16.0")
        super().__init__(
            "random:index/randomPassword:RandomPassword",
            name,
            {**props, "result": None},
            pulumi.ResourceOptions.merge(secret, opts),
        )


class Bucket(pulumi.CustomResource):
    """A bucket, with an address that AWS computes."""

    arn: pulumi.Output[str]
    bucket: pulumi.Output[str]

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:
        super().__init__("aws:s3/bucket:Bucket", name, {"bucket": None, **props, "arn": None}, opts)


class Aws(pulumi.ProviderResource):
    """An explicit provider."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:
        super().__init__("aws", name, props, opts)


def region(**arguments: Any) -> Any:
    """Ask a function of AWS."""
    return pulumi.runtime.invoke("aws:index/getRegion:getRegion", arguments).value
