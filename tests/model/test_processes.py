"""The same model through the whole engine: programs and providers in processes, the tenant on a port."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pulumi_auth0_apis.emulator import Sandbox

from .machine import Deployments
from .runs import Driver
from .stories import play
from .with_processes import WithProcesses
from .witness import TenantModel


class InProcesses(Deployments):
    """Stories that take seconds a step."""

    def make(self) -> tuple[Driver, TenantModel]:
        self.opened = ExitStack()
        folder = self.opened.enter_context(TemporaryDirectory())
        sandbox = self.opened.enter_context(Sandbox())
        return WithProcesses(Path(folder), sandbox), TenantModel(sandbox.tenant)

    def teardown(self) -> None:
        self.opened.close()


@pytest.mark.parametrize("number", (5, 6, 7, 8, 9))
def test_two_hundred_steps(number: int) -> None:
    """What holds in one process holds with all of them."""
    play(InProcesses, 40, number, shrink=False)
