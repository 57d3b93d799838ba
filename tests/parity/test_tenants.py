"""Our own resources on both engines, each against a tenant of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from pulumi_auth0_apis.emulator import Sandbox

from .playing import assert_alike
from .scenarios import Phase
from .sides import Local, Pulumi
from .tenant_scenarios import TENANT_SCENARIOS
from .tenants import Tenants


@pytest.fixture
def tenants() -> Iterator[list[Tenants]]:
    """Two tenants for each of two engines."""
    with ExitStack() as running:
        first, second, third, fourth = (running.enter_context(Sandbox()) for _ in range(4))
        yield [Tenants(first, second), Tenants(third, fourth)]


@pytest.mark.parametrize("phases", TENANT_SCENARIOS.values(), ids=TENANT_SCENARIOS)
def test_tenant_scenario(phases: Sequence[Phase], tenants: list[Tenants], tmp_path: Path) -> None:
    """Steps, counts, errors, state and outputs are equal, and so is what the tenants keep in the end."""
    local, pulumi = Local(tmp_path / "local", tenants[0]), Pulumi(tmp_path / "pulumi", tenants[1])
    pulumi.create_stack()
    assert_alike(phases, local, pulumi)
