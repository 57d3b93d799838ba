"""The calls to providers that steps stand for, and the resource as it is after each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.decisions import DELETIONS, Op, refreshed
from pulumi_auth0_apis.engine.model.differences import Difference
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import ResourceState, timestamp
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import is_provider_type
from pulumi_auth0_apis.engine.model.values import UNKNOWN, Properties, Secret
from pulumi_auth0_apis.engine.planning.checking import without_ignored
from pulumi_auth0_apis.engine.planning.comparing import ask
from pulumi_auth0_apis.engine.running.hooks import Hooks


class ProtectedError(EngineError):
    """A resource must not be deleted; what does not depend on it may be."""


@dataclass(frozen=True)
class Applied:
    """The result of a step."""

    op: Op
    """The operation that a refresh amounts to; of any other step its own."""
    new: ResourceState | None
    """The resource as it is now; None where it is gone."""
    difference: Difference


class ProviderCalls:
    """Makes the calls. In a preview no provider is asked to change anything."""

    def __init__(
        self, *, preview: bool, providers: ProviderRegistry, hooks: Hooks, events: EventStream
    ) -> None:
        self._preview = preview
        self._providers = providers
        self._hooks = hooks
        self._events = events

    async def apply(self, step: Step) -> Applied:
        """Make the call of a step. Raises `EngineError` where a provider fails or refuses, or a hook does."""
        await self._hooks.before(step)
        if step.op is Op.REFRESH:
            applied = await self._refresh(step)
        else:
            applied = Applied(step.op, await self._new_state(step), step.difference)
        if step.state.custom or step.op in DELETIONS:  # another component is done once it has its outputs
            await self._hooks.after(replace(step, new=applied.new))
        if applied.new is None or step.op is Op.REPLACE:
            return applied
        return replace(applied, new=with_secret_outputs(applied.new))

    async def _new_state(self, step: Step) -> ResourceState | None:
        match step.op:
            case Op.SAME if step.untargeted or step.skipped:
                pass  # nobody is asked, and no provider is started for it
            case Op.SAME:
                await self._keep(step)
            case Op.CREATE | Op.CREATE_REPLACEMENT:
                return await self._create(step)
            case Op.UPDATE:
                return await self._update(step)
            case Op.READ | Op.READ_REPLACEMENT:
                return await self._read(step)
            case _ if step.op in DELETIONS:
                await self._delete(step)
        return step.new

    async def _keep(self, step: Step) -> None:
        old, new = step.old, step.new
        assert old is not None
        assert new is not None
        if is_provider_type(new.type):
            await self._providers.keep(new.urn, old.id, old.inputs)

    async def _create(self, step: Step) -> ResourceState:
        new = step.new
        assert new is not None
        resource_id, outputs = "", dict[str, object]()
        if is_provider_type(new.type):
            resource_id = await self._providers.configure(
                new.urn, UNKNOWN if self._preview else None, new.inputs
            )
            outputs = new.inputs
        elif new.custom and self._preview:
            outputs = await self._foreseen(new)
        elif new.custom:
            provider = self._providers[new.provider]
            resource_id, outputs = await self._hooks.retrying(
                step, lambda: provider.create(new.urn, new.inputs, new.custom_timeouts.get("create", 0))
            )
        now = timestamp()
        return replace(new, id=resource_id, outputs=outputs, created=now, modified=now)

    async def _update(self, step: Step) -> ResourceState:
        old, new = step.old, step.new
        assert old is not None
        assert new is not None
        outputs: Properties = {}  # a component registers its own
        if is_provider_type(new.type):
            await self._providers.configure(new.urn, old.id, new.inputs)
            outputs = new.inputs
        elif new.custom and self._preview:
            outputs = await self._foreseen(new, old)
        elif new.custom:
            provider, seconds = self._providers[new.provider], new.custom_timeouts.get("update", 0)
            outputs = await self._hooks.retrying(
                step,
                lambda: provider.update(new.urn, old.id, old.inputs, old.outputs, new.inputs, seconds),
            )
        modified = timestamp() if new.custom else new.modified
        return replace(new, outputs=outputs, modified=modified)

    async def _foreseen(self, new: ResourceState, old: ResourceState | None = None) -> Properties:
        """The outputs a preview can know: what the provider foresees, or the inputs.

        Nothing is known where the provider's configuration is not.
        """
        provider = self._providers[new.provider]
        if not provider.configured:
            return {}
        if not provider.foresees:
            return new.inputs
        if old is None:
            return (await provider.create(new.urn, new.inputs, preview=True))[1]
        return await provider.update(new.urn, old.id, old.inputs, old.outputs, new.inputs, preview=True)

    async def _read(self, step: Step) -> ResourceState:
        new = step.new
        assert new is not None
        if new.id == UNKNOWN:
            return new
        found = await self._providers[new.provider].read(new.urn, new.id, new.inputs, new.inputs)
        changed = step.old is None or step.old.outputs != found.outputs or step.old.inputs != new.inputs
        return replace(
            new,
            id=found.id or new.id,
            outputs=found.outputs,
            created=step.old.created if step.old else "",
            modified=timestamp() if step.old and changed else step.old.modified if step.old else "",
        )

    async def _delete(self, step: Step) -> None:
        old = step.old
        assert old is not None
        if step.op is Op.DELETE and old.protect:
            raise ProtectedError(
                f'resource "{old.urn}" cannot be deleted\nbecause it is protected. To unprotect the '
                "resource, either remove the `protect` flag from the resource in your Pulumi program and "
                f"run `up`, or use the command:\n`pulumi state unprotect '{old.urn}'`"
            )
        if self._preview or step.goes_along or not _needs_a_call(old):
            return
        if is_provider_type(old.type):
            return  # its process ends with the deployment
        provider = await self._providers.load(old.provider)
        seconds = old.custom_timeouts.get("delete", 0)
        await self._hooks.retrying(
            step, lambda: provider.delete(old.urn, old.id, old.inputs, old.outputs, seconds)
        )

    async def _refresh(self, step: Step) -> Applied:
        """Read the resource of a refresh step, and compare it with what the program asked for."""
        old = step.old
        assert old is not None
        if not old.custom or is_provider_type(old.type) or old.pending_replacement:
            return Applied(Op.SAME, old, step.difference)
        provider = await self._providers.load(old.provider)
        found = await provider.read(old.urn, old.id, old.inputs, old.outputs)
        if not found.id:
            return Applied(refreshed(gone=True, changed=True), None, step.difference)
        inputs = old.inputs if found.inputs is None else found.inputs
        new = replace(old, id=found.id, inputs=inputs, outputs=found.outputs, init_errors=())
        if new != old:
            new = replace(new, modified=timestamp())
        if old.external:
            return Applied(refreshed(gone=False, changed=old.outputs != new.outputs), new, step.difference)
        wanted = without_ignored(self._events, old.urn, old.inputs, new.inputs, old.ignore_changes)
        difference = (await ask(provider, self._events, new, new.inputs, wanted)).inverted()
        return Applied(refreshed(gone=False, changed=difference.changes), new, difference)


def with_what_stays(step: Step) -> Step:
    """The step, its resource with what nobody has to ask for: its id and, where nothing differs, outputs."""
    if step.op is Op.SAME and step.old and step.new:
        return replace(step, new=replace(step.new, id=step.old.id, outputs=step.old.outputs))
    if step.op is Op.UPDATE and step.old and step.new:
        return replace(step, new=replace(step.new, id=step.old.id))
    return step


def _needs_a_call(old: ResourceState) -> bool:
    return old.custom and not (old.external or old.retain_on_delete)


def with_secret_outputs(state: ResourceState) -> ResourceState:
    """Mark outputs as secret that the program named, or whose input of the same name is."""
    named = {key for key in state.additional_secret_outputs if key != "id"}
    named |= {key for key, value in state.inputs.items() if isinstance(value, Secret)}
    marked = {
        key: Secret(value) if key in named and not isinstance(value, Secret) else value
        for key, value in state.outputs.items()
    }
    return replace(state, outputs=marked)
