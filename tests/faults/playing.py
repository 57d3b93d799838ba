"""Playing a run in which a write goes wrong, and what has to be done until all is as the program says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import httpx

from pulumi_auth0_apis.emulator.faults import Faults

from ..adoption.rows import api, changed, grant, permission, program
from ..model.declarations import CLIENTS, Program
from ..model.edits import IDENTIFIERS
from ..model.in_process_engine import InProcess
from ..model.witness import TenantModel
from ..model.world import World
from .kinds import Fault

Operation = Literal["create", "update", "destroy"]

WRITES: Mapping[Operation, int] = {"create": 12, "update": 14, "destroy": 5}
"""How many there are: a permission that goes with its API needs none."""

A, B, _ = IDENTIFIERS
BILLING, REPORTING = CLIENTS

TWELVE = program(
    api("shop", A, name="Shop"),
    *(permission(f"shop-{scope}", A, scope) for scope in ("read", "write", "refund", "close")),
    grant("shop-billing", A, BILLING, "read"),
    grant("shop-reporting", A, REPORTING, "read", "close"),
    api("stock", B, name="Stock"),
    *(permission(f"stock-{scope}", B, scope) for scope in ("count", "order", "move")),
    grant("stock-billing", B, BILLING, "count"),
)


def edited() -> Program:
    """Every kind changed, made, removed and replaced."""
    edited = changed(changed(TWELVE, "shop", token_lifetime=600), "stock", signing_alg="PS256")
    edited = changed(edited, "shop-read", description="Read")
    edited = changed(edited, "shop-billing", scopes=("read", "write"))
    for name in ("shop-refund", "shop-reporting"):
        edited = edited.without(next(each for each in edited if each.name == name))
    return edited.with_added(
        permission("shop-ship", A, "ship"), grant("stock-reporting", B, REPORTING, "move")
    )


class Ending(StrEnum):
    """When everything was as the program says."""

    CARRIED_ON = "in the same run"
    NEXT_RUN = "by the next run"
    NAMED_STEP = "after the step that the message names"


@dataclass
class Striking(httpx.BaseTransport):
    """Lets the write of a number, and what the fault says follows, go wrong."""

    tenant: httpx.BaseTransport
    faults: Faults
    fault: Fault | None = None
    writes: int = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET":
            self.writes -= 1
            if self.writes == 0 and self.fault is not None:
                self.faults.add([dict(self.fault)])
        return self.tenant.handle_request(request)


def play(operation: Operation, fault: Fault, at: int) -> Ending | None:
    """Let a write go wrong; None where there is no such write.

    Raises AssertionError where no run, and no step that is named, leads to what the program says.
    """
    driver = InProcess()
    striking = driver.transport = Striking(driver.transport, driver.faults)
    world = World(driver, TenantModel(driver.tenant), knows_gaps=True)
    world.write("one", TWELVE)
    if operation != "create":
        world.up("one")
    if operation == "update":
        world.write("one", edited())
    striking.fault, striking.writes = fault, at
    run = world.run("one", "destroy" if operation == "destroy" else "up")
    if striking.writes > 0:
        return None
    driver.faults.clear()
    striking.writes = 0
    if run.ok:
        return Ending.CARRIED_ON
    runs = world.destroy("one") if operation == "destroy" else world.up("one")
    return Ending.NEXT_RUN if runs == 1 else Ending.NAMED_STEP
