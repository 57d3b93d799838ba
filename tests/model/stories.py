"""How the model is played: stories of some steps, each on a tenant of its own, by a seed."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from pulumi_auth0_apis.emulator import Sandbox

from .in_process_engine import InProcess
from .in_process_plugin import InProcessPlugin
from .machine import Deployments
from .runs import Driver
from .with_processes import WithProcesses
from .witness import TenantModel

STEPS = 20
"""Steps of one story."""


class InOneProcess(Deployments):
    """Stories that take milliseconds a step."""

    def make(self) -> tuple[Driver, TenantModel]:
        driver = InProcess()
        return driver, TenantModel(driver.tenant)


class OverThePlugin(Deployments):
    """The same, where the plugin answers instead of the SDK's provider."""

    def make(self) -> tuple[Driver, TenantModel]:
        driver = InProcess(InProcessPlugin)
        return driver, TenantModel(driver.tenant)


class InProcesses(Deployments):
    """Stories that take seconds a step: programs and providers in processes, the tenant on a port."""

    def make(self) -> tuple[Driver, TenantModel]:
        self.opened = ExitStack()
        folder = self.opened.enter_context(TemporaryDirectory())
        sandbox = self.opened.enter_context(Sandbox())
        return WithProcesses(Path(folder), sandbox), TenantModel(sandbox.tenant)

    def teardown(self) -> None:
        self.opened.close()


def play(machine: type[Deployments], steps: int, number: int, *, shrink: bool = True) -> None:
    """Play so many steps, the same ones for the same seed. Raises what breaks, after its shortest story.

    Finding the shortest one takes up to five minutes; without `shrink` the first one is shown.
    """
    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    told = settings(
        max_examples=max(1, steps // STEPS),
        stateful_step_count=min(steps, STEPS),
        phases=phases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(machine), settings=told)
