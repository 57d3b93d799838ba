"""Both engines do the same, say the same and leave the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from .playing import assert_alike
from .renaming_scenarios import RENAMING_SCENARIOS
from .scenarios import SCENARIOS, Phase
from .sides import Local, Pulumi

ALL = SCENARIOS | RENAMING_SCENARIOS


@pytest.mark.parametrize("phases", ALL.values(), ids=ALL)
def test_scenario(phases: Sequence[Phase], local: Local, pulumi: Pulumi) -> None:
    """Steps by resource, counts, errors, violations, calls of the provider, state and outputs are equal."""
    assert_alike(phases, local, pulumi)
