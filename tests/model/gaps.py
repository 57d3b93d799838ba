"""What is known not to hold yet; `tests/adoption` has a row for each, and tells when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .declarations import Key

if TYPE_CHECKING:
    from .judging import Judgement


def is_stray(judgement: Judgement, key: Key) -> bool:
    """Whether a permission left program and state without its API, which it is declared to go with.

    The engine asks nobody to delete what goes with a resource that it deletes; and then another resource has
    the API, so that it is spared, or its deletion is refused.
    """
    if not judgement.world.knows_gaps or key.kind != "permission":
        return False
    api, entry = judgement.stack.program.keys.get(key.of_api), judgement.held.get(key.of_api)
    if api is None or judgement.command == "destroy":
        return not judgement.run.ok
    return entry is None or entry.urn != api.urn(judgement.stack.name)


def is_out_of_sight(judgement: Judgement) -> bool:
    """Whether `--target` has left out the resource that holds an object: nobody compares it, nobody knows."""
    return judgement.world.knows_gaps and bool(judgement.options.targets)
