"""The ResourceMonitor service: what a program says to the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NoReturn, Protocol

import grpc
import grpc.aio
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from pulumi_auth0_apis.engine.children.callbacks import Callbacks
from pulumi_auth0_apis.engine.children.program import ORGANIZATION, RunInfo
from pulumi_auth0_apis.engine.files.hashing import hashed
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.problems import EngineError, Refusal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import DYNAMIC_PACKAGE, package_of
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct
from pulumi_auth0_apis.engine.running.executor import StepFailed
from pulumi_auth0_apis.engine.running.hooks import Hooks
from pulumi_auth0_apis.engine.running.source_positions import SourcePositions
from pulumi_auth0_apis.engine.running.transforms import Transforms

FEATURES = (
    "SECRETS",
    "RESOURCE_REFERENCES",
    "OUTPUT_VALUES",
    "ALIAS_SPECS",
    "DELETED_WITH",
    "TRANSFORMS",
    "INVOKE_TRANSFORMS",
    "PARAMETERIZATION",
    "REPLACE_WITH",
    "REPLACEMENT_TRIGGER",
    "RESOURCE_HOOKS",
    "ERROR_HOOKS",
    "STATE_MIGRATIONS",  # which is refused when it is used, in words of our own
)
"""Members of the SDK's enumeration, which older ones lack, as they lack the call that tells of them."""

KNOWN_TO_OLDER = frozenset(
    {
        "secrets",
        "resourceReferences",
        "outputValues",
        "aliasSpecs",
        "deletedWith",
        "transforms",
        "invokeTransforms",
        "parameterization",
        "resourceHooks",
        "errorHooks",
    }
)
"""The same by the names under which older SDKs ask for them."""

Context = Any


@dataclass(frozen=True)
class Registered:
    """A resource as the program gets it back. One that is not done has no outputs; the program goes on."""

    state: ResourceState
    is_done: bool = True
    is_known: bool = True
    """It is there once this run is through; otherwise the program goes on with outputs that are unknown."""


class Registrar(Protocol):
    """Who answers a program's registrations."""

    async def register(self, goal: Goal) -> Registered: ...
    async def read(self, goal: Goal, resource_id: str) -> ResourceState: ...
    async def invoke(self, token: str, arguments: Properties, provider: str) -> Properties: ...
    async def register_outputs(self, urn: str, outputs: Properties) -> None: ...


