"""Declare resources of one kind against Pulumi's mocks, and print the CPU seconds that it took.

With `as-run`, Python looks for garbage as seldom as it does in a program that the local engine runs.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

import pulumi
from empty_provider import Empty  # type: ignore[import-not-found]
from pulumi.runtime.mocks import MockCallArgs, MockResourceArgs, Mocks

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer
from pulumi_auth0_apis.engine.children.program_runner import MANY_OBJECTS

API = "https://orders.example.com"
PER_API = 20
"""A tenant has so many permissions and so many grants for each API."""


class Echo(Mocks):
    """An engine that answers with what it was given."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        return f"{args.name}-id", args.inputs

    def call(self, args: MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        return {}, None


def api(number: int) -> None:
    ResourceServer(f"api-{number}", name="Orders", identifier=f"{API}/{number}", token_lifetime=3600)


def permission(number: int) -> None:
    Permission(f"permission-{number}", resource_server_identifier=API, scope=f"read:{number}")


def grant(number: int) -> None:
    ClientGrant(f"grant-{number}", client_id=f"client-{number}", audience=API, scopes=["read:orders"])


def tenant(number: int) -> None:
    """The resources of a whole tenant in turn."""
    position = number % (1 + 2 * PER_API)
    (api if position == 0 else permission if position <= PER_API else grant)(number)


KINDS: dict[str, Callable[[int], Any]] = {
    "empty": lambda number: Empty(f"empty-{number}"),
    "api": api,
    "permission": permission,
    "grant": grant,
    "tenant": tenant,
}


def main() -> None:
    kind, resources = KINDS[sys.argv[1]], int(sys.argv[2])
    if sys.argv[3:] == ["as-run"]:
        gc.set_threshold(MANY_OBJECTS)

    @pulumi.runtime.test  # type: ignore[untyped-decorator]
    def program() -> None:
        for number in range(resources):
            kind(number)

    pulumi.runtime.set_mocks(Echo())
    started = time.process_time()
    program()
    print(time.process_time() - started)


if __name__ == "__main__":
    main()
