"""`auth0-apis sandbox`: an Auth0 tenant on this machine."""

from __future__ import annotations

import json
import signal
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pulumi_auth0_apis._extras import sandbox_lacks
from pulumi_auth0_apis.cli.terminal import say

if TYPE_CHECKING:
    from pulumi_auth0_apis.emulator import Sandbox

PortOption = Annotated[
    list[int],
    typer.Option(
        "--port", min=0, max=65535, help="Port on 127.0.0.1; 0: a free one. Several: so many tenants."
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(help="Limits of a plan: free, self-service, enterprise-dev, enterprise."),
]
LatencyOption = Annotated[
    str,
    typer.Option(help="Time of each answer: 50ms, 20ms-80ms or 50ms/400ms (median/p99)."),
]
FaultsOption = Annotated[
    str | None,
    typer.Option(help='What goes wrong: \'[{"kind": "error", "status": 503, "times": 2}]\'.'),
]
TlsOption = Annotated[
    bool, typer.Option("--tls", help="Serve https; the line tells the certificate to trust.")
]
DataOption = Annotated[
    Path | None, typer.Option(help="A file that keeps the tenant between runs.", dir_okay=False)
]

PropertiesOption = Annotated[
    str | None,
    typer.Option(
        "--additional-properties",
        help="JSON Schemas of what objects have beyond what is modelled: "
        '\'{"resource-servers": {"color": {"type": "string"}}}\'.',
    ),
]


def sandbox(
    port: PortOption = [0],  # noqa: B006 # never changed
    plan: PlanOption = None,
    latency: LatencyOption = "0",
    faults: FaultsOption = None,
    tls: TlsOption = False,
    data: DataOption = None,
    additional_properties: PropertiesOption = None,
) -> None:
    """Serve a local Auth0 tenant until interrupted.

    Prints one line of JSON per tenant when it answers requests: domain, client_id, client_secret, api_token.
    """
    if lacks := sandbox_lacks():
        say(lacks, err=True)
        raise typer.Exit(1)
    from pulumi_auth0_apis.emulator import Sandbox
    from pulumi_auth0_apis.emulator.errors import ErrorAnswer

    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with ExitStack() as tenants:
        for each in port:
            try:
                tenant = Sandbox(
                    each,
                    plan,
                    latency,
                    json.loads(faults or "[]"),
                    tls,
                    data,
                    additional_properties=json.loads(additional_properties or "{}"),
                )
            except (OSError, ValueError, ErrorAnswer) as error:
                raise typer.BadParameter(str(error)) from error
            print(json.dumps(_ready(tenants.enter_context(tenant))), flush=True)
        interrupted.wait()


def _ready(tenant: Sandbox) -> dict[str, Any]:
    ready = {
        "domain": tenant.domain,
        "client_id": tenant.client_id,
        "client_secret": tenant.client_secret,
        "api_token": tenant.api_token,
    }
    return ready if tenant.certificate is None else ready | {"certificate": tenant.certificate}
