"""A stack's Auth0 resources before and after: its APIs, their permissions, and who may ask for which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from auth0_api_vocabulary import BY_TOKEN, ResourceKind, kinds
from auth0_api_vocabulary.marks import MASK
from pulumi_auth0_apis.report.log import ResourceChange
from pulumi_auth0_apis.report.redaction import LATER

EVERYTHING = "every permission, future ones included"

FOR_WHOM = {"client": "", "user": " for its users", "anonymous_user": " for anybody, without a login"}
"""What follows the application's name, by the subject type of its grant."""


class Grantee(NamedTuple):
    """Who has access to what: an application, or all third-party ones, and an API."""

    application: str
    audience: str
    subject: str
    """`client` for the application itself, `user` and `anonymous_user` for what it does for others."""


@dataclass(frozen=True)
class DeclaredAccess:
    """One side of a run."""

    permissions: Mapping[str, frozenset[str]]
    """The permissions that the stack declares, by the API's identifier."""
    access: Mapping[Grantee, frozenset[str]]
    """What each application may ask for: the scopes of its grants that the API declares."""


def kind_of(change: ResourceChange) -> ResourceKind | None:
    """Return the kind of a resource, or None for what is not Auth0's."""
    return BY_TOKEN.get(change.type)


class _DeclaredResource(NamedTuple):
    """One resource on one side of a run."""

    kind: ResourceKind
    name: str
    inputs: Mapping[str, Any]


def before_and_after(changes: Iterable[ResourceChange]) -> tuple[DeclaredAccess, DeclaredAccess]:
    """Return the tenant as the stack's state has it, and as the program has it.

    The stack knows all permissions of an API where it declares one on either side: an API that loses its last
    permission has none, while one whose permissions are managed elsewhere has whatever they say there.
    """
    everything = list(changes)
    sides = [
        _resources((change, change.old) for change in everything),
        _resources((change, change.new) for change in everything),
    ]
    known = {identifier for side in sides for resource in side for identifier, _ in _declared(resource)}
    old, new = (_tenant(side, known) for side in sides)
    return old, new


def _resources(side: Iterable[tuple[ResourceChange, Mapping[str, Any] | None]]) -> list[_DeclaredResource]:
    return [
        _DeclaredResource(kind, change.name, inputs)
        for change, inputs in side
        if inputs is not None and (kind := kind_of(change)) is not None
    ]


def _tenant(resources: list[_DeclaredResource], known: set[str]) -> DeclaredAccess:
    permissions: defaultdict[str, set[str]] = defaultdict(set)
    for resource in resources:
        for identifier, scope in _declared(resource):
            permissions[identifier].add(scope)
    access: defaultdict[Grantee, set[str]] = defaultdict(set)
    for resource in resources:
        if resource.kind.holders:
            who = grantee(*resource)
            declared = permissions.get(who.audience, set()) if who.audience in known else None
            access[who] |= _effective(resource.inputs, declared)
    return DeclaredAccess(
        {identifier: frozenset(scopes) for identifier, scopes in permissions.items()},
        {grantee: frozenset(scopes) for grantee, scopes in access.items()},
    )


def _declared(resource: _DeclaredResource) -> list[tuple[str, str]]:
    kind, _, inputs = resource
    if kind is kinds.PERMISSION:
        return [(str(inputs.get("resource_server_identifier")), str(inputs.get("scope")))]
    identifier = str(inputs.get("identifier" if kind is kinds.API else kind.api))
    scopes = inputs.get("scopes") if kind in (kinds.API, kinds.PERMISSION_LIST) else None
    if not isinstance(scopes, list):
        return []
    return [
        (identifier, str(scope.get("value", scope.get("name"))))
        for scope in scopes
        if isinstance(scope, Mapping)
    ]


def grantee(kind: ResourceKind, name: str, inputs: Mapping[str, Any]) -> Grantee:
    """Return who has access to what by the inputs of the resource `name`, a grant say."""
    setting = next((holder for holder in kind.holders if inputs.get(holder)), "")
    application = str(inputs.get(setting, ""))
    if setting == "default_for":
        application = application.replace("_", " ")
    if application in (MASK, LATER):
        application = f"the application of {name}"
    return Grantee(application, str(inputs.get(kind.api)), str(inputs.get("subject_type") or "client"))


def _effective(grant: Mapping[str, Any], declared: set[str] | None) -> set[str]:
    """Return the scopes that a token can have: those that the API declares, where the stack knows all."""
    if grant.get("allow_all_scopes") is True:
        return {EVERYTHING}
    scopes = grant.get("scopes")
    granted = {str(scope) for scope in scopes} if isinstance(scopes, list) else set()
    return granted if declared is None else granted & (declared | {MASK, LATER})
