"""Resources of other providers in a state: whether fakes may go on with them, and must."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import is_fake, is_provider_type


def require_the_same_players(base: Iterable[ResourceState], players: Players) -> None:
    """Raise `EngineError` where fakes would take real resources over, or nobody goes on with what is fake."""
    others = [each for each in base if _is_of_another(each, players)]
    fakes = [each for each in others if is_fake(each.provider)]
    if fakes and players.fakes is None:
        raise EngineError(
            f"Fakes have played {_told(fakes)} of this stack's state, and this run has none.",
            "Give it fakes again: `--fakes fakes.py`, or `fakes=` of a test's program. For the real "
            "providers begin a stack of its own, with `pulumi`.",
        )
    real = [each for each in others if not is_fake(each.provider)]
    if real and players.fakes is not None:
        raise EngineError(
            f"This stack's state holds {_told(real)} of real providers, which no fake may take over.",
            "Use the real command, `pulumi`, for this stack, and fakes on a stack of their own.",
        )


def _is_of_another(state: ResourceState, players: Players) -> bool:
    return state.custom and not is_provider_type(state.type) and players.is_other(state.type)


def _told(states: list[ResourceState]) -> str:
    return f"{len(states)} resources ({states[0].urn}, …)" if len(states) > 1 else states[0].urn
