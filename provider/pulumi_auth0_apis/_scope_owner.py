"""One owner of an API's permissions: the API's own `scopes`, or `Permission` resources. Never both.

Two owners would undo each other's work on every run, so the second is refused where the program makes it.
"""

from __future__ import annotations

from typing import Literal

from pulumi_auth0_apis._named_api import text_of
from pulumi_auth0_apis._run import once_a_run
from pulumi_auth0_apis._two_owners import of_one_list
from pulumi_auth0_apis.errors import SettingsError

ScopeForm = Literal["scopes", "Permission"]


def claim(form: ScopeForm, owner: str, identifier: object, tenant: object) -> None:
    """Record that the resource `owner` keeps permissions of the API `identifier`, in this form.

    Raises SettingsError where a resource of the other form has claimed the same API in the same tenant.
    An identifier that is an Output is recognised as the same object, one written as text by the text.
    """
    api = text_of(identifier)
    key = ("owner of scopes", id(tenant), api if isinstance(api, str) else id(api))
    # Provider and identifier are kept along, so that no other object gets their id().
    other, name, *_ = once_a_run(key, lambda: (form, owner, tenant, identifier))
    if other != form:
        inline, single = (name, owner) if form == "Permission" else (owner, name)
        raise SettingsError(
            f'The API of ResourceServer "{inline}"',
            [("scopes", of_one_list(f'Permission "{single}"'))],
        )
