"""One resource an object, and one owner of an API's permissions, as far as a check sees the program.

A Python program of the dynamic resources is told so by their constructors. Programs in other languages have
none of ours, but the engine asks this process to check every resource of a run, in a preview too.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import kinds, name_of
from pulumi_auth0_apis._holdings import ObjectKey
from pulumi_auth0_apis._inputs import Failure, is_unknown
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._two_owners import of_one_list, of_one_object


class Claims:
    """Which resource of this run stands for which object. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._objects: dict[ObjectKey, str] = {}
        self._lists: dict[str, str] = {}
        self._permissions: dict[str, str] = {}

    def failures(self, provider: ObjectProvider, urn: str, inputs: Mapping[str, Any]) -> Iterator[Failure]:
        """Why another resource of the run stands in the way of this one. Yields nothing of unknown inputs."""
        if any(name not in inputs for name in provider.key if name not in provider.kind.holders):
            return  # which is a failure of its own
        key = provider.key_of({**provider.kind.key_defaults, **inputs})
        if key is None:
            return
        with self._lock:
            first = self._objects.setdefault(key, urn)
            if first != urn:
                yield provider.key[0], of_one_object(provider, _quoted(first), _quoted(urn))
            yield from self._second_owner(provider, urn, inputs)

    def _second_owner(
        self, provider: ObjectProvider, urn: str, inputs: Mapping[str, Any]
    ) -> Iterator[Failure]:
        if provider.kind is kinds.API and "scopes" in inputs and not is_unknown(inputs["scopes"]):
            api = inputs["identifier"]
            self._lists[api] = urn
            if api in self._permissions:
                yield "scopes", of_one_list(_quoted(self._permissions[api]))
        elif provider.kind is kinds.PERMISSION:
            api = inputs[provider.kind.api]
            self._permissions.setdefault(api, urn)
            if api in self._lists:
                listing = f"the API is {_quoted(self._lists[api])}, which has the property scopes: "
                yield provider.kind.api, listing + of_one_list(_quoted(urn))


def _quoted(urn: str) -> str:
    return f'"{name_of(urn)}"'
