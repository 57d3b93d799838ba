"""What auth0-python knows of an API and of a grant, and what our tables know, as paths of a schema.

Auth0 generates its clients from the Management API's OpenAPI document, so that their newest release names a
setting on the day Auth0 has it. A path names a setting or a key inside of it
(`subject_type_authorization.user.policy`); with a value behind it, a choice (`signing_alg = PS256`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from auth0.management.client_grants.client import ClientGrantsClient
from auth0.management.resource_servers.client import ResourceServersClient
from auth0.management.types import GetClientGrantResponseContent, GetResourceServerResponseContent
from pydantic import BaseModel

from auth0_api_vocabulary import ADDITIONAL
from pulumi_auth0_apis._inputs import Settings, model
from pulumi_auth0_apis.resources import client_grant, resource_server

Paths = frozenset[str]


@dataclass(frozen=True)
class Compared:
    """One of our tables, and where auth0-python has the same: its calls and its answer.

    `exceptions` are the paths that one side alone has, with the reason.
    """

    settings: Settings
    outputs: tuple[str, ...]
    calls: tuple[Callable[..., Any], ...]
    answer: type[BaseModel]
    renamed: Mapping[str, str]
    """Our names of settings that the Management API calls otherwise."""
    exceptions: Mapping[str, str]

    @property
    def ours(self) -> Paths:
        """What the table has, in the Management API's words."""
        schema = model(tuple(each for each in self.settings if each.name != ADDITIONAL)).json_schema()
        named = {self.renamed.get(name, name): each for name, each in schema["properties"].items()}
        keys = _keys("", {"properties": named}, schema.get("$defs", {}))
        return frozenset((*keys, "id", *self.outputs))

    @property
    def theirs(self) -> Paths:
        """What the calls take and the answer holds."""
        hints = [*map(get_type_hints, self.calls), {n: f.annotation for n, f in _fields(self.answer)}]
        settings = {name: kind for each in hints for name, kind in each.items() if name not in OF_THE_CALL}
        return frozenset(path for name, kind in settings.items() for path in _told(name, kind))

    @property
    def missing(self) -> Paths:
        """What auth0-python has, our table has not, and no exception names."""
        return self.theirs - self.ours - self.exceptions.keys()

    @property
    def stale(self) -> Paths:
        """Exceptions from nothing: both sides have it by now, or neither."""
        return frozenset(self.exceptions) - (self.theirs ^ self.ours)


OF_THE_CALL = ("self", "request_options", "return")
"""What a method's signature holds besides the settings."""


def _told(path: str, kind: Any) -> Iterator[str]:
    """`path`, and what its type says below it. An enumeration of auth0-python also admits anything."""
    yield path
    yield from _inside(path, kind)


def _inside(path: str, kind: Any) -> Iterator[str]:
    origin = get_origin(kind)
    if origin is Literal:
        yield from (f"{path} = {choice}" for choice in get_args(kind))
    elif origin is Union:
        for part in get_args(kind):
            yield from _inside(path, part)
    elif origin is not None:
        yield from _inside(f"{path}[]", get_args(kind)[0])
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in _fields(kind):
            yield from _told(f"{path}.{name}", field.annotation)


def _fields(kind: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    return ((field.alias or name, field) for name, field in kind.model_fields.items())


def _keys(path: str, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    """The same of a JSON Schema."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    choices = schema.get("enum", [schema["const"]] if "const" in schema else ())
    yield from (f"{path} = {choice}" for choice in choices)
    for name, below in schema.get("properties", {}).items():
        yield f"{path}.{name}".lstrip(".")
        yield from _keys(f"{path}.{name}".lstrip("."), below, definitions)
    if "items" in schema:
        yield from _keys(f"{path}[]", schema["items"], definitions)


TABLES = {
    "ResourceServer": Compared(
        resource_server.PROVIDER.settings,
        resource_server.PROVIDER.computed,
        (ResourceServersClient.create, ResourceServersClient.update),
        GetResourceServerResponseContent,
        renamed={},
        exceptions={
            "verification_location": "Auth0's Terraform provider has it, and nobody else",
        },
    ),
    "ClientGrant": Compared(
        client_grant.PROVIDER.settings,
        client_grant.PROVIDER.computed,
        (ClientGrantsClient.create, ClientGrantsClient.update),
        GetClientGrantResponseContent,
        renamed={"scopes": "scope"},
        exceptions={},
    ),
}
