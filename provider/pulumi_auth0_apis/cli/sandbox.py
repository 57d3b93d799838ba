"""`auth0-apis sandbox`: an Auth0 tenant on this machine."""

from __future__ import annotations

import json
import signal
import threading
from typing import Annotated

import typer


def sandbox(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)] = 0,
) -> None:
    """Serve a local Auth0 tenant until interrupted.

    Prints one line of JSON when it answers requests: domain, client_id, client_secret, api_token.
    """
    from pulumi_auth0_apis.emulator import Sandbox

    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with Sandbox(port=port) as tenant:
        ready = {
            "domain": tenant.domain,
            "client_id": tenant.client_id,
            "client_secret": tenant.client_secret,
            "api_token": tenant.api_token,
        }
        print(json.dumps(ready), flush=True)
        interrupted.wait()
