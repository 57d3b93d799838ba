"""Hooks: functions of the program that run before and after the steps of a resource, and when a call fails.

What they are given, when they run and what their failures mean is as in `RunHooks` and `RunErrorHooks` of
`pkg/resource/deploy/deployment.go` of pulumi/pulumi, and in the steps of `step.go` beside it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from pulumi.runtime.proto import resource_pb2

from pulumi_auth0_apis.engine.children.callbacks import Callbacks
from pulumi_auth0_apis.engine.children.providers import ProviderError
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.decisions import DELETIONS, Op
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import name_of
from pulumi_auth0_apis.engine.model.wire import to_struct

T = TypeVar("T")

MOST_ATTEMPTS: Final = 100
"""How often a call is made at most, whatever error hooks ask for (`maxErrorHookRetries`)."""

_MOMENTS: Final[dict[Op, str]] = {
    Op.CREATE: "Create",
    Op.CREATE_REPLACEMENT: "Create",
    Op.UPDATE: "Update",
    **dict.fromkeys(DELETIONS, "Delete"),
}
"""The steps that have hooks, by what a state calls the moment: `BeforeCreate`, `AfterCreate`, …"""


class Hooks:
    """The hooks that a program has registered; resources name them."""

    def __init__(
        self,
        callbacks: Callbacks,
        events: EventStream,
        status: RunStatus,
        *,
        preview: bool,
        keep_going: bool = False,
    ) -> None:
        """With `keep_going` other resources go on after an after-hook has failed."""
        self._callbacks = callbacks
        self._events = events
        self._status = status
        self._preview = preview
        self._keep_going = keep_going
        self._of_steps: dict[str, Any] = {}
        self._of_errors: dict[str, Any] = {}

    def __bool__(self) -> bool:
        """Whether the program has registered any."""
        return bool(self._of_steps or self._of_errors)

    def add(self, registration: Any) -> None:
        """Take a `RegisterResourceHookRequest`. Raises `EngineError` where its name is taken, or empty."""
        self._check_name(registration.name)
        self._of_steps[registration.name] = registration

    def add_for_errors(self, registration: Any) -> None:
        """Take a `RegisterErrorHookRequest`. Raises `EngineError` where its name is taken, or empty."""
        self._check_name(registration.name)
        self._of_errors[registration.name] = registration

    async def before(self, step: Step) -> None:
        """Run what comes before a step. Raises `EngineError` where the step may not be carried out."""
        await self._run("Before", step)

    async def after(self, step: Step) -> None:
        """Run what comes after a step that is done.

        What has been done stays done, and is recorded; the run fails all the same, and nothing more begins.
        """
        try:
            await self._run("After", step)
        except EngineError as error:
            self._events.diagnostic("error", str(error), step.urn)
            self._status.fail_step(corrupts=False)
            if not self._keep_going:
                self._status.stop()

    async def retrying(self, step: Step, call: Callable[[], Awaitable[T]]) -> T:
        """Make the call of a step, again as long as it fails and an error hook wants so."""
        failures: list[str] = []
        while True:
            try:
                return await call()
            except ProviderError as error:
                failures.insert(0, str(error))
                if not await self._wants_another(step, failures):
                    raise

    async def _run(self, when: str, step: Step) -> None:
        moment = when + _MOMENTS.get(step.op, "")
        for name in _named(step, moment):
            hook = self._of_steps.get(name)
            if hook is None:
                raise EngineError(f'hook "{name}" was not registered')
            if self._preview and not hook.on_dry_run:
                continue
            failure = await self._failure(hook, step, is_done=when == "After")
            if failure and hook.ignore_errors:
                self._events.diagnostic("warning", f'{moment} hook "{name}" failed: {failure}', step.urn)
            elif failure:
                raise EngineError(f'{when.lower()} hook "{name}" failed: {failure}')

    async def _failure(self, hook: Any, step: Step, *, is_done: bool) -> str:
        request = _request(resource_pb2.ResourceHookRequest, step)
        if is_done and step.new is not None:
            request.new_outputs.CopyFrom(to_struct(step.new.outputs))
        try:
            answer = await self._callbacks.call(hook.callback, request)
        except EngineError as error:  # nobody answers: the program has ended
            return str(error)
        return resource_pb2.ResourceHookResponse.FromString(answer).error

    async def _wants_another(self, step: Step, failures: Sequence[str]) -> bool:
        if len(failures) >= MOST_ATTEMPTS:
            reached = f"maximum number of error hook retries ({MOST_ATTEMPTS}) reached"
            self._events.diagnostic("warning", reached, step.urn)
            raise EngineError("maximum number of error hook retries reached")
        operation = _MOMENTS[step.op].lower()
        answers = [
            await self._asked(name, step, operation, failures) for name in _named(step, "OnError")
        ]  # each is asked, whatever those before it have said
        if any(answers):
            told = f"retrying {operation} due to on-error hook request ({len(failures)}/{MOST_ATTEMPTS})"
            self._events.diagnostic("warning", told, step.urn)
        return any(answers)

    async def _asked(self, name: str, step: Step, operation: str, failures: Sequence[str]) -> bool:
        """Ask an error hook whether to try once more. Raises `EngineError` where it fails itself."""
        hook = self._of_errors.get(name)
        if hook is None:
            raise _broken(f'error hook "{name}" was not registered')
        request = _request(resource_pb2.ErrorHookRequest, step)
        request.failed_operation = operation
        request.errors.extend(failures)
        try:
            answer = await self._callbacks.call(hook.callback, request)
        except EngineError as error:
            raise _broken(f'error hook "{name}" failed: {error}') from None
        response = resource_pb2.ErrorHookResponse.FromString(answer)
        if response.error:
            raise _broken(f'error hook "{name}" failed: {response.error}')
        return bool(response.retry)

    def _check_name(self, name: str) -> None:
        if not name:
            raise EngineError("resource hook name cannot be empty")
        if name in self._of_steps or name in self._of_errors:
            raise EngineError(f'resource hook already registered for name "{name}"')


def tell_unanswered(base: Iterable[ResourceState], events: EventStream) -> bool:
    """Tell which resources have hooks of their deletion, which nothing answers without the program.

    Returns whether there are any.
    """
    moments = ("BeforeDelete", "AfterDelete")
    hooked = {each.urn: [name for at in moments for name in each.resource_hooks.get(at, ())] for each in base}
    for urn, names in hooked.items():
        if names:
            told = "Resource has delete hooks registered, but the program is not running. Hooks: "
            events.diagnostic("error", told + ", ".join(names), urn)
    return any(hooked.values())


def _broken(what: str) -> EngineError:
    return EngineError(f"error hooks execution failed: {what}")


def _named(step: Step, moment: str) -> Sequence[str]:
    """The hooks of a moment: those that the program names now, and for a deletion those of the state."""
    return step.state.resource_hooks.get(moment, ())


def _request(message: Any, step: Step) -> Any:
    """What a hook gets to see: the old side where there was one, the new side where there is to be one."""
    state = step.state
    request = message(urn=state.urn, id=state.id, name=name_of(state.urn), type=state.type)
    if step.new is not None:
        request.new_inputs.CopyFrom(to_struct(step.new.inputs))
    if (old := _replaced_in_place(step)) is not None:
        request.old_inputs.CopyFrom(to_struct(old.inputs))
        request.old_outputs.CopyFrom(to_struct(old.outputs))
    return request


def _replaced_in_place(step: Step) -> ResourceState | None:
    return None if step.op in (Op.CREATE, Op.CREATE_REPLACEMENT) else step.old
