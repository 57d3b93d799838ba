"""One owner of an API's permissions: the API's own `scopes`, or `Permission` resources. Never both.

Two owners would undo each other's work on every run, so the second is refused where the program makes it.
"""

from __future__ import annotations

from typing import Any, Literal
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.settings import get_monitor

from pulumi_auth0_apis.errors import SettingsError

Form = Literal["scopes", "Permission"]
Claims = dict[object, tuple[Form, str]]

_claims_of_run: WeakKeyDictionary[Any, Claims] = WeakKeyDictionary()
"""The claims of one deployment, by its connection to the engine: a test run has many in one process."""


def claim(form: Form, owner: str, identifier: object, opts: pulumi.ResourceOptions | None) -> None:
    """Record that the resource `owner` keeps permissions of the API `identifier`, in this form.

    Raises SettingsError where a resource of the other form has claimed the same API in the same tenant.
    An identifier that is an Output is known by itself; one written as text, by the text.
    """
    monitor = get_monitor()
    if monitor is None:
        return
    claims = _claims_of_run.setdefault(monitor, {})
    key = (_tenant(opts), identifier if isinstance(identifier, str) else id(identifier))
    other, name = claims.setdefault(key, (form, owner))
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
