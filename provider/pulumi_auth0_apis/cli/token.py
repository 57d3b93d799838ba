"""`auth0-apis token`: a test token, explained and held against its API's settings."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pulumi_auth0_apis.cli.deploying import CwdOption, StackOption, stop
from pulumi_auth0_apis.cli.terminal import say, say_json

if TYPE_CHECKING:
    from pulumi_auth0_apis.management.session import Session
    from pulumi_auth0_apis.management.settings import ConnectionSettings
    from pulumi_auth0_apis.token_check import Issued
    from pulumi_auth0_apis.token_check.comparison import Comparison

IdentifierArgument = Annotated[str, typer.Argument(help="The API's identifier, the audience of its tokens.")]
ClientIdOption = Annotated[
    str | None, typer.Option(help="The machine-to-machine application; needed where several are granted.")
]
ClientSecretOption = Annotated[
    str | None,
    typer.Option(
        envvar="AUTH0_TEST_CLIENT_SECRET",
        help="The application's secret; read from the tenant where the credentials may.",
        show_envvar=True,
    ),
]
OrganizationOption = Annotated[
    str | None, typer.Option(help="The organization, by id or name, where the grant allows or requires one.")
]
PrivateKeyOption = Annotated[
    Path | None,
    typer.Option(help="The API's private key (PEM): opens an encrypted token.", exists=True, dir_okay=False),
]
CurlOption = Annotated[
    bool, typer.Option("--curl", help="Print the call that uses the token, and nothing else.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", "-j", help="Print one JSON document, the token included.")
]

MISMATCH = 2
SEALED = "are encrypted, and none was checked: open them by --private-key FILE, the API's key (PEM)"


def token(
    identifier: IdentifierArgument,
    client_id: ClientIdOption = None,
    client_secret: ClientSecretOption = None,
    organization: OrganizationOption = None,
    private_key: PrivateKeyOption = None,
    curl: CurlOption = False,
    as_json: JsonOption = False,
    cwd: CwdOption = Path(),
    stack: StackOption = None,
) -> None:
    """Get a test token for an API, decode and verify it, and compare it with the API's settings.

    Exits with 2 where the token is not what the settings promise.
    """
    from pulumi_auth0_apis.errors import Auth0ApisError
    from pulumi_auth0_apis.token_check import compare, obtain

    try:
        with _connection(cwd, stack) as (settings, session):
            issued = obtain(settings, session, identifier, client_id, client_secret, organization)
        key = None if private_key is None else private_key.read_text()
        comparison = compare(issued, key)
    except (Auth0ApisError, ValueError) as error:
        stop(str(error))
    if curl:
        say(_curl(issued))
    elif as_json:
        say_json(_document(issued, comparison))
    else:
        say(_table(issued, comparison))
    if not all(check.passed for check in comparison.checks):
        raise typer.Exit(MISMATCH)


@contextmanager
def _connection(cwd: Path, stack: str | None) -> Iterator[tuple[ConnectionSettings, Session]]:
    """How the stack reaches its tenant."""
    from pulumi_auth0_apis.engine import EngineError
    from pulumi_auth0_apis.management.session import Session
    from pulumi_auth0_apis.stacks.stack import TenantStack

    try:
        settings = TenantStack(cwd, stack).connection
    except EngineError:
        stop("The stack's configuration cannot be read; `auth0-apis doctor` says why.")
    session = Session(settings)
    try:
        yield settings, session
    finally:
        session.client.close()


def _document(issued: Issued, comparison: Comparison) -> dict[str, Any]:
    return {
        "audience": issued.api["identifier"],
        "client_id": issued.client_id,
        "access_token": issued.token,
        "expires_in": issued.expires_in,
        "header": comparison.header,
        "claims": comparison.claims,
        "checks": [
            {"name": check.name, "expected": check.expected, "found": check.found, "passed": check.passed}
            for check in comparison.checks
        ],
    }


def _table(issued: Issued, comparison: Comparison) -> str:
    """One line a check; where the token differs, what it holds follows."""
    width = max(len(check.name) for check in comparison.checks)
    lines = [f"{issued.api['identifier']} for {issued.client_id}, {issued.expires_in} s", ""]
    for check in comparison.checks:
        lines.append(f"{'ok  ' if check.passed else 'FAIL'}  {check.name:<{width}}  {check.expected}")
        if not check.passed:
            lines.append(f"{'':<{width + 6}}  but the token has: {check.found}")
    claims = json.dumps(comparison.claims, indent=2) if comparison.claims else SEALED
    return "\n".join([*lines, "", f"Header  {json.dumps(comparison.header)}", f"Claims  {claims}"])


def _curl(issued: Issued) -> str:
    """A call of the API; its identifier need not be its address."""
    identifier = issued.api["identifier"]
    address = identifier if identifier.startswith(("http://", "https://")) else "https://your-api.example.com"
    return shlex.join(["curl", "--header", f"Authorization: Bearer {issued.token}", address])
