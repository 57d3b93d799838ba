"""A stack's Auth0 resources before and after: its APIs, their permissions, and who may ask for which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from auth0_api_vocabulary import KINDS

from .log import Change

EVERYTHING = "every permission, future ones included"


class Grantee(NamedTuple):
    """Who has access to what: an application, or all third-party ones, and an API."""

    application: str
    audience: str
    subject: str
    """`client` for the application itself, `user` for what it does for users."""


@dataclass(frozen=True)
class Tenant:
    """One side of a run."""

    permissions: Mapping[str, frozenset[str]]
    """The permissions that the stack declares, by the API's identifier."""
    access: Mapping[Grantee, frozenset[str]]
    """What each application may ask for: the scopes of its grants that the API declares."""


def kind_of(change: Change) -> str:
    """Return `api`, `permission`, `permissions`, `grant`, or nothing for what is not Auth0's."""
    return KINDS.get(change.type, "")


def before(changes: Iterable[Change]) -> Tenant:
    """Return the tenant as the stack's state has it."""
    return _tenant([(kind_of(change), change.old) for change in changes if change.old is not None])


def after(changes: Iterable[Change]) -> Tenant:
    """Return the tenant as the program has it."""
    return _tenant([(kind_of(change), change.new) for change in changes if change.new is not None])


def _tenant(resources: list[tuple[str, Mapping[str, Any]]]) -> Tenant:
    apis = {str(inputs.get("identifier")) for kind, inputs in resources if kind == "api"}
    permissions: defaultdict[str, set[str]] = defaultdict(set)
    for kind, inputs in resources:
        for identifier, scope in _declared(kind, inputs):
            permissions[identifier].add(scope)
    access: defaultdict[Grantee, set[str]] = defaultdict(set)
    for kind, inputs in resources:
        if kind == "grant":
            audience = str(inputs.get("audience"))
            known = permissions.get(audience, set()) if audience in apis else None
            access[_grantee(inputs)] |= _effective(inputs, known)
    return Tenant(
        {identifier: frozenset(scopes) for identifier, scopes in permissions.items()},
        {grantee: frozenset(scopes) for grantee, scopes in access.items()},
    )


def _declared(kind: str, inputs: Mapping[str, Any]) -> list[tuple[str, str]]:
    if kind == "permission":
        return [(str(inputs.get("resource_server_identifier")), str(inputs.get("scope")))]
    identifier = str(inputs.get("identifier" if kind == "api" else "resource_server_identifier"))
    scopes = inputs.get("scopes") if kind in ("api", "permissions") else None
    if not isinstance(scopes, list):
        return []
    return [
        (identifier, str(scope.get("value", scope.get("name"))))
        for scope in scopes
        if isinstance(scope, Mapping)
    ]


def _grantee(grant: Mapping[str, Any]) -> Grantee:
    application = grant.get("client_id") or str(grant.get("default_for", "")).replace("_", " ")
    return Grantee(str(application), str(grant.get("audience")), str(grant.get("subject_type") or "client"))


def _effective(grant: Mapping[str, Any], declared: set[str] | None) -> set[str]:
    """Return the scopes that a token can have: those that the API declares, where the stack knows them."""
    if grant.get("allow_all_scopes") is True:
        return {EVERYTHING}
    scopes = grant.get("scopes")
    granted = {str(scope) for scope in scopes} if isinstance(scopes, list) else set()
    return granted if not declared else granted & declared
