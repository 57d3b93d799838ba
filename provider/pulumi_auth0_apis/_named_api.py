"""Which API of the program an identifier names, be it the API's output or the same text.

A permission or a grant that names its API by the output follows it through a replacement, and goes before it.
The same text would do neither; so where the program has declared the API before, the text is taken for its
output. A permission goes with its API: where the engine knows that (`ResourceOptions.deleted_with`), it makes
no call for the permissions of an API that it deletes anyway.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

import pulumi

from pulumi_auth0_apis._run import once_a_run

_by_output: WeakValueDictionary[int, NamedApi] = WeakValueDictionary()
"""APIs by the id() of their `identifier` output, which lives as long as they do."""


class NamedApi:
    """An API of the program: its resource, the output that names it, and the text where that was given."""

    def __init__(self, api: pulumi.Resource, output: Any, text: str | None, *, goes: bool) -> None:
        self.api = api
        self.output = output
        self.text = text
        self.goes = goes
        """Whether it goes when the stack does: not one that is retained or protected."""


def remember(api: pulumi.Resource, output: Any, given: object, tenant: object, *, goes: bool) -> NamedApi:
    """Record that `output`, and the text `given` if it is one, name `api`. To be kept as long as the API."""
    named = NamedApi(api, output, given if isinstance(given, str) else None, goes=goes)
    _by_output[id(output)] = named
    if named.text is not None:
        _texts(tenant).setdefault(named.text, named)
    return named


def linked(identifier: Any, tenant: object) -> Any:
    """The output of the API that the text `identifier` names, where the program has declared it before."""
    if not isinstance(identifier, str):
        return identifier
    named = _texts(tenant).get(identifier)
    return identifier if named is None else named.output


def text_of(identifier: Any) -> Any:
    """The text that the output of an API stands for, where it was given as one; else `identifier` itself."""
    named = _by_output.get(id(identifier)) if isinstance(identifier, pulumi.Output) else None
    return identifier if named is None or named.text is None else named.text


def with_its_api(identifier: object, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions | None:
    """`opts` for what goes with the API that the output `identifier` names, unless they say otherwise."""
    named = _by_output.get(id(identifier))
    if named is None or not named.goes:
        return opts
    return pulumi.ResourceOptions.merge(pulumi.ResourceOptions(deleted_with=named.api), opts)


def _texts(tenant: object) -> dict[str, NamedApi]:
    # The provider is kept along, so that no other one gets its id().
    _, texts = once_a_run(("APIs", id(tenant)), lambda: (tenant, dict[str, NamedApi]()))
    return texts
