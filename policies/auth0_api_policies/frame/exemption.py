"""Exemptions: a resource may break a rule, for a reason, until a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from auth0_api_policies.frame.configuration import PolicyConfigurationError
from auth0_api_policies.frame.pattern import matches_urn


@dataclass(frozen=True)
class Exemption:
    """One exemption as a rule's configuration states it; it holds through the day it expires."""

    urn: str
    reason: str
    expires: date

    def covers(self, urn: str) -> bool:
        """Whether the pattern matches a resource."""
        return matches_urn(self.urn, urn)

    @property
    def expired(self) -> bool:
        """Whether its last day is over, in UTC."""
        return today() > self.expires


def exemption_for(urn: str, configured: Iterable[Mapping[str, str]]) -> Exemption | None:
    """Return the exemption that covers a resource, one that still holds before one that has expired."""
    covering = [exemption for exemption in map(_parse, configured) if exemption.covers(urn)]
    return min(covering, key=lambda exemption: exemption.expired, default=None)


def today() -> date:
    """The day by which exemptions expire."""
    return datetime.now(UTC).date()


def _parse(entry: Mapping[str, str]) -> Exemption:
    try:
        return Exemption(entry["urn"], entry["reason"], date.fromisoformat(entry["expires"]))
    except (KeyError, TypeError, ValueError):
        raise PolicyConfigurationError(
            'An exemption in its configuration needs "urn", "reason" and "expires", a day like 2027-01-31.'
        ) from None


class Ledger:
    """The exemptions that rules used, until the rule `exemption-used` reports them.

    A policy sees its own configuration alone and cannot report below its own enforcement level, so what
    one rule spared has to reach the rule that tells about it through the pack's process.
    """

    def __init__(self) -> None:
        self._used: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def record(self, urn: str, rule: str, exemption: Exemption) -> None:
        """Note that a rule spared a resource."""
        self._used[urn][rule] = (
            f"{rule} was not enforced: {exemption.reason} (exempt until {exemption.expires})."
        )

    def take(self, urn: str) -> list[str]:
        """Return and forget what was spared on a resource."""
        return list(self._used.pop(urn, {}).values())

    def take_all(self) -> list[tuple[str, str]]:
        """Return and forget what was spared anywhere, with the resources' URNs."""
        return [(urn, line) for urn in list(self._used) for line in self.take(urn)]


LEDGER = Ledger()
