"""An API and its test application: `auth0-apis token https://appointments.example.com` needs nothing else."""

from __future__ import annotations

import pulumi
from applications import create_test_application  # type: ignore[import-not-found] # beside this file

from pulumi_auth0_apis import ResourceServer

appointments = ResourceServer(
    "appointments",
    name="Appointments API",
    identifier="https://appointments.example.com",
    token_lifetime=3600,
    token_lifetime_for_web=600,
    scopes=[
        {"value": "read:appointments", "description": "Read your appointments"},
        {"value": "write:appointments", "description": "Make and change appointments"},
    ],
)
application, grant = create_test_application("appointments", appointments, ["read:appointments"])

pulumi.export("test_client_id", application.client_id)
