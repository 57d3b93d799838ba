"""The tenant's program of dynamic resources that do nothing: as many, of the same names, referring alike."""

from __future__ import annotations

import pulumi
from empty_resource import Empty  # type: ignore[import-not-found]

config = pulumi.Config("bench")

for number in range(config.require_int("apis")):
    api = Empty(f"api-{number}", of=f"https://api-{number}.example.com")
    for scope in range(config.require_int("permissions")):
        Empty(f"api-{number}-do-{scope}", of=api.of)
    for grant in range(config.require_int("grants")):
        Empty(f"api-{number}-grant-{grant}", of=api.of)
