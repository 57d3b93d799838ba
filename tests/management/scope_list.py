"""The list of permissions of one API, as a tenant of plain functions on a clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from pulumi_auth0_apis.errors import ManagementError
from pulumi_auth0_apis.management.scope_batches import ScopeBatches
from pulumi_auth0_apis.management.scope_gathering import Gathering
from pulumi_auth0_apis.management.scope_lane import Scope, ScopeList

from .conftest import Clock

API = "https://orders.example.com"

Turns = Callable[[], AbstractContextManager[None]]


def scopes(*values: str) -> ScopeList:
    return [{"value": value} for value in values]


def refusal(kind: type[ManagementError]) -> ManagementError:
    return kind("refused", status=400, method="PATCH", path="/")


@dataclass
class Tenant:
    """The list of one API. `hands` are what somebody else does at our next pauses, one a pause."""

    kept: ScopeList = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    hands: list[Callable[[], None]] = field(default_factory=list)
    unseen: list[Exception] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

    def read(self, identifier: str) -> ScopeList:
        assert identifier.startswith(API)
        self.log.append("GET")
        return list(self.kept)

    def write(self, identifier: str, wanted: ScopeList) -> ScopeList:
        assert identifier.startswith(API)
        self.log.append("PATCH")
        if self.failures:
            raise self.failures.pop(0)
        self.kept = list(wanted)
        return list(wanted)

    def look(self, identifiers: Collection[str]) -> Iterator[dict[str, ScopeList]]:
        self.log.append("LIST")
        if self.unseen:
            raise self.unseen.pop(0)
        yield {identifier: list(self.kept) for identifier in identifiers}

    def pause(self, seconds: float) -> None:
        self.clock.sleep(seconds)
        if self.hands:
            self.hands.pop(0)()

    @property
    def values(self) -> list[str]:
        return [scope["value"] for scope in self.kept]

    def batches(self, gather_seconds: float = 0.0, turns: Turns = nullcontext) -> ScopeBatches:
        """A process that writes to this tenant, on the tenant's clock."""
        return ScopeBatches(
            self.read,
            self.write,
            turns,
            self.look,
            self.told.append,
            clock=self.clock,
            sleep=self.pause,
            jitter=lambda low, _: low,
            gathering=Gathering(gather_seconds),
        )


def write(batches: ScopeBatches, value: str, **more: str) -> Scope | None:
    return batches.apply(API, value, {"value": value, **more})
