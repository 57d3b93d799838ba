"""As many resources that do nothing as the configuration says."""

from __future__ import annotations

import pulumi
from trivial import Trivial  # type: ignore[import-not-found]

for number in range(pulumi.Config("bench").require_int("resources")):
    Trivial(number)
