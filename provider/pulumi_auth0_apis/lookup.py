"""Look-ups: what is in the tenant that the stack is configured for, whoever manages it.

Plain functions that return dicts in the Management API's words, and twins that take and return Outputs. Each
question is asked once a run, also where threads ask it at the same time. Unlike a preview of resources, a
look-up calls the tenant and needs credentials; a twin whose question is not known yet waits for the update.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, TypeVar

import pulumi

from pulumi_auth0_apis._run import once_a_run
from pulumi_auth0_apis.errors import CredentialsError, NotFoundError
from pulumi_auth0_apis.resources.client_grant import from_wire

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session
    from pulumi_auth0_apis.management.documents import Object

T = TypeVar("T")

_one_at_a_time = threading.Lock()


def get_resource_server(identifier: str) -> Object:
    """The API of an identifier, the Management API included, with its scopes and settings.

    `identifier` may be the API's id as well. Its `signing_secret` is left out: use `ResourceServer.get`,
    whose output is a secret. Raises NotFoundError where the tenant has no such API.
    """
    try:
        found = _asked(("api", identifier), lambda session: session.resource_servers.get(identifier))
    except NotFoundError as error:
        raise error.restated(
            f"The tenant has no API of the identifier {identifier}.",
            "Identifiers are compared to the letter, a slash at the end included; an API that this program "
            "makes is there after the first update.",
        ) from None
    return _without_secret(found)


def get_resource_servers(name: str | None = None) -> list[Object]:
    """The APIs of the tenant, Auth0's own included, or those of a name; without their signing secrets.

    They come from the list, which has every API that there is: what Auth0's search finds may be behind.
    """
    apis = _asked("apis", lambda session: session.resource_servers.list())
    return [_without_secret(api) for api in apis if name is None or api.get("name") == name]


def _without_secret(api: Object) -> Object:
    return {name: value for name, value in api.items() if name != "signing_secret"}


def get_client_grants(audience: str | None = None, client_id: str | None = None) -> list[Object]:
    """The grants of an API, of an application, or of both; all grants of the tenant without either.

    Their permissions are named `scopes`, as `ClientGrant` names them.
    """
    key = ("grants", audience, client_id)
    grants = _asked(key, lambda session: session.client_grants.list(audience=audience, client_id=client_id))
    return [from_wire(grant) for grant in grants]


def get_clients(name: str | None = None) -> list[Object]:
    """The applications of the tenant, or those of a name, without their secrets.

    Auth0 does not keep two applications from having one name: a program that wants one checks for it.
    """
    clients = _asked("clients", lambda session: session.clients.list())
    return [client for client in clients if name is None or client.get("name") == name]


def get_resource_server_output(identifier: pulumi.Input[str]) -> pulumi.Output[Object]:
    """`get_resource_server` for an identifier that may be an Output."""
    return pulumi.Output.from_input(identifier).apply(get_resource_server)


def get_resource_servers_output(name: pulumi.Input[str] | None = None) -> pulumi.Output[list[Object]]:
    """`get_resource_servers` for a name that may be an Output."""
    return pulumi.Output.from_input(name).apply(get_resource_servers)


def get_client_grants_output(
    audience: pulumi.Input[str] | None = None, client_id: pulumi.Input[str] | None = None
) -> pulumi.Output[list[Object]]:
    """`get_client_grants` for filters that may be Outputs."""
    return pulumi.Output.all(audience, client_id).apply(lambda filters: get_client_grants(*filters))


def get_clients_output(name: pulumi.Input[str] | None = None) -> pulumi.Output[list[Object]]:
    """`get_clients` for a name that may be an Output."""
    return pulumi.Output.from_input(name).apply(get_clients)


def _asked(question: object, ask: Callable[[Session], T]) -> T:
    """The answer to a question, the caller's own to change."""
    with _one_at_a_time:
        return deepcopy(once_a_run(("lookup", question), lambda: ask(_session())))


def _session() -> Session:
    from pulumi_auth0_apis.management import session_for
    from pulumi_auth0_apis.management.settings import KEYS

    values = {key: pulumi.runtime.get_config(key) for key in KEYS}
    try:
        return session_for({key: value for key, value in values.items() if value is not None})
    except CredentialsError as error:
        because = f"{error.problem} A look-up reads the tenant, in a preview too."
        raise CredentialsError(because, error.next_step) from None
