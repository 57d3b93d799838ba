"""The engines on which a row can be played, each with a tenant of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_auth0_apis.emulator import Sandbox

from ..model.in_process_engine import InProcess
from ..model.runs import Driver
from ..model.with_processes import WithProcesses
from ..model.with_pulumi import WithPulumi
from ..model.witness import TenantModel

Stage = Callable[[], AbstractContextManager[tuple[Driver, TenantModel]]]


@contextmanager
def in_one_process() -> Iterator[tuple[Driver, TenantModel]]:
    """The local engine and the package's own provider, without processes or a network."""
    driver = InProcess()
    yield driver, TenantModel(driver.tenant)


def _in_processes(kind: type[WithProcesses]) -> Stage:
    @contextmanager
    def stage() -> Iterator[tuple[Driver, TenantModel]]:
        with TemporaryDirectory() as folder, Sandbox() as sandbox:
            yield kind(Path(folder), sandbox), TenantModel(sandbox.tenant)

    return stage


STAGES: dict[str, Stage] = {
    "local": in_one_process,
    "processes": _in_processes(WithProcesses),
    "pulumi": _in_processes(WithPulumi),
}
