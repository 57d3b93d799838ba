"""The look-ups: what is in the tenant, whoever manages it, as functions of the package."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from auth0_api_vocabulary import camel_case
from auth0_api_vocabulary.families import PLUGIN
from pulumi_auth0_apis._found import needs_credentials, no_such_api
from pulumi_auth0_apis._inputs import Failure, is_unknown
from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.errors import Auth0ApisError, CredentialsError, NotFoundError, SettingsError
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.resources.client_grant import from_wire

Answer = dict[str, Any]


class Functions:
    """The functions of one provider. Each question is asked once, also where threads ask at the same time."""

    def __init__(self, connect: Callable[[], Session]) -> None:
        self._connect = connect
        self._asking = threading.Lock()
        self._answers: dict[object, Any] = {}

    def answer(self, name: str, arguments: Mapping[str, Any]) -> Answer:
        """The answer of the function `name`; nothing while an argument is unknown.

        Raises SettingsError for arguments that it has not, and for one that is missing.
        """
        if name not in FUNCTIONS:
            raise Auth0ApisError(
                f"There is no function {name} in version {__version__} of this provider.",
                f"It has {', '.join(FUNCTIONS)}.",
            )
        function = FUNCTIONS[name]
        if failures := list(_failures(function, arguments)):
            raise SettingsError(f"The function {name}", failures)
        if any(map(is_unknown, arguments.values())):
            return {}
        question = (name, tuple(sorted(arguments.items())))
        with self._asking:
            if question not in self._answers:
                self._answers[question] = function(self._session(), **arguments)
            return deepcopy(self._answers[question])

    def _session(self) -> Session:
        try:
            return self._connect()
        except CredentialsError as error:
            raise needs_credentials(error) from None


def _resource_server(session: Session, identifier: str) -> Answer:
    """The API of an identifier, Auth0's own included; its secret is for `ResourceServer.get`."""
    try:
        return _api(session.resource_servers.get(identifier))
    except NotFoundError as error:
        raise no_such_api(error, identifier) from None


def _resource_servers(session: Session, name: str | None = None) -> Answer:
    apis = session.resource_servers.list()
    return {"resourceServers": [_api(api) for api in apis if name is None or api.get("name") == name]}


def _client_grants(session: Session, audience: str | None = None, client_id: str | None = None) -> Answer:
    found = session.client_grants.list(audience=audience, client_id=client_id)
    return {"clientGrants": [PLUGIN.spelled(from_wire(grant)) for grant in found]}


def _clients(session: Session, name: str | None = None) -> Answer:
    found = session.clients.list()
    return {"clients": [_client(each) for each in found if name is None or each.get("name") == name]}


def _api(found: Mapping[str, Any]) -> Answer:
    return PLUGIN.spelled({name: value for name, value in found.items() if name != "signing_secret"})


def _client(found: Mapping[str, Any]) -> Answer:
    """An application. What its metadata and its settings are made of keeps its spelling."""
    return {camel_case(name): value for name, value in found.items()}


def _failures(function: Callable[..., Answer], arguments: Mapping[str, Any]) -> Iterator[Failure]:
    _, *parameters = inspect.signature(function).parameters.values()
    for name in sorted(set(arguments) - {parameter.name for parameter in parameters}):
        yield name, "there is no such argument"
    for parameter in parameters:
        if parameter.default is parameter.empty and parameter.name not in arguments:
            yield parameter.name, "is required"


FUNCTIONS: Mapping[str, Callable[..., Answer]] = {
    token("getResourceServer"): _resource_server,
    token("getResourceServers"): _resource_servers,
    token("getClientGrants"): _client_grants,
    token("getClients"): _clients,
}
"""By token. The parameters after the session are the arguments, in our words."""
