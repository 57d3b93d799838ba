"""Token buckets, and what they say in headers.

`x-ratelimit-limit`, `-remaining` and `-reset` come with every answer of the Management API; `reset` is the
second at which the bucket is full again, as in Auth0's own limitd (https://github.com/auth0/limitd).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from pulumi_auth0_apis.emulator.clock import Clock
from pulumi_auth0_apis.emulator.errors import ApiError
from pulumi_auth0_apis.emulator.plans import Rate, SubscriptionPlan

Headers = dict[str, str]

_ROUNDING = 1e-4
"""Tokens: seconds since 1970 as a float are exact to a quarter of a microsecond."""


@dataclass(slots=True)
class Bucket:
    """One bucket; it is full at first."""

    rate: Rate
    clock: Clock
    _tokens: float = field(init=False)
    _filled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens = self.rate.burst
        self._filled_at = self.clock()

    def take(self) -> bool:
        """Take one token; False when there is none."""
        tokens = self.tokens()
        allowed = tokens > 1 - _ROUNDING
        self._tokens = tokens - 1 if allowed else tokens
        self._filled_at = self.clock()
        return allowed

    def tokens(self) -> float:
        """The number of tokens in the bucket now."""
        filled = self._tokens + (self.clock() - self._filled_at) * self.rate.per_second
        return min(float(self.rate.burst), filled)

    def headers(self) -> Headers:
        """The bucket as the three headers."""
        missing = self.rate.burst - self.tokens()
        return {
            "x-ratelimit-limit": str(self.rate.burst),
            "x-ratelimit-remaining": str(int(self.tokens() + _ROUNDING)),
            "x-ratelimit-reset": str(math.ceil(self.clock() + missing / self.rate.per_second - _ROUNDING)),
        }


class RateLimiter:
    """The buckets of a plan."""

    def __init__(self, plan: SubscriptionPlan, clock: Clock) -> None:
        self.shared = Bucket(plan.rate, clock)
        self._endpoints = {route: Bucket(rate, clock) for route, rate in plan.endpoints.items()}

    def admit(self, route: str) -> Headers:
        """The headers of an admitted call; 429 (recorded, but for its headers) when the bucket is empty."""
        bucket = self._endpoints.get(route, self.shared)
        if bucket.take():
            return bucket.headers()
        which = "Global" if bucket is self.shared else "Endpoint"
        raise too_many_requests(f"{which} limit has been reached", bucket.headers())


def too_many_requests(message: str, headers: Headers) -> ApiError:
    """429, body recorded."""
    return ApiError(429, message, "too_many_requests", headers)
