"""Which API of the program an Output names.

A permission goes with its API. Where the engine knows that (`ResourceOptions.deleted_with`), it makes no call
for the permissions of an API that it deletes anyway: no list of permissions is written on the way down.
"""

from __future__ import annotations

from weakref import WeakValueDictionary

import pulumi

_by_identifier: WeakValueDictionary[int, pulumi.Resource] = WeakValueDictionary()
"""APIs by the id() of their `identifier` output, which lives as long as they do."""


def remember(api: pulumi.Resource, identifier: object, opts: pulumi.ResourceOptions | None) -> None:
    """Record that the output `identifier` names `api`; not of an API that outlives the stack."""
    if opts is None or (opts.id is None and not opts.retain_on_delete):
        _by_identifier[id(identifier)] = api


def with_its_api(identifier: object, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions | None:
    """`opts` for what goes with the API that `identifier` names, unless they say otherwise."""
    api = _by_identifier.get(id(identifier))
    if api is None:
        return opts
    return pulumi.ResourceOptions.merge(pulumi.ResourceOptions(deleted_with=api), opts)
