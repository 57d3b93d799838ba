"""Operations on one resource, on plain mappings: check, diff, create, read, update, delete.

Here is all that an `ObjectProvider` of one kind need not know: the options of this package, what is recorded
beside the settings, what this process has seen of the run, and that a resource stays in its tenant. No
protocol of the engine is known here; `_dynamic` is one that stands on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi

from auth0_api_vocabulary import ADDITIONAL, by_path
from pulumi_auth0_apis import _additional
from pulumi_auth0_apis._additional import UNTOLD, as_told, learned, untold_in, with_untold
from pulumi_auth0_apis._adoption import duplicate
from pulumi_auth0_apis._holdings import UNMARKED, Holdings, Replacement, StateEntry, new_holder
from pulumi_auth0_apis._inputs import Failure, canonical, shape_failures
from pulumi_auth0_apis._lifecycle import (
    ManagedObject,
    ObjectProvider,
    RequiredReplacement,
    TenantRun,
    changes_between,
    declared,
    outputs_of,
    projected,
)
from pulumi_auth0_apis._removal import may_delete
from pulumi_auth0_apis._telling import inform, warn
from pulumi_auth0_apis.errors import NotFoundError, StillNeededError

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session

UNKNOWN = pulumi.output.Unknown()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class RefreshedObject:
    """A resource as its tenant has it: outputs, and the inputs that would make it so."""

    id: str
    outputs: ManagedObject
    inputs: ManagedObject


class Operations:
    """The operations on one kind of resource; `connect` gives the session when a call needs it."""

    def __init__(self, provider: ObjectProvider, holdings: Holdings, connect: Callable[[], Session]) -> None:
        self.provider = provider
        self.holdings = holdings
        self._connect = connect

    def check(
        self, before: Mapping[str, Any], inputs: Mapping[str, Any]
    ) -> tuple[ManagedObject, list[Failure]]:
        """The inputs as they are compared and sent, and what is wrong with them. Makes no call."""
        accepted = (*self.provider.settings, *self.provider.options)
        inputs = canonical(accepted, inputs)
        if before:
            inputs = _adopt_as_before(before, inputs)
        elif inputs.get("adopt") is True:
            self.holdings.may_take(self.provider.key_of(inputs))
        failures = shape_failures(accepted, inputs)
        failures += _additional.failures(inputs, self._own_names(), self.provider.computed)
        inputs = self.provider.completed(inputs, before)
        return inputs, [*failures, *self.provider.check(_sound(inputs, failures))]

    def _own_names(self) -> dict[str, str]:
        """Every input by Auth0's name of it, those of this package's own by theirs."""
        return {**self.provider.own_names, **{option.name: option.name for option in self.provider.options}}

    def diff(self, id_: str, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> RequiredReplacement:
        """Which changes need another object. Makes no call."""
        outputs = learned(outputs, self.provider.own_names)
        outputs, inputs = (canonical(self.provider.settings, props) for props in (outputs, inputs))
        found = self.provider.diff(outputs, inputs)
        if outputs.get("managed"):  # not of one that was only read
            self._note(self._entry(id_, outputs), outputs, inputs, replaced=bool(found.replaces))
        return found

    def _note(
        self, entry: StateEntry, outputs: ManagedObject, inputs: ManagedObject, *, replaced: bool
    ) -> None:
        """Remember what a comparison tells about this run."""
        if replaced:
            key = self.provider.key_of(inputs)
            self.holdings.leaves(entry, Replacement(self.provider, key, inputs))
        else:
            self.holdings.stays(entry)
        self.provider.compared(self.holdings, outputs, inputs, replaced=replaced)

    def _entry(self, id_: str, outputs: Mapping[str, Any]) -> StateEntry:
        return StateEntry(self.provider.key_of(outputs) or (), id_, outputs.get("holder", UNMARKED))

    def create(self, props: Mapping[str, Any]) -> tuple[str, ManagedObject]:
        """Make the object, or take it over where the options say so; its id and outputs."""
        options, inputs = self._parted(props)
        run, key = TenantRun(self._connect(), self.holdings), self.provider.key_of(inputs)
        assert key is not None  # nothing is unknown any more
        with self.holdings.creations.one() as another_ended, self.holdings.turn(key):
            if not self.holdings.begin(key):
                raise duplicate(self.provider, inputs)
            id_, found = self._made(run, inputs, options.get("adopt", False), another_ended)
            holder = new_holder()
            self.holdings.hold(key, holder)
        return id_, self._recorded(run, found, inputs, options, holder, inputs.get(ADDITIONAL) or ())

    def _made(
        self,
        run: TenantRun,
        inputs: ManagedObject,
        adopt: bool | str,
        another_ended: Callable[[], bool],
    ) -> tuple[str, ManagedObject]:
        """The object, made once the API is there that it refers to, where this run is about to make that."""
        api = self.provider.api_key_of(inputs)
        while True:
            was_there = api is None or self.holdings.is_made(api)
            try:
                return self.provider.create(run, inputs, adopt)
            except NotFoundError as error:
                while not (was_there or self.holdings.is_made(api)):
                    was_there = not another_ended()
                if was_there:  # or nothing is left to wait for
                    raise error.restated(next_step=self.provider.on_missing) from None

    def read(self, id_: str, props: Mapping[str, Any]) -> RefreshedObject | None:
        """Refresh what the user manages, so that a refresh shows drift of that and nothing else.

        None where it is gone. Without recorded outputs it is a look-up (`.get`): everything is read, and
        nothing found is an error.
        """
        options, outputs = self._parted(props)
        session = self._connect()
        if "managed" not in outputs:
            try:
                id_, found = self.provider.read(session, id_, outputs)
            except NotFoundError as error:  # which no refresh mends: the program names it
                raise error.restated(next_step=NotFoundError.on_create) from None
            if key := self.provider.key_of(found):
                self.holdings.look_up(key)
            recorded = self._recorded(TenantRun(session, self.holdings), found, {}, options, None)
            return RefreshedObject(id_, recorded, {})
        self._refuse_other_tenant(session, id_, outputs)
        try:
            id_, found = self.provider.read(session, id_, outputs)
        except NotFoundError:
            return None
        return self._refreshed(id_, found, outputs, options)

    def import_(self, id_: str) -> RefreshedObject:
        """Read an object that a resource is to manage from now on; its inputs are those that say what it is.

        No secret is among them, and nothing that resources of their own may hold. Raises NotFoundError.
        """
        session = self._connect()
        try:
            id_, found = self.provider.read(session, id_, {})
        except NotFoundError as error:
            raise error.restated(next_step=NotFoundError.on_import) from None
        inputs = canonical(self.provider.settings, declared(self.provider, found))
        left_out = {*self.provider.held_apart, *(s.name for s in self.provider.settings if s.secret)}
        inputs = {name: value for name, value in inputs.items() if name not in left_out}
        recorded = self._recorded(TenantRun(session, self.holdings), found, inputs, {}, new_holder())
        return RefreshedObject(id_, recorded, inputs)

    def _refreshed(
        self, id_: str, found: ManagedObject, outputs: ManagedObject, options: ManagedObject
    ) -> RefreshedObject:
        managed = outputs["managed"]
        wanted = {name: outputs.get(name) for name in managed}
        fresh = projected(self.provider, with_untold(found, outputs), wanted)
        computed = {name: found[name] for name in self.provider.computed if name in found}
        stale = {*managed, *self.provider.computed}
        kept = {name: value for name, value in outputs.items() if name not in stale}
        if managed:  # an entry from before there were markers gets its own, to be told from another one
            kept.setdefault("holder", new_holder())
        return RefreshedObject(id_, {**kept, **computed, **fresh, **options}, {**fresh, **options})

    def update(self, id_: str, before: Mapping[str, Any], props: Mapping[str, Any]) -> ManagedObject:
        """Send what has changed; the outputs."""
        _, outputs = self._parted(learned(before, self.provider.own_names))
        options, inputs = self._parted(props)
        run = TenantRun(self._connect(), self.holdings)
        self._refuse_other_tenant(run.session, id_, outputs)
        changes, left_alone = changes_between(self.provider, outputs, inputs)
        if left_alone:
            warn(
                f"{self.provider.title} {id_}: {', '.join(left_alone)} is no longer set by the program. "
                "Auth0 documents no default for it, so the tenant keeps the last value."
            )
        found = self._sent(run, id_, outputs, changes) if changes else as_told(outputs)
        holder = outputs.get("holder") or new_holder()
        self.holdings.stays(self._entry(id_, {**outputs, "holder": holder}))
        sent = {*outputs.get(UNTOLD, ()), *changes.get(ADDITIONAL, ())}
        return self._recorded(run, found, inputs, options, holder, sent)

    def _sent(
        self, run: TenantRun, id_: str, outputs: ManagedObject, changes: Mapping[str, Any]
    ) -> ManagedObject:
        """The object after an update. An additional setting that cannot be cleared stays, and is told."""
        found, refusals = _additional.send(
            lambda part: self.provider.update(run, id_, outputs, part), as_told(outputs), changes
        )
        for name, reason in refusals.items():
            warn(
                f"{self.provider.title} {id_}: {name} is no longer among the program's additional_settings, "
                f"and Auth0 refuses to clear it ({reason.rstrip('.')}). The tenant keeps the last value."
            )
        return found

    def delete(self, id_: str, props: Mapping[str, Any]) -> None:
        """Remove the object, unless something still needs it that no other removal takes away."""
        options, outputs = self._parted(props)
        run = TenantRun(self._connect(), self.holdings)
        self._refuse_other_tenant(run.session, id_, outputs)
        with self.holdings.removals.one() as another_ended:
            while True:
                try:
                    return self._delete(run, id_, outputs, options)
                except StillNeededError:
                    if not another_ended():
                        raise

    def _delete(self, run: TenantRun, id_: str, outputs: ManagedObject, options: ManagedObject) -> None:
        entry = self._entry(id_, outputs)
        with self.holdings.turn(entry.key):
            if may_delete(self.provider, run, entry, outputs):
                self.provider.delete(run, id_, {**outputs, **options})
                self.holdings.deleted(entry.key)

    def _parted(self, props: Mapping[str, Any]) -> tuple[ManagedObject, ManagedObject]:
        """The options for this package, and everything else."""
        own = canonical(self.provider.settings, props)
        names = {option.name for option in self.provider.options}
        options = {name: value for name, value in own.items() if name in names}
        return options, {name: value for name, value in own.items() if name not in names}

    def _recorded(
        self,
        run: TenantRun,
        found: ManagedObject,
        inputs: Mapping[str, Any],
        options: Mapping[str, Any],
        holder: str | None,
        sent: Collection[str] = (),
    ) -> ManagedObject:
        """What state holds of `found`; `sent` are the additional settings that it is the answer to."""
        if holder is not None:
            found = self.provider.recorded(found, inputs)
        untold = untold_in(found, inputs, sent)
        found = with_untold(found, {**inputs, UNTOLD: untold})
        kept = outputs_of(self.provider, found, inputs)
        there = by_path(kept)
        if unlike := [path for path, value in by_path(inputs).items() if there.get(path) != value]:
            title, key = self.provider.title, ", ".join(str(kept.get(name)) for name in self.provider.key)
            warn(f"{title} {key}: the tenant keeps another value than asked for {', '.join(unlike)}.")
        record = {"managed": sorted(inputs), "domain": run.session.domain}
        if untold:
            record[UNTOLD] = untold
            inform(
                f"{self.provider.named(kept)}: Auth0 takes {', '.join(untold)} and does not tell what it "
                "keeps, so what becomes of that elsewhere is not seen."
            )
        if holder is not None:
            record |= {"holder": holder, **self.provider.remembered(run.holdings, inputs)}
        return {**kept, **options, **record}

    def _refuse_other_tenant(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> None:
        session.refuse_other_tenant(f"The {self.provider.title} {id_}", outputs.get("domain"))


def _adopt_as_before(before: Mapping[str, Any], inputs: ManagedObject) -> ManagedObject:
    """`adopt` matters when an object is made. Afterwards a program may say it or not: neither is a change."""
    kept = {name: value for name, value in inputs.items() if name != "adopt"}
    return {**kept, "adopt": before["adopt"]} if "adopt" in before else kept


def _sound(inputs: Mapping[str, Any], failures: list[Failure]) -> ManagedObject:
    """`inputs` with unknown in place of what has failed already, so that no rule stumbles over it."""
    failed = {path.partition(".")[0].partition("[")[0] for path, _ in failures}
    return {name: UNKNOWN if name in failed else value for name, value in inputs.items()}
