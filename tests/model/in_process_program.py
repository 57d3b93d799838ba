"""A program without a process: what the SDK would say to the engine for the declarations of a model."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi.runtime.proto import alias_pb2, resource_pb2

from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis._provider import reference
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE
from pulumi_auth0_apis.engine.model.values import Unknown
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct
from pulumi_auth0_apis.engine.running.monitor import Monitor
from pulumi_auth0_apis.resources import client_grant, permission, resource_server

from .declarations import (
    COMPONENT_TYPE,
    PROJECT,
    TYPES,
    Component,
    Declaration,
    Kind,
    Program,
    Was,
    parent_urn,
    stack_urn,
)

MODULES: Mapping[Kind, Any] = {"api": resource_server, "permission": permission, "grant": client_grant}
IDENTIFIER: Mapping[Kind, str] = {
    "api": "identifier",
    "permission": "resource_server_identifier",
    "grant": "audience",
}
OWN: Mapping[Kind, str] = {"permission": "scope", "grant": "client_id"}
PACKAGE_OPTIONS = ("adopt", "force")


class GivenUp(Exception):
    """The engine goes no further, which is how gRPC tells the SDK: the call is aborted."""


class _Context:
    """What a servicer needs of gRPC."""

    async def abort(self, code: object, details: str) -> None:
        raise GivenUp(details)


@dataclass(frozen=True)
class Source:
    """A program, and for what run of what stack it registers its resources."""

    program: Program
    stack: str
    preview: bool

    def complaint(self) -> str | None:
        """What the package refuses where the program declares it, before anything is registered."""
        for declaration in self.program:
            first = self.program.keys[declaration.key]
            if first != declaration:
                return f"{first} and {declaration} stand for one {declaration.kind} of the tenant."
        return None


class ProgramStandIn:
    """Registers a program's resources side by side, each once what it refers to is there."""

    def __init__(self, monitor: Monitor, source: Source) -> None:
        self._monitor = monitor
        self._source = source
        self._program, self._stack = source.program, source.stack
        self._registered: dict[str, asyncio.Task[dict[str, Any]]] = {}

    async def run(self) -> bool:
        """Register everything; returns whether the program and the engine have let it come to its end."""
        try:
            await self._register(type=STACK_TYPE, name=f"{PROJECT}-{self._stack}")
            if self._source.complaint():
                return False
            for component in self._program.components:
                self._begin(parent_urn(self._stack, component.name), self._component(component))
            for declaration in self._program:
                self._begin(declaration.urn(self._stack), self._declared(declaration))
            await _all(self._registered.values())
            request = resource_pb2.RegisterResourceOutputsRequest(urn=stack_urn(self._stack))
            await self._monitor.RegisterResourceOutputs(request, _Context())
            await self._monitor.SignalAndWaitForShutdown(None, _Context())
        except GivenUp:
            return False
        return True

    def _begin(self, urn: str, registration: Coroutine[Any, Any, dict[str, Any]]) -> None:
        self._registered[urn] = asyncio.create_task(registration)

    async def _component(self, component: Component) -> dict[str, Any]:
        urn = parent_urn(self._stack, component.name)
        made = await self._register(
            type=COMPONENT_TYPE,
            name=component.name,
            parent=stack_urn(self._stack),
            aliases=[self._alias(each) for each in component.aliases],
        )
        request = resource_pb2.RegisterResourceOutputsRequest(urn=urn)
        await self._monitor.RegisterResourceOutputs(request, _Context())
        return made

    async def _declared(self, declaration: Declaration) -> dict[str, Any]:
        if declaration.component:
            await asyncio.shield(self._registered[parent_urn(self._stack, declaration.component)])
        properties, used = await self._properties(declaration)
        urns = sorted({urn for each in used.values() for urn in each})
        return await self._register(
            type=TYPES[declaration.kind],
            name=declaration.logical_name,
            custom=True,
            parent=parent_urn(self._stack, declaration.component),
            object=to_struct(properties),
            dependencies=urns,
            propertyDependencies={
                name: resource_pb2.RegisterResourceRequest.PropertyDependencies(urns=each)
                for name, each in used.items()
            },
            aliases=[self._alias(each) for each in declaration.aliases],
            **self._options(declaration),
        )

    async def _properties(self, declaration: Declaration) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """The inputs, with outputs of other resources resolved, and whose outputs each of them uses."""
        own = {OWN[declaration.kind]: declaration.own} if declaration.own else {}
        package = {name: declaration.options[name] for name in PACKAGE_OPTIONS if name in declaration.options}
        kind = reference(MODULES[declaration.kind].__name__.rpartition(".")[2])
        properties = {PROVIDER_KEY: kind, **declaration.settings, **own, **package}
        used: dict[str, list[str]] = {name: [] for name in properties}
        identifier, used[IDENTIFIER[declaration.kind]] = await self._identifier(declaration)
        properties[IDENTIFIER[declaration.kind]] = identifier
        if declaration.kind == "grant":
            scopes = [await self._scope(declaration, each) for each in declaration.settings["scopes"]]
            properties["scopes"] = [scope for scope, _ in scopes]
            used["scopes"] = sorted({urn for _, urns in scopes for urn in urns})
        elif "scopes" in declaration.settings:
            properties["scopes"] = [{"value": scope} for scope in declaration.settings["scopes"]]
        return properties, used

    async def _identifier(self, declaration: Declaration) -> tuple[Any, list[str]]:
        api = self._program.referred(declaration)
        return (declaration.api, []) if api is None else await self._output(api, "identifier")

    async def _scope(self, grant: Declaration, scope: str) -> tuple[Any, list[str]]:
        found = self._program.permission(grant, scope)
        return (scope, []) if found is None else await self._output(found, "scope")

    async def _output(self, declaration: Declaration, name: str) -> tuple[Any, list[str]]:
        """An output of another resource; a preview may not know it yet."""
        urn = declaration.urn(self._stack)
        outputs = await asyncio.shield(self._registered[urn])
        return outputs.get(name, Unknown() if self._source.preview else None), [urn]

    def _options(self, declaration: Declaration) -> dict[str, Any]:
        """The resource options; a permission goes with its API as `with_its_api` says."""
        options: dict[str, Any] = {"acceptSecrets": True, "acceptResources": True}
        given = declaration.options
        if "delete_before_replace" in given:
            options["deleteBeforeReplace"] = given["delete_before_replace"]
            options["deleteBeforeReplaceDefined"] = True
        for name, written in (("protect", "protect"), ("retain_on_delete", "retainOnDelete")):
            if name in given:
                options[written] = given[name]
        options["replaceOnChanges"] = given.get("replace_on_changes", ())
        options["additionalSecretOutputs"] = ["signing_secret"] if declaration.kind == "api" else []
        api = self._program.referred(declaration)
        if declaration.kind == "permission" and api and _goes(api):
            options["deletedWith"] = api.urn(self._stack)
        return options

    def _alias(self, was: Was) -> alias_pb2.Alias:
        spec = alias_pb2.Alias.Spec(name=was.name or "")
        if was.component == "":
            spec.noParent = True
        elif was.component is not None:
            spec.parentUrn = parent_urn(self._stack, was.component)
        return alias_pb2.Alias(spec=spec)

    async def _register(self, **fields: Any) -> dict[str, Any]:
        request = resource_pb2.RegisterResourceRequest(**fields)
        response = await self._monitor.RegisterResource(request, _Context())
        return from_struct(response.object)


def _goes(api: Declaration) -> bool:
    """Whether an API goes when the stack does."""
    stays = ("retain_on_delete", "protect")
    return not any(api.options.get(option) for option in stays)


async def _all(registrations: Iterable[asyncio.Task[Any]]) -> None:
    """Wait for all of them, and only then raise what the first has raised."""
    outcomes = await asyncio.gather(*registrations, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
