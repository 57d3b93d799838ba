"""The log of calls, from which counts by route come."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One call as the page shows it; seconds are since the epoch, on the tenant's clock."""

    at: float
    method: str
    path: str
    status: int

    @property
    def time(self) -> str:
        """The time of day on this machine."""
        return time.strftime("%H:%M:%S", time.localtime(self.at))


@dataclass(slots=True)
class Traffic:
    """Counts every call by its route and by the status that answered, and remembers the last ones."""

    routes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    entries: deque[RecordedCall] = field(default_factory=lambda: deque(maxlen=200))

    def record(self, route: str, entry: RecordedCall) -> None:
        self.routes[route] += 1
        self.statuses[entry.status] += 1
        self.entries.append(entry)

    def latest(self, count: int) -> list[RecordedCall]:
        """The last calls, newest first."""
        return list(self.entries)[: -count - 1 : -1]

    def reset(self) -> None:
        self.routes.clear()
        self.statuses.clear()
        self.entries.clear()

    def counts(self) -> dict[str, Any]:
        """`{"total": 3, "routes": {"GET /api/v2/clients": 3}, "statuses": {"200": 2, "429": 1}}`."""
        statuses = {str(status): count for status, count in sorted(self.statuses.items())}
        return {
            "total": self.routes.total(),
            "routes": dict(sorted(self.routes.items())),
            "statuses": statuses,
        }
