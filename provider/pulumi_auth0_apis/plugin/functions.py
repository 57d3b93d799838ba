"""The look-ups: what is in the tenant, whoever manages it, as functions of the package."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from pulumi_auth0_apis._api_lifecycle import PROVIDER as API
from pulumi_auth0_apis._spelling import in_camel_case
from pulumi_auth0_apis.errors import NotFoundError, SettingsError
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.resources.client_grant import PROVIDER as GRANT
from pulumi_auth0_apis.resources.client_grant import from_wire

Answer = dict[str, Any]


class Functions:
    """The functions of one provider. Each question is asked once, also where threads ask at the same time."""

    def __init__(self, connect: Callable[[], Session]) -> None:
        self._connect = connect
        self._asking = threading.Lock()
        self._answers: dict[object, Any] = {}

    def __contains__(self, name: str) -> bool:
        return name in FUNCTIONS

    def answer(self, name: str, arguments: Mapping[str, Any]) -> Answer:
        """The answer of the function `name`. Raises SettingsError for arguments that it has not."""
        function, known = FUNCTIONS[name]
        if unheard_of := sorted(set(arguments) - known):
            raise SettingsError(
                f"The function {name}", [(argument, "there is no such argument") for argument in unheard_of]
            )
        question = (name, tuple(sorted(arguments.items())))
        with self._asking:
            if question not in self._answers:
                self._answers[question] = function(self._connect(), **arguments)
            return deepcopy(self._answers[question])


def _resource_server(session: Session, identifier: str) -> Answer:
    """The API of an identifier, Auth0's own included; its secret is for `ResourceServer.get`."""
    try:
        return _api(session.resource_servers.get(identifier))
    except NotFoundError as error:
        raise error.restated(
            f"The tenant has no API of the identifier {identifier}.",
            "Identifiers are compared to the letter, a slash at the end included; an API that this program "
            "makes is there after the first update.",
        ) from None


def _resource_servers(session: Session, name: str | None = None) -> Answer:
    apis = session.resource_servers.list()
    return {"resourceServers": [_api(api) for api in apis if name is None or api.get("name") == name]}


def _client_grants(session: Session, audience: str | None = None, client_id: str | None = None) -> Answer:
    found = session.client_grants.list(audience=audience, client_id=client_id)
    return {"clientGrants": [in_camel_case(GRANT.settings, from_wire(grant)) for grant in found]}


def _clients(session: Session, name: str | None = None) -> Answer:
    found = session.clients.list()
    return {
        "clients": [in_camel_case((), each) for each in found if name is None or each.get("name") == name]
    }


def _api(found: Mapping[str, Any]) -> Answer:
    return in_camel_case(
        API.settings, {name: value for name, value in found.items() if name != "signing_secret"}
    )


FUNCTIONS: Mapping[str, tuple[Callable[..., Answer], frozenset[str]]] = {
    token("getResourceServer"): (_resource_server, frozenset({"identifier"})),
    token("getResourceServers"): (_resource_servers, frozenset({"name"})),
    token("getClientGrants"): (_client_grants, frozenset({"audience", "client_id"})),
    token("getClients"): (_clients, frozenset({"name"})),
}
"""By token: the function, and the names of its arguments in our words."""
