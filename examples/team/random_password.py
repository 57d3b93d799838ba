"""The password of `pulumi_random`, in as few lines as this example needs.

In your program write `from pulumi_random import RandomPassword`; the engine sees no difference.
"""

from __future__ import annotations

import pulumi


class RandomPassword(pulumi.CustomResource):
    """A random password, which its provider computes and Pulumi keeps secret."""

    result: pulumi.Output[str]

    def __init__(self, name: str, *, length: int, opts: pulumi.ResourceOptions | None = None) -> None:
        secret = pulumi.ResourceOptions(additional_secret_outputs=["result"])
        super().__init__(
            "random:index/randomPassword:RandomPassword",
            name,
            {"length": length, "result": None},
            pulumi.ResourceOptions.merge(secret, opts),
        )
