"""Look-ups: what is in the tenant that the stack is configured for, or in that of a `Tenant`.

Plain functions that return objects whose settings are attributes, and keys by the same names; and twins that
take and return Outputs. Each question is asked once a run, also where threads ask it at the same time. Unlike
a preview of resources, a look-up calls the tenant and needs credentials; a twin whose question is not known
yet waits for the update.

With `opts=pulumi.InvokeOptions(provider=eu)` they ask the tenant of `eu`, a `Tenant`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeVar

import pulumi

from pulumi_auth0_apis._declared import provider_of
from pulumi_auth0_apis._found import (
    ClientGrantResult,
    ClientResult,
    ResourceServerResult,
    needs_credentials,
    no_such_api,
)
from pulumi_auth0_apis._run import once_a_run
from pulumi_auth0_apis.errors import ConfigurationError, CredentialsError, NotFoundError
from pulumi_auth0_apis.resources.client_grant import from_wire
from pulumi_auth0_apis.tenant import Tenant

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session
    from pulumi_auth0_apis.management.documents import Object

T = TypeVar("T")
Opts = pulumi.InvokeOptions | None
Settings = Mapping[str, Any]

_one_at_a_time = threading.Lock()


def get_resource_server(identifier: str, opts: Opts = None) -> ResourceServerResult:
    """The API of an identifier, the Management API included, with its scopes and settings.

    `identifier` may be the API's id as well. Its `signing_secret` is left out: use `ResourceServer.get`,
    whose output is a secret. Raises NotFoundError where the tenant has no such API.
    """
    return _resource_server(identifier, _known_settings(opts))


def get_resource_servers(name: str | None = None, opts: Opts = None) -> list[ResourceServerResult]:
    """The APIs of the tenant, Auth0's own included, or those of a name; without their signing secrets.

    They come from the list, which has every API that there is: what Auth0's search finds may be behind.
    """
    return _resource_servers(name, _known_settings(opts))


def get_client_grants(
    audience: str | None = None, client_id: str | None = None, opts: Opts = None
) -> list[ClientGrantResult]:
    """The grants of an API, of an application, or of both; all grants of the tenant without either.

    Their permissions are named `scopes`, as `ClientGrant` names them.
    """
    return _client_grants(audience, client_id, _known_settings(opts))


def get_clients(name: str | None = None, opts: Opts = None) -> list[ClientResult]:
    """The applications of the tenant, or those of a name, without their secrets.

    Auth0 does not keep two applications from having one name: a program that wants one checks for it.
    """
    return _clients(name, _known_settings(opts))


def get_resource_server_output(
    identifier: pulumi.Input[str], opts: Opts = None
) -> pulumi.Output[ResourceServerResult]:
    """`get_resource_server` for an identifier that may be an Output, in a tenant whose settings may be."""
    return pulumi.Output.all(identifier, _settings_to_come(opts)).apply(
        lambda known: _resource_server(known[0], known[1])
    )


def get_resource_servers_output(
    name: pulumi.Input[str | None] = None, opts: Opts = None
) -> pulumi.Output[list[ResourceServerResult]]:
    """`get_resource_servers` for a name that may be an Output, in a tenant whose settings may be."""
    return pulumi.Output.all(name, _settings_to_come(opts)).apply(
        lambda known: _resource_servers(known[0], known[1])
    )


def get_client_grants_output(
    audience: pulumi.Input[str | None] = None,
    client_id: pulumi.Input[str | None] = None,
    opts: Opts = None,
) -> pulumi.Output[list[ClientGrantResult]]:
    """`get_client_grants` for filters that may be Outputs, in a tenant whose settings may be."""
    return pulumi.Output.all(audience, client_id, _settings_to_come(opts)).apply(
        lambda known: _client_grants(known[0], known[1], known[2])
    )


def get_clients_output(
    name: pulumi.Input[str | None] = None, opts: Opts = None
) -> pulumi.Output[list[ClientResult]]:
    """`get_clients` for a name that may be an Output, in a tenant whose settings may be."""
    return pulumi.Output.all(name, _settings_to_come(opts)).apply(lambda known: _clients(known[0], known[1]))


def _resource_server(identifier: str, settings: Settings) -> ResourceServerResult:
    try:
        found = _asked(
            settings, ("api", identifier), lambda session: session.resource_servers.get(identifier)
        )
    except NotFoundError as error:
        raise no_such_api(error, identifier) from None
    return _without_secret(found)


def _resource_servers(name: str | None, settings: Settings) -> list[ResourceServerResult]:
    apis = _asked(settings, "apis", lambda session: session.resource_servers.list())
    return [_without_secret(api) for api in apis if name is None or api.get("name") == name]


def _without_secret(api: Object) -> ResourceServerResult:
    return ResourceServerResult({name: value for name, value in api.items() if name != "signing_secret"})


def _client_grants(
    audience: str | None, client_id: str | None, settings: Settings
) -> list[ClientGrantResult]:
    grants = _asked(
        settings,
        ("grants", audience, client_id),
        lambda session: session.client_grants.list(audience=audience, client_id=client_id),
    )
    return [ClientGrantResult(from_wire(grant)) for grant in grants]


def _clients(name: str | None, settings: Settings) -> list[ClientResult]:
    clients = _asked(settings, "clients", lambda session: session.clients.list())
    return [ClientResult(client) for client in clients if name is None or client.get("name") == name]


def _asked(settings: Settings, question: object, ask: Callable[[Session], T]) -> T:
    """The answer to a question, the caller's own to change."""
    session = _session(settings)
    with _one_at_a_time:
        return deepcopy(once_a_run(("lookup", session, question), lambda: ask(session)))


def _session(settings: Settings) -> Session:
    from pulumi_auth0_apis.management import session_for

    try:
        return session_for({key: value for key, value in settings.items() if value is not None})
    except CredentialsError as error:
        raise needs_credentials(error) from None
    except ConfigurationError as error:
        of_a_tenant = "A program with a Tenant gives it: opts=pulumi.InvokeOptions(provider=…)."
        raise ConfigurationError(error.problem, f"{error.next_step} {of_a_tenant}") from None


def _settings(opts: Opts) -> tuple[str, Settings]:
    """Who has the settings of a connection, and the settings, of which some may be Outputs."""
    from pulumi_auth0_apis.management.settings import KEYS

    provider = provider_of(opts)
    if provider is None:
        return "The stack", {key: pulumi.runtime.get_config(key) for key in KEYS}
    if isinstance(provider, Tenant):
        return f'Tenant "{provider.declared_name}"', provider.declared_settings
    raise ConfigurationError(
        f"A look-up was given a provider that is no Tenant, but a {type(provider).__name__}.",
        "Give it a Tenant, or no provider for the tenant of the stack.",
    )


def _known_settings(opts: Opts) -> Settings:
    """The settings of a connection. Raises ConfigurationError where one of them is known later."""
    owner, settings = _settings(opts)
    later = [key for key, value in settings.items() if isinstance(value, pulumi.Output)]
    if later:
        raise ConfigurationError(
            f"{owner} has settings that are known in the run alone: {', '.join(later)}.",
            "Use the look-up's twin, whose name ends in _output.",
        )
    return settings


def _settings_to_come(opts: Opts) -> pulumi.Output[Settings]:
    """The settings of a connection, which make no secret of what is found by them."""
    return pulumi.Output.unsecret(pulumi.Output.from_input({**_settings(opts)[1]}))
