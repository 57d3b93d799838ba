"""An import with the `pulumi` command, beside one preview by it of the program that the import wrote."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.emulator import EmulatedTenant, Sandbox
from tests.bench import engine_run
from tests.bench.stack import Size


def run(size: Size) -> dict[str, Any]:
    """Seconds of both, and how many times the preview the import takes."""
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as name:
        fill(sandbox.tenant, size)
        folder = Path(name)
        more = sandbox.environment
        command = ["import", str(folder), "--engine", "pulumi", "--stack", "bench"]
        began = time.monotonic()
        engine_run.run("local", command, folder, more)
        taken = time.monotonic() - began
        preview = engine_run.run("pulumi", ["preview", "--stack", "bench"], folder, more).seconds
    return {
        "resources": size.resources,
        "seconds": round(taken, 1),
        "preview_seconds": round(preview, 1),
        "of_the_preview": round(taken / preview, 2),
    }


def fill(tenant: EmulatedTenant, size: Size) -> None:
    """Make the objects, as somebody has who never heard of Pulumi."""
    with tenant.store.transaction():
        clients = [
            tenant.clients.create({"app_type": "non_interactive", "name": f"Service {number}"})["client_id"]
            for number in range(size.grants)
        ]
        for number in range(size.apis):
            identifier = f"https://api-{number}.example.com"
            scopes = [{"value": f"do:{scope}"} for scope in range(size.permissions)]
            tenant.resource_servers.create(
                {"identifier": identifier, "name": f"API {number}", "scopes": scopes}
            )
            for client_id in clients:
                tenant.client_grants.create(
                    {"client_id": client_id, "audience": identifier, "scope": ["do:1"]}
                )
