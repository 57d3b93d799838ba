"""The same stories over the plugin's protocol: its answers in place of the SDK's, in its own spelling.

Programs and states of the model are those of the dynamic resources. What the engine asks is put in camelCase
on its way to the plugin, and what it answers is put back, so that one model judges both faces.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from google.protobuf import empty_pb2
from google.protobuf.struct_pb2 import Struct

from auth0_api_vocabulary.families import PLUGIN, in_our_words
from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.plugin.claims import Claims
from pulumi_auth0_apis.plugin.resources import PluginResource

from .in_process_provider import InProcessProvider, Mortal

ASKED = ("news", "olds", "old_inputs", "properties", "inputs")
"""The fields of a request that hold properties, first those that name the kind for sure."""


class NoClaims(Claims):
    """The programs of the model are run without the constructors that refuse a second owner; so is this."""

    def failures(self, *_: object) -> Iterator[tuple[str, str]]:
        return iter(())


class InProcessPlugin(InProcessProvider):
    """What the plugin does in a process of its own, done here."""

    def __init__(self, session: Session, mortal: Mortal) -> None:
        super().__init__(session, mortal)
        self._holdings, self._claims = Holdings(), NoClaims()
        self._resources: dict[str, PluginResource] = {}

    def _check(self, request: Any) -> Any:
        return self._translated("check", request)

    def _diff(self, request: Any) -> Any:
        answer = self._translated("diff", request)
        own = list(in_our_words(dict.fromkeys(answer.replaces)))
        answer.ClearField("detailedDiff")
        answer.ClearField("replaces")
        answer.replaces.extend(own)
        return answer

    def _create(self, request: Any) -> Any:
        return self._translated("create", request)

    def _read(self, request: Any) -> Any:
        return self._translated("read", request)

    def _update(self, request: Any) -> Any:
        return self._translated("update", request)

    def _delete(self, request: Any) -> Any:
        self._translated("delete", request)
        return empty_pb2.Empty()

    def _translated(self, method: str, request: Any) -> Any:
        given = {name: from_struct(getattr(request, name)) for name in ASKED if hasattr(request, name)}
        blob = next(props[PROVIDER_KEY] for props in given.values() if PROVIDER_KEY in props)
        resource = self._resource(blob)
        asked = type(request)()
        asked.CopyFrom(request)
        for name, props in given.items():
            if request.HasField(name):
                props.pop(PROVIDER_KEY, None)
                getattr(asked, name).CopyFrom(to_struct(PLUGIN.spelled(props)))
        answer = getattr(resource, method)(asked)
        for name in ("inputs", "properties"):
            if answer is not None and name in answer.DESCRIPTOR.fields_by_name and answer.HasField(name):
                self._put_back(resource, getattr(answer, name), blob)
        return answer

    def _put_back(self, resource: PluginResource, struct: Struct, blob: str) -> None:
        own = in_our_words(from_struct(struct, keep_secrets=False))
        struct.CopyFrom(to_struct({**own, PROVIDER_KEY: blob}))

    def _resource(self, blob: str) -> PluginResource:
        if blob not in self._resources:
            (kind,) = re.findall(r"V(\w+)", base64.b64decode(blob).decode())
            self._resources[blob] = PluginResource(
                lifecycle_of(kind), self._holdings, self._claims, lambda: self._session
            )
        return self._resources[blob]
