"""A stateful Auth0 tenant on this machine: resource servers, client grants, clients and tokens.

>>> from pulumi_auth0_apis.emulator import Sandbox
>>> with Sandbox() as sandbox:
...     program.run(env=sandbox.environment)

Layers, each a step further from HTTP: `application` (the door) → `routes` and `endpoints` → `models` (rules
and state); `errors` and `schemas` hold what crosses the wire. Nothing of this package is imported from the
rest of `pulumi_auth0_apis`, nor does it import anything of it.
"""

from __future__ import annotations

from pulumi_auth0_apis.emulator.application import create_app
from pulumi_auth0_apis.emulator.clock import ManualClock
from pulumi_auth0_apis.emulator.models.emulated_tenant import (
    BILLING_CLIENT_ID,
    REPORTING_CLIENT_ID,
    EmulatedTenant,
)
from pulumi_auth0_apis.emulator.sandbox import Sandbox

__all__ = [
    "BILLING_CLIENT_ID",
    "REPORTING_CLIENT_ID",
    "EmulatedTenant",
    "ManualClock",
    "Sandbox",
    "create_app",
]
