"""Asking for the passphrase while nothing has been made that could not be saved without it.

Every stack of the CLI has a passphrase from its beginning. Here one without secrets needs none; so what
would bring its first secret is refused before it is made, by a preview as by an update.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.problems import Refusal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.values import Secret, contains
from pulumi_auth0_apis.engine.project.secrets import MissingPassphraseError, SecretsError
from pulumi_auth0_apis.engine.store.stack_store import StackStore

GeneratesSecret = Callable[[str, Mapping[str, Any]], bool]
"""Whether creating a resource of a type, with such inputs, returns a secret that they do not hold."""


def generates_none(_type: str, _inputs: Mapping[str, Any]) -> bool:
    """The answer for resources of which nothing is known."""
    return False


class Sealing:
    """Sees to it that what is planned can be encrypted."""

    def __init__(
        self, store: StackStore, generates: GeneratesSecret, players: Players, *, preview: bool
    ) -> None:
        self._store = store
        self._generates = generates
        self._players = players
        self._preview = preview
        self._is_ready = False
        self.lacks_passphrase = False
        """Whether anything was refused for want of a passphrase."""

    def prepare(self, steps: Sequence[Step]) -> None:
        """Make ready to save what steps bring. Raises `Refusal` where a secret could not be encrypted."""
        for step in steps:
            if step.new is not None:
                self._prepare(step.urn, brings=self._brings_secret(step.op, step.new))

    def prepare_outputs(self, urn: str, outputs: Mapping[str, Any]) -> None:
        """The same for outputs that a component or the stack registers."""
        self._prepare(urn, brings=contains(outputs, Secret))

    def _brings_secret(self, op: Op, new: ResourceState) -> bool:
        is_created = op in (Op.CREATE, Op.CREATE_REPLACEMENT)
        is_named = bool(new.additional_secret_outputs) and self._players.is_other(new.type)
        return (
            contains(new.inputs, Secret) or is_named or (is_created and self._generates(new.type, new.inputs))
        )

    def _prepare(self, urn: str, *, brings: bool) -> None:
        if self._is_ready or not brings:
            return
        try:
            if self._preview:
                self._store.secrets.unlock(required=True)
            else:
                self._store.secrets.encrypt("")  # makes the salt and keeps it, or fails while nothing is lost
        except SecretsError as error:
            self.lacks_passphrase |= isinstance(error, MissingPassphraseError)
            raise Refusal(urn, str(error)) from None
        self._is_ready = True
