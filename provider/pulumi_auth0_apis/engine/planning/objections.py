"""Objections to a deployment: violations, protection, and limits that it would break."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.problems import Refusal
from pulumi_auth0_apis.engine.model.run_status import RunStatus


class Objections:
    """Stops an update at the first objection; a preview goes on all the same, so that everything is shown."""

    def __init__(self, events: EventStream, status: RunStatus, *, preview: bool) -> None:
        self._events = events
        self._status = status
        self._preview = preview

    def to(self, urn: str, message: str | None = None) -> None:
        """Object to a resource; None says that the user has been told why. Raises `Refusal` in an update."""
        if not self._preview:
            raise Refusal(urn, message)
        if message is not None:
            self._events.diagnostic("error", message, urn)
        self._status.object()

    def to_all(self, messages: Mapping[str, str]) -> bool:
        """Object to resources for which nobody waits, each for its reason; returns whether to go on."""
        for urn, message in messages.items():
            self._events.diagnostic("error", message, urn)
            self._status.object()
        return self._preview or not messages
