"""A dynamic resource of the program's own, beside ours and with our provider."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis import ResourceServer
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest


def mixed() -> None:
    """A program that writes a resource by hand, for our provider."""
    from pulumi.dynamic import Resource

    from pulumi_auth0_apis._provider import load

    class Own(Resource, module="shop", name="Api"):
        def __init__(self, name: str, **inputs: object) -> None:
            super().__init__(load("resource_server"), name, inputs)

    Own("b", identifier="https://b.example.com")
    ResourceServer("a", identifier="https://a.example.com")


@pytest.mark.parametrize("operation", ["preview", "up"])
def test_a_program_may_load_our_provider(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram, operation: str
) -> None:
    """What a provider process changes for itself, a program does not get: the SDK would hang."""
    run = getattr(pulumi_program(mixed), operation)()
    assert run.changes == {"a": "create", "b": "create"}
    made = {"https://a.example.com", "https://b.example.com"} if operation == "up" else set()
    assert set(auth0_tenant.apis) == made
