"""What is known not to hold yet; `test_findings` has the shortest story of each, and tells when it goes."""

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


def deletes_first_to_move(judgement: Judgement, key: Key) -> bool:
    """Whether somebody asked for a deletion before the creation of another object under the same name.

    What was deleted may be what a resource that is declared further down is to take over.
    """
    entry = judgement.held.get(key) or judgement.held.get(key.of_api)
    asker = judgement.stack.program.named(entry.urn, judgement.stack.name) if entry else None
    return judgement.world.knows_gaps and asker is not None and "delete_before_replace" in asker.options
