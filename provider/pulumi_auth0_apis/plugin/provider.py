"""Pulumi's provider protocol (`pulumi/provider.proto`): one provider, its resources and functions."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from auth0_api_vocabulary import OUR_KINDS
from pulumi_auth0_apis._guard import one_paragraph
from pulumi_auth0_apis._neighbours import SharedHoldings
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis._telling import listener
from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.errors import Auth0ApisError
from pulumi_auth0_apis.management import Session, session_for
from pulumi_auth0_apis.management.settings import domain_of
from pulumi_auth0_apis.plugin import configuration
from pulumi_auth0_apis.plugin.claims import Claims
from pulumi_auth0_apis.plugin.engine_log import EngineLog
from pulumi_auth0_apis.plugin.functions import Functions
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.properties import received, sent
from pulumi_auth0_apis.plugin.resources import PluginResource
from pulumi_auth0_apis.plugin.schema import package
from pulumi_auth0_apis.plugin.words import in_their_words

T = TypeVar("T")

SECONDS_TO_THE_NEXT = 1.0
"""How long the engine may take between one deletion and the next; it writes its state in between."""


def answered(method: Callable[[Any, Any], T]) -> Callable[[Any, Any, grpc.ServicerContext], T]:
    """Answer a call with what `method` returns or, in the words of the program, with its error."""
    guarded = one_paragraph(method)

    @functools.wraps(method)
    def answer(self: Provider, request: Any, context: grpc.ServicerContext) -> T:
        with listener(functools.partial(self.log.tell, urn=getattr(request, "urn", ""))):
            try:
                return guarded(self, request)
            except Auth0ApisError as error:
                context.abort(grpc.StatusCode.UNKNOWN, in_their_words(str(error)))
        raise AssertionError("aborting has raised")

    return answer


class Provider(ResourceProviderServicer):
    """One provider of a program: the stack's own, or an explicit one, which is a tenant of its own."""

    def __init__(self, engine: str) -> None:
        self.log = EngineLog(engine)
        self.cancelled = threading.Event()
        self._holdings = SharedHoldings(SECONDS_TO_THE_NEXT, lambda: engine)
        self._configuration: dict[str, str] = {}
        self._urn = ""
        claims = Claims()
        self._functions = Functions(self.session)
        self._resources = {
            token(kind.cls): PluginResource(lifecycle_of(kind.module), self._holdings, claims, self.session)
            for kind in OUR_KINDS
        }

    def is_news(self, text: str) -> bool:
        """Whether this process has not told it yet."""
        return self._holdings.is_news(text)

    def session(self) -> Session:
        """The connection to the tenant. Its settings are resolved here; its first call fetches the token."""
        return session_for(self._configuration)

    @answered
    def GetPluginInfo(self, _: Empty) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=__version__)

    @answered
    def Attach(self, request: plugin_pb2.PluginAttach) -> Empty:
        self.log = EngineLog(request.address)
        return Empty()

    @answered
    def GetSchema(self, _: proto.GetSchemaRequest) -> proto.GetSchemaResponse:
        return proto.GetSchemaResponse(schema=json.dumps(package()))

    @answered
    def CheckConfig(self, request: proto.CheckRequest) -> proto.CheckResponse:
        self._urn = request.urn
        return configuration.check(request)

    @answered
    def DiffConfig(self, request: proto.DiffRequest) -> proto.DiffResponse:
        return configuration.diff(request)

    @answered
    def Configure(self, request: proto.ConfigureRequest) -> proto.ConfigureResponse:
        self._configuration = configuration.configured(request.args, request.urn or self._urn)
        self._holdings.domain = domain_of(self._configuration)
        return proto.ConfigureResponse(supportsPreview=True)

    @answered
    def Invoke(self, request: proto.InvokeRequest) -> proto.InvokeResponse:
        answer = self._functions.answer(request.tok, received(request.args))
        fields: dict[str, Any] = {"return": sent((), answer)}  # a keyword of Python
        return proto.InvokeResponse(**fields)

    @answered
    def Check(self, request: proto.CheckRequest) -> proto.CheckResponse:
        return self._of(request).check(request)

    @answered
    def Diff(self, request: proto.DiffRequest) -> proto.DiffResponse:
        moved = configuration.moved(request.olds, self._configuration)
        return moved or self._of(request).diff(request)

    @answered
    def Create(self, request: proto.CreateRequest) -> proto.CreateResponse:
        self._refuse_when_cancelled()
        return self._of(request).create(request)

    @answered
    def Read(self, request: proto.ReadRequest) -> proto.ReadResponse:
        return self._of(request).read(request)

    @answered
    def Update(self, request: proto.UpdateRequest) -> proto.UpdateResponse:
        self._refuse_when_cancelled()
        return self._of(request).update(request)

    @answered
    def Delete(self, request: proto.DeleteRequest) -> Empty:
        self._refuse_when_cancelled()
        self._of(request).delete(request)
        return Empty()

    @answered
    def Cancel(self, _: Empty) -> Empty:
        """Take no further changes on. Those that are under way end: half of one would be worse."""
        self.cancelled.set()
        return Empty()

    def _refuse_when_cancelled(self) -> None:
        if self.cancelled.is_set():
            raise Auth0ApisError("The run was cancelled before this change was begun.", "Run it again.")

    def _of(self, request: Any) -> PluginResource:
        kind = request.type or request.urn.split("::")[2].rpartition("$")[2]
        if kind not in self._resources:
            raise Auth0ApisError(
                f"There is no resource {kind} in version {__version__} of this provider.",
                f"It has {', '.join(self._resources)}.",
            )
        return self._resources[kind]
