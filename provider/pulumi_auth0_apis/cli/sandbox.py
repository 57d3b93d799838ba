"""`auth0-apis sandbox`: an Auth0 tenant on this machine."""

from __future__ import annotations

import json
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
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
    typer.Option(
        metavar="free|self-service|…",
        help="Limits of a plan: free, self-service, enterprise-dev, enterprise.",
    ),
]
LatencyOption = Annotated[
    str,
    typer.Option(metavar="TIME", help="Time of each answer: 50ms, 20ms-80ms or 50ms/400ms (median/p99)."),
]
FaultsOption = Annotated[
    str | None,
    typer.Option(metavar="JSON", help='What goes wrong: \'[{"kind": "error", "status": 503, "times": 2}]\'.'),
]
TlsOption = Annotated[
    bool, typer.Option("--tls", help="Serve https; the line tells the certificate to trust.")
]
DataOption = Annotated[
    Path | None, typer.Option(help="A file that keeps the tenant between runs.", dir_okay=False)
]

ApplicationsOption = Annotated[
    Path | None,
    typer.Option(
        help='A JSON file with applications by client id: \'{"…": "Billing service"}\'.', dir_okay=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", "-j", help="Print the line of JSON on a terminal, too.")]
PropertiesOption = Annotated[
    str | None,
    typer.Option(
        "--additional-properties",
        metavar="JSON",
        help="JSON Schemas of what objects have beyond what is modelled: "
        '\'{"resource-servers": {"color": {"type": "string"}}}\'.',
    ),
]


FAULTS = '[{"kind": "error", "status": 503, "times": 2}]'
PROPERTIES = '{"resource-servers": {"color": {"type": "string"}}}'
APPLICATIONS = '{"<client id>": "Billing service"}'


def sandbox(
    port: PortOption = [0],  # noqa: B006 # never changed
    plan: PlanOption = None,
    latency: LatencyOption = "0",
    faults: FaultsOption = None,
    tls: TlsOption = False,
    data: DataOption = None,
    additional_properties: PropertiesOption = None,
    applications: ApplicationsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Serve a local Auth0 tenant until interrupted.

    Tells when it answers requests: on a terminal, where its page is and what to paste into another terminal;
    elsewhere, or with --json, one line of JSON per tenant: domain, client_id, client_secret, api_token.
    """
    if lacks := sandbox_lacks():
        say(lacks, err=True)
        raise typer.Exit(1)
    from pulumi_auth0_apis.emulator import Sandbox

    options = _understood(latency, faults, additional_properties, applications)
    tell = _line if as_json or not sys.stdout.isatty() else _instructions
    interrupted: SimpleQueue[int] = (
        SimpleQueue()
    )  # an Event that is set while it begins to wait waits for ever
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: interrupted.put(number))
    with ExitStack() as tenants:
        for each in port:
            with _explained():
                tenant = Sandbox(each, plan, tls=tls, data=data, **options)
            print(tell(tenants.enter_context(tenant)), flush=True)
        interrupted.get()


def _understood(
    latency: str, faults: str | None, additional_properties: str | None, applications: Path | None
) -> dict[str, Any]:
    """The options of a sandbox that are text with a form of their own."""
    from pulumi_auth0_apis.emulator.applications import refuse_unfit_applications
    from pulumi_auth0_apis.emulator.faults import KINDS, Faults
    from pulumi_auth0_apis.emulator.latency import parse_latency

    with _explained("--latency"):
        parse_latency(latency)
    with _explained("--faults", f"Give a list such as {FAULTS}; kinds are {', '.join(KINDS)}."):
        Faults().add(failing := json.loads(faults or "[]"))
    with _explained("--additional-properties", f"Give an object such as {PROPERTIES}."):
        further = json.loads(additional_properties or "{}")
    with _explained("--applications", f"The file holds an object such as {APPLICATIONS}."):
        named = json.loads(applications.read_text(encoding="utf-8")) if applications else {}
        refuse_unfit_applications(named)
    return {
        "latency": latency,
        "faults": failing,
        "additional_properties": further,
        "applications": named,
    }


@contextmanager
def _explained(option: str | None = None, form: str = "") -> Iterator[None]:
    """Say of a refused option which one it is, what is wrong with it, and how it is written."""
    from pulumi_auth0_apis.emulator.errors import ErrorAnswer

    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise typer.BadParameter(f"{where}{error.strerror}.", param_hint=option) from error
    except json.JSONDecodeError as error:
        raise typer.BadParameter(f"This is no JSON: {error}. {form}", param_hint=option) from error
    except (ValueError, ErrorAnswer) as error:
        raise typer.BadParameter(f"{error} {form}".strip(), param_hint=option) from error


def _line(tenant: Sandbox) -> str:
    """What a program needs to use the tenant."""
    return json.dumps(_ready(tenant))


def _instructions(tenant: Sandbox) -> str:
    """What a person needs to use the tenant."""
    exports = [f"  export {name}={shlex.quote(value)}" for name, value in tenant.environment.items()]
    return "\n".join(
        [
            f"An Auth0 tenant on this machine, until Ctrl-C. In a browser: {tenant.domain}",
            "To use it from another terminal:",
            *exports,
        ]
    )


def _ready(tenant: Sandbox) -> dict[str, Any]:
    ready = {
        "domain": tenant.domain,
        "client_id": tenant.client_id,
        "client_secret": tenant.client_secret,
        "api_token": tenant.api_token,
    }
    return ready if tenant.certificate is None else ready | {"certificate": tenant.certificate}
