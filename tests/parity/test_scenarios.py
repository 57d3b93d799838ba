"""Both engines do the same, say the same and leave the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from .asset_scenarios import ASSET_SCENARIOS
from .forcing_scenarios import FORCING_SCENARIOS
from .hook_scenarios import HOOK_SCENARIOS
from .option_scenarios import OPTION_SCENARIOS
from .playing import assert_alike
from .reference_scenarios import REFERENCE_SCENARIOS
from .renaming_scenarios import RENAMING_SCENARIOS
from .scenarios import SCENARIOS, Phase
from .sides import Local, Pulumi
from .target_scenarios import TARGET_SCENARIOS
from .transform_scenarios import TRANSFORM_SCENARIOS

ALL = {
    **SCENARIOS,
    **RENAMING_SCENARIOS,
    **FORCING_SCENARIOS,
    **{f"target {name}": phases for name, phases in TARGET_SCENARIOS.items()},
    **{f"reference {name}": phases for name, phases in REFERENCE_SCENARIOS.items()},
    **{f"option {name}": phases for name, phases in OPTION_SCENARIOS.items()},
    **{f"assets {name}": phases for name, phases in ASSET_SCENARIOS.items()},
    **{f"hooks {name}": phases for name, phases in HOOK_SCENARIOS.items()},
    **{f"transform {name}": phases for name, phases in TRANSFORM_SCENARIOS.items()},
}


@pytest.mark.parametrize("phases", ALL.values(), ids=ALL)
def test_scenario(phases: Sequence[Phase], local: Local, pulumi: Pulumi) -> None:
    """Steps by resource, counts, errors, violations, calls of the provider, state and outputs are equal."""
    assert_alike(phases, local, pulumi)
