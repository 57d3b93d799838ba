"""A machine-to-machine application to try an API with.

Auth0's dashboard makes one in the Test tab of every API. pulumi-auth0-apis manages APIs, not applications, so
this is a dynamic resource of the example's own: three calls of the Management API, with the package's
connection. It needs create:clients, update:clients and delete:clients besides what the other resources need.
The secret stays in the tenant, from where `auth0-apis token` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi.dynamic import (
    ConfigureRequest,
    CreateResult,
    DiffResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)

from pulumi_auth0_apis import ClientGrant, ResourceServer

SETTINGS = ("auth0:domain", "auth0:clientId", "auth0:clientSecret")
"""What is read of the stack's configuration; AUTH0_* variables come first, as for every resource."""


class ApplicationProvider(ResourceProvider):
    """Makes, renames and deletes a client of type non_interactive."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        self.config = {key: req.config.get(key) for key in SETTINGS if req.config.get(key)}

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        return DiffResult(changes=_olds["name"] != _news["name"])

    def create(self, props: dict[str, Any]) -> CreateResult:
        settings = {"app_type": "non_interactive", "grant_types": ["client_credentials"]}
        made = self._call("POST", "clients", settings | {"name": props["name"]})
        return CreateResult(made["client_id"], {"name": props["name"], "client_id": made["client_id"]})

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        self._call("PATCH", f"clients/{_id}", {"name": _news["name"]})
        return UpdateResult(_olds | {"name": _news["name"]})

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        self._call("DELETE", f"clients/{_id}")

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        from pulumi_auth0_apis.management import session_for

        client = session_for(self.config).client
        return client.request(method, path, "manage the test application", json=body)


class Application(Resource, module="auth0", name="Application"):
    """A machine-to-machine application."""

    client_id: pulumi.Output[str]

    def __init__(
        self, resource_name: str, name: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__(ApplicationProvider(), resource_name, {"name": name, "client_id": None}, opts)


def create_test_application(
    resource_name: str, resource_server: ResourceServer, scopes: Sequence[str]
) -> tuple[Application, ClientGrant]:
    """An application named as the dashboard names it, and its grant on the API with these scopes."""
    name = resource_server.name.apply(lambda name: f"{name} (Test Application)")
    application = Application(resource_name, name)
    grant = ClientGrant(
        resource_name, client_id=application.client_id, audience=resource_server.identifier, scopes=scopes
    )
    return application, grant
