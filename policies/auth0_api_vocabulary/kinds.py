"""The kinds of resources: the one table of them, from which all that goes by kind follows.

It holds what a reader of programs, states and event logs knows of a kind without a provider. What is done to
an object of the kind is said by the `PROVIDER` of the module that bears the name of its class, in
`pulumi_auth0_apis.resources`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auth0_api_vocabulary.cases import snake_case

CLASS_PREFIX = "pulumi-python:dynamic/auth0:"
"""How the type token of a resource class of pulumi-auth0-apis begins; its name follows."""

PLUGIN_PREFIX = "auth0-apis:index:"
"""How a token of its provider plugin begins. States and programs have it: it never changes."""


@dataclass(frozen=True, eq=False)
class ResourceKind:
    """A kind of resource. There is one row of a kind, which is equal to itself alone.

    `word` is its name in code and in messages of rules, `noun` what a sentence calls one.
    `cls` is its class in pulumi-auth0-apis and its name in the provider plugin of the same, and `bridged` its
    type token in pulumi-auth0, each empty where that package has none.
    `key` are the properties that tell one object from all others, `key_defaults` what a part of it is where
    it is left out.
    `api` is the property that names the API to which it belongs, empty for an API itself.
    `holders` are the properties of which one says who gets access by it; none where it gives no access.
    `telltale` are the properties by which a resource of an unknown type is taken for one of the kind; its
    key where they are left out.
    """

    word: str
    noun: str
    cls: str = ""
    bridged: str = ""
    key: tuple[str, ...] = ()
    key_defaults: Mapping[str, str] = field(default_factory=dict)
    api: str = ""
    holders: tuple[str, ...] = ()
    telltale: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """The type token of its class."""
        return f"{CLASS_PREFIX}{self.cls}"

    @property
    def plugin(self) -> str:
        """Its type token in the provider plugin."""
        return f"{PLUGIN_PREFIX}{self.cls}"

    @property
    def module(self) -> str:
        """The module of its class, which is the word by which every state knows its provider."""
        return snake_case(self.cls)

    @property
    def terraform(self) -> str:
        """Its type in Terraform, whose provider pulumi-auth0 bridges."""
        return f"auth0_{snake_case(self.bridged.rpartition(':')[2])}"


API = ResourceKind(
    "api",
    "API",
    cls="ResourceServer",
    bridged="auth0:index/resourceServer:ResourceServer",
    key=("identifier",),
)
PERMISSION = ResourceKind(
    "permission",
    "permission",
    cls="Permission",
    bridged="auth0:index/resourceServerScope:ResourceServerScope",
    key=("resource_server_identifier", "scope"),
    api="resource_server_identifier",
)
PERMISSION_LIST = ResourceKind(
    "permissions",
    "list of permissions",
    bridged="auth0:index/resourceServerScopes:ResourceServerScopes",
    api="resource_server_identifier",
    telltale=("resource_server_identifier", "scopes"),
)
GRANT = ResourceKind(
    "grant",
    "grant",
    cls="ClientGrant",
    bridged="auth0:index/clientGrant:ClientGrant",
    key=("client_id", "default_for", "audience", "subject_type"),
    key_defaults={"subject_type": "client"},
    api="audience",
    holders=("client_id", "default_for"),
    telltale=("audience",),
)

KINDS = (API, PERMISSION, PERMISSION_LIST, GRANT)
