"""How long an answer takes: a fixed time, a range, or a log-normal distribution.

`50ms` · `20ms-80ms` · `50ms/400ms` (median / 99th percentile), or seconds: `0.05`.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable

Latency = Callable[[], float]
"""Seconds until the next answer."""

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s)?")
_QUANTILE_99 = 2.3263
"""The standard normal distribution's 99th percentile."""


def parse_latency(value: float | str) -> Latency:
    """The distribution that a number of seconds or a text stands for; ValueError for anything else."""
    if not isinstance(value, str):
        return lambda: value
    if "/" in value:
        median, high = map(_seconds, value.split("/", 1))
        if not 0 < median <= high:
            raise ValueError(f"{value!r} is no distribution: 0 < median <= 99th percentile does not hold.")
        sigma = math.log(high / median) / _QUANTILE_99
        return lambda: random.lognormvariate(math.log(median), sigma)  # no secret
    if "-" in value:
        low, high = map(_seconds, value.split("-", 1))
        return lambda: random.uniform(low, high)  # noqa: S311 # no secret
    fixed = _seconds(value)
    return lambda: fixed


def _seconds(text: str) -> float:
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a duration: write 50ms, 0.05s, 20ms-80ms or 50ms/400ms.")
    return float(match[1]) / (1000 if match[2] == "ms" else 1)