class Life(Protocol):
    """Who follows a program to its end."""

    def abandon(self, reason: Exception) -> None: ...
    async def program_is_through(self) -> None: ...


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Translates between the program's requests and the deployment."""

    def __init__(
        self, run_info: RunInfo, registrar: Registrar, life: Life, callbacks: Callbacks, hooks: Hooks
    ) -> None:
        self._run_info = run_info
        self._registrar = registrar
        self._life = life
        self._hooks = hooks
        self._transforms = Transforms(callbacks)
        self._positions = SourcePositions(run_info.root)

    async def GetDeploymentInfo(self, _request: Any, _context: Context) -> Any:
        """Tell the program where it runs."""
        return resource_pb2.DeploymentInfo(
            project=self._run_info.project,
            stack=self._run_info.stack,
            organization=ORGANIZATION,
            config=dict(self._run_info.config),
            configSecretKeys=self._run_info.secret_keys,
            dryRun=self._run_info.preview,
            parallel=self._run_info.parallel,
            supportedFeatures=[
                getattr(resource_pb2, f"RESOURCE_MONITOR_FEATURE_{feature}") for feature in FEATURES
            ],
        )

    async def SupportsFeature(self, request: Any, _context: Context) -> Any:
        """Tell older SDKs, one by one, what this engine understands."""
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in KNOWN_TO_OLDER)

    async def RegisterResource(self, request: Any, context: Context) -> Any:
        """Plan and carry out a resource; answers once it is done."""
        try:
            transformed = await self._transforms.applied(request)
            registered = await self._registrar.register(self._goal(transformed))
        except (EngineError, Refusal, StepFailed) as reason:
            await self._give_up(context, reason)
        state = registered.state
        self._transforms.note(state.urn, request)
        outputs = state.outputs if request.custom else {}
        answer = resource_pb2.RegisterResourceResponse(
            urn=state.urn,
            id=state.id,
            object=to_struct(outputs, keep_secrets=request.acceptSecrets),
            result=resource_pb2.SUCCESS if registered.is_done else resource_pb2.FAIL,
        )
        if not registered.is_known and hasattr(answer, "unknown"):  # older SDKs find out by themselves
            answer.unknown = True
        return answer

    def _goal(self, request: Any) -> Goal:
        goal = Goal.from_request(request, self._positions.of(request))
        if package_of(goal.type) == DYNAMIC_PACKAGE:  # has no assets, and there may be thousands of them
            return goal
        return replace(goal, properties=hashed(goal.properties, self._run_info.directory))

    async def ReadResource(self, request: Any, context: Context) -> Any:
        """Read a resource that the program names by its id."""
        try:
            goal = _read_goal(request, self._positions.of(request))
            state = await self._registrar.read(goal, request.id)
        except (EngineError, Refusal, StepFailed) as reason:
            await self._give_up(context, reason)
        properties = to_struct(state.outputs, keep_secrets=request.acceptSecrets)
        return resource_pb2.ReadResourceResponse(urn=state.urn, properties=properties)

    async def RegisterResourceOutputs(self, request: Any, context: Context) -> Any:
        """Take the outputs of a component or of the stack."""
        try:
            outputs = hashed(from_struct(request.outputs), self._run_info.directory)
            await self._registrar.register_outputs(request.urn, outputs)
        except (EngineError, Refusal, StepFailed) as reason:
            await self._give_up(context, reason)
        return empty_pb2.Empty()

    async def SignalAndWaitForShutdown(self, _request: Any, _context: Context) -> Any:
        """The program has registered everything; answers once none of its functions is needed any more."""
        await self._life.program_is_through()
        return empty_pb2.Empty()

    async def Invoke(self, request: Any, context: Context) -> Any:
        """Answer for a function of a provider."""
        answer = await self._answer(request, context)
        return provider_pb2.InvokeResponse(**{"return": answer})

    async def Call(self, request: Any, context: Context) -> Any:
        """Answer for a method of a resource, which is a function of the resource and more."""
        answer = await self._answer(request, context)
        return provider_pb2.CallResponse(**{"return": answer})

    async def _answer(self, request: Any, context: Context) -> Any:
        try:
            arguments = await self._transforms.applied_to_arguments(request.tok, request.args)
            given = hashed(from_struct(arguments), self._run_info.directory)
            return to_struct(await self._registrar.invoke(request.tok, given, request.provider))
        except (EngineError, Refusal, StepFailed) as reason:
            await self._give_up(context, reason)

    async def RegisterStackTransform(self, request: Any, _context: Context) -> Any:
        """Take a transform of the whole stack."""
        self._transforms.add(request)
        return empty_pb2.Empty()

    async def RegisterStackInvokeTransform(self, request: Any, _context: Context) -> Any:
        """Take a transform of functions."""
        self._transforms.add_for_functions(request)
        return empty_pb2.Empty()

    async def RegisterResourceHook(self, request: Any, context: Context) -> Any:
        """Take a function that runs before or after steps of resources that name it."""
        return await self._hooked(self._hooks.add, request, context)

    async def RegisterErrorHook(self, request: Any, context: Context) -> Any:
        """Take a function that says whether to try once more."""
        return await self._hooked(self._hooks.add_for_errors, request, context)

    async def _hooked(self, add: Callable[[Any], None], request: Any, context: Context) -> Any:
        """Take a hook. One that is wrong is the program's error, which tells it by itself."""
        try:
            add(request)
        except EngineError as error:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        return empty_pb2.Empty()

    async def RegisterPackage(self, request: Any, _context: Context) -> Any:
        """Take any package: what matters is whether its resources are played, and they name it themselves."""
        return resource_pb2.RegisterPackageResponse(ref=request.name)

    async def _give_up(self, context: Context, reason: Exception) -> NoReturn:
        """Stop the deployment; the program is told that nobody listens any more."""
        self._life.abandon(reason)
        await context.abort(grpc.StatusCode.UNAVAILABLE, "the deployment has been stopped")
        raise reason


def add_monitor(monitor: Monitor, server: grpc.aio.Server) -> None:
    """Serve a monitor at a gRPC server."""
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)


def _read_goal(request: Any, source_position: str) -> Goal:
    return Goal(
        type=request.type,
        name=request.name,
        properties=from_struct(request.properties),
        parent=request.parent,
        provider=request.provider,
        dependencies=tuple(sorted(request.dependencies)),
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        source_position=source_position,
    )
