"""One owner of an API's permissions: the API's own `scopes`, or `Permission` resources. Never both.

Two owners would undo each other's work on every run, so the second is refused where the program makes it. A
program that moves from one form to the other has both in its state for one run: there, the provider remembers
which lists it has written, so that a Permission that goes does not take the listed permission along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pulumi

from pulumi_auth0_apis._run import once_a_run
from pulumi_auth0_apis.errors import SettingsError

Form = Literal["scopes", "Permission"]

_listed: dict[tuple[str, str], frozenset[str]] = {}
"""The permissions that this provider process has written as an API's own list, by domain and identifier."""


def claim(form: Form, owner: str, identifier: object, opts: pulumi.ResourceOptions | None) -> None:
    """Record that the resource `owner` keeps permissions of the API `identifier`, in this form.

    Raises SettingsError where a resource of the other form has claimed the same API in the same tenant.
    An identifier that is an Output is recognised as the same object, one written as text by the text.
    """
    api = identifier if isinstance(identifier, str) else id(identifier)
    key = ("owner of scopes", _tenant(opts), api)
    # The identifier is kept along, so that no other Output gets its id().
    other, name, _ = once_a_run(key, lambda: (form, owner, identifier))
    if other != form:
        inline, single = (name, owner) if form == "Permission" else (owner, name)
        raise SettingsError(
            f'The API of ResourceServer "{inline}"',
            [
                (
                    "scopes",
                    f'the permissions are listed there and also managed by Permission "{single}"; '
                    "two owners would undo each other's work: keep one of the two forms",
                )
            ],
        )


def _tenant(opts: pulumi.ResourceOptions | None) -> object:
    """What tells the tenants of one program apart: the explicit provider, given or inherited."""
    if opts is None:
        return None
    if opts.provider is not None:
        return id(opts.provider)
    inherited = opts.parent.get_provider("pulumi-python:dynamic/auth0:Permission") if opts.parent else None
    return id(inherited) if inherited else None


def listed(domain: str, identifier: str, scopes: Iterable[Mapping[str, Any]]) -> None:
    """Record that the API of `identifier` now lists its own permissions."""
    _listed[domain, identifier] = frozenset(scope["value"] for scope in scopes)


def is_listed(domain: str, identifier: str, scope: str) -> bool:
    """Whether the API has taken over this permission in its own list, in this run."""
    return scope in _listed.get((domain, identifier), ())
