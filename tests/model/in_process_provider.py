"""A provider without a process: the SDK's protocol objects, called where the engine would send a request."""

from __future__ import annotations

import base64
import re
import traceback
from collections.abc import Mapping
from typing import Any

from google.protobuf import empty_pb2
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.output import Unknown as SdkUnknown
from pulumi.runtime.proto import provider_pb2

from pulumi_auth0_apis._dynamic import PROVIDER_KEY, DynamicProvider
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis.engine.children.provider_process import ProviderProcess
from pulumi_auth0_apis.engine.children.providers import ProviderError
from pulumi_auth0_apis.engine.model.values import Unknown
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct
from pulumi_auth0_apis.management import Session

WRITES = ("Create", "Update", "Delete")


class Mortal:
    """Lets the provider's process die as soon as its n-th write has taken effect; None lets it live."""

    def __init__(self, dies_at: int | None = None) -> None:
        self._left = dies_at
        self.is_dead = False

    def survive(self, method: str, urn: str) -> None:
        """Count a call that was carried out. Raises ProviderError where nobody is left to answer it."""
        if self._left is not None and method in WRITES:
            self._left -= 1
            self.is_dead = self._left <= 0
        self.refuse_dead(method, urn)

    def refuse_dead(self, method: str, urn: str) -> None:
        if self.is_dead:
            raise ProviderError(f"the provider process ended during {method.lower()} of {urn}")


class InProcessProvider(ProviderProcess):
    """What `pulumi.dynamic` does in a process of its own, done here: one memory, one session, one provider
    object of each kind, all gone with the operation.
    """

    def __init__(self, session: Session, mortal: Mortal) -> None:
        self.configured = True
        self._session = session
        self._mortal = mortal
        self._config: dict[str, Any] = {}
        self._kinds: dict[str, DynamicProvider] = {}
        self._memory = _memory()

    async def cancel(self) -> None:
        """What runs here has ended when anybody can interrupt it."""

    async def close(self) -> None:
        self._session.close()

    async def _call(self, method: str, request: Any, urn: str) -> Any:
        self._mortal.refuse_dead(method, urn)
        try:
            answer = getattr(self, f"_{method.lower()}")(request)
        except Exception as error:  # as the SDK: whatever it is, it is told as it would be printed
            raise ProviderError("".join(traceback.format_exception_only(error)).strip()) from None
        self._mortal.survive(method, urn)
        return answer

    def _configure(self, request: Any) -> Any:
        self._config = _plain(request.args)
        return provider_pb2.ConfigureResponse()

    def _check(self, request: Any) -> Any:
        news = _plain(request.news)
        result = self._kind(news).check(_plain(request.olds), news)
        failures = [
            provider_pb2.CheckFailure(property=each.property, reason=each.reason) for each in result.failures
        ]
        return provider_pb2.CheckResponse(inputs=_struct(result.inputs, news), failures=failures)

    def _diff(self, request: Any) -> Any:
        news = _plain(request.news)
        result = self._kind(news).diff(request.id, _plain(request.olds), news)
        found = {None: provider_pb2.DiffResponse.DIFF_UNKNOWN, True: provider_pb2.DiffResponse.DIFF_SOME}
        return provider_pb2.DiffResponse(
            changes=found.get(result.changes, provider_pb2.DiffResponse.DIFF_NONE),
            replaces=result.replaces,
            deleteBeforeReplace=bool(result.delete_before_replace),
        )

    def _create(self, request: Any) -> Any:
        inputs = _plain(request.properties)
        result = self._kind(inputs).create(inputs)
        return provider_pb2.CreateResponse(id=result.id, properties=_struct(result.outs, inputs))

    def _read(self, request: Any) -> Any:
        outputs = _plain(request.properties) or _plain(request.inputs)
        result = self._kind(outputs).read(request.id, outputs)
        response = provider_pb2.ReadResponse(id=result.id or "", properties=_struct(result.outs, outputs))
        if result.inputs is not None:
            response.inputs.CopyFrom(_struct(result.inputs, outputs))
        return response

    def _update(self, request: Any) -> Any:
        news = _plain(request.news)
        result = self._kind(news).update(request.id, _plain(request.olds), news)
        return provider_pb2.UpdateResponse(properties=_struct(result.outs, news))

    def _delete(self, request: Any) -> Any:
        outputs = _plain(request.properties)
        self._kind(outputs).delete(request.id, outputs)
        return empty_pb2.Empty()

    def _kind(self, props: Mapping[str, Any]) -> DynamicProvider:
        """The provider object that the reference in the state names, made once."""
        blob = props[PROVIDER_KEY]
        if blob not in self._kinds:
            (kind,) = re.findall(r"V(\w+)", base64.b64decode(blob).decode())
            provider = lifecycle_of(kind)
            made = self._kinds[blob] = OnThisSession(provider, *self._memory)
            made.own_session = self._session
            made.configure(ConfigureRequest(Config(self._config, "project")))
        return self._kinds[blob]


class OnThisSession(DynamicProvider):
    """The provider of a kind of resource, on the session of its operation instead of one for all times."""

    own_session: Session

    @property
    def session(self) -> Session:
        return self.own_session


def _memory() -> tuple[Any, ...]:
    """What a new provider process remembers: nothing."""
    return (Holdings(),)


def _plain(struct: Struct) -> dict[str, Any]:
    """Properties as the SDK hands them over: numbers are floats, an unknown is an object of its own."""
    plain: dict[str, Any] = _for_sdk(from_struct(struct))
    return {name: value for name, value in plain.items() if value is not None}


def _for_sdk(value: Any) -> Any:
    match value:
        case Unknown():
            return SdkUnknown()  # type: ignore[no-untyped-call]
        case bool():
            return value
        case int():
            return float(value)
        case dict():
            return {key: _for_sdk(item) for key, item in value.items()}
        case list():
            return [_for_sdk(item) for item in value]
        case _:
            return value


def _struct(properties: Mapping[str, Any] | None, given: Mapping[str, Any]) -> Struct:
    """Properties as the SDK answers them: nulls left out, with the reference that came along."""
    kept = {name: _for_engine(value) for name, value in (properties or {}).items() if value is not None}
    return to_struct({**kept, PROVIDER_KEY: given[PROVIDER_KEY]})


def _for_engine(value: Any) -> Any:
    match value:
        case SdkUnknown():
            return Unknown()
        case dict():
            return {key: _for_engine(item) for key, item in value.items() if item is not None}
        case list() | tuple():
            return [_for_engine(item) for item in value]
        case _:
            return value
