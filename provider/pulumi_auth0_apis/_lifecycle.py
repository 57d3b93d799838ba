"""The lifecycle of one kind of object: what a resource file has to say, and what all have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from auth0_api_vocabulary import ADDITIONAL, ResourceKind
from pulumi_auth0_apis._additional import changed, gathered
from pulumi_auth0_apis._holdings import Holdings, ObjectKey
from pulumi_auth0_apis._inputs import Failure, Setting, Settings, canonical, is_unknown
from pulumi_auth0_apis.errors import NotFoundError

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session

API_TITLE = "API"
"""The title of an API, by which the keys of what belongs to one name it too."""

ManagedObject = dict[str, Any]
"""One object as the tenant keeps it, in the words of our settings."""

ADOPT = Setting(
    "adopt",
    bool | str,
    description="Take over the object where the tenant has it already, and apply these settings to it.",
    default=False,
)
"""True, or the id of the very object to take over (which is what the resource option `import_` becomes)."""

FORCE = Setting(
    "force",
    bool,
    description="Delete the object even while grants hold it, those of other stacks and people too.",
    default=False,
)


@dataclass(frozen=True)
class TenantRun:
    """The run that an operation is a part of: a session with one tenant, and all that the run has seen."""

    session: Session
    holdings: Holdings


@dataclass(frozen=True)
class RequiredReplacement:
    """Which inputs need another object, and whether the one that is there has to go first."""

    replaces: tuple[str, ...]
    delete_before_replace: bool


class ObjectProvider(ABC):
    """The lifecycle of one kind of object, in terms of a run and plain dicts.

    `kind` is its row in the table of kinds, which says what identifies an object before it has an id, and
    what names its API; `title` names the object for people; `settings` is the table of its inputs; `options`
    are inputs that steer this package and never reach the tenant; `computed` are outputs that the tenant
    alone decides; `needs` are the scopes of the Management API that its calls take; `import_filters` says
    which option of `auth0-apis import` picks an object by which setting; `ways_on` is what a conflict says
    beyond the usual; `wire_names` are Auth0's words for settings that have other names here; `names` are the
    outputs by which the tenant finds an object; `on_missing` is the next step where what a new object refers
    to is not there; `held_apart` are the settings that resources of another kind may hold instead.
    """

    kind: ClassVar[ResourceKind]
    title: ClassVar[str]
    settings: ClassVar[Settings]
    options: ClassVar[Settings] = (ADOPT,)
    computed: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[tuple[str, ...]]
    wire_names: ClassVar[Mapping[str, str]] = {}
    import_filters: ClassVar[dict[str, str]]
    ways_on: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ("id",)
    on_missing: ClassVar[str] = NotFoundError.on_create
    held_apart: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The inputs that identify an object before it has an id."""
        return self.kind.key

    @property
    def own_names(self) -> dict[str, str]:
        """Our names of the settings, by Auth0's."""
        return {self.wire_names.get(setting.name, setting.name): setting.name for setting in self.settings}

    def key_of(self, props: Mapping[str, Any]) -> ObjectKey | None:
        """Return the key of the object of inputs or outputs; None as long as a part of it is not known."""
        values = self.key_values(props)
        return None if any(map(is_unknown, values)) else (self.title, *values)

    def named(self, found: Mapping[str, Any]) -> str:
        """An object at the beginning of a sentence: `The API https://orders.example.com (id 66f0…)`."""
        key = ", ".join(str(found[name]) for name in self.key if found.get(name) is not None)
        return f"The {self.title} {key}" + (f" (id {found['id']})" if "id" in found else "")

    def api_key_of(self, props: Mapping[str, Any]) -> ObjectKey | None:
        """Return the key of the API that the object belongs to, where it is none itself and that is known."""
        if not self.kind.api or is_unknown(identifier := props[self.kind.api]):
            return None
        return (API_TITLE, identifier)

    def key_values(self, props: Mapping[str, Any]) -> list[Any]:
        """Return the values that identify the object of inputs or outputs, in the order of `key`."""
        defaults = {setting.name: setting.default for setting in self.settings}
        given = {name: value for name, value in props.items() if value is not None}
        return [given.get(name, defaults[name]) for name in self.key]

    def check(self, inputs: Mapping[str, Any]) -> Iterable[Failure]:
        """Yield the failures of the rules between settings, beyond the types and limits of the table."""
        del inputs
        return ()

    def completed(self, inputs: ManagedObject, before: Mapping[str, Any]) -> ManagedObject:
        """`inputs` with those that follow from them. `before` are the last run's, none of a new object."""
        del before
        return inputs

    def diff(self, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> RequiredReplacement:
        """Which changes need another object. The engine finds the changes themselves, by comparing inputs.

        An unknown replaces: that is how the engine asks whether an object must go before what it refers to.
        """
        replaces = [s.name for s in self.settings if s.on_change == "replace" and _moves(s, outputs, inputs)]
        pairs = zip(self.key_values(outputs), self.key_values(inputs), strict=True)
        same_place = all(is_unknown(new) or new == old for old, new in pairs)
        # Said also where nothing here replaces: `replace_on_changes` may, and the place is taken then too.
        return RequiredReplacement(tuple(replaces), same_place)

    def compared(
        self, holdings: Holdings, outputs: Mapping[str, Any], inputs: Mapping[str, Any], *, replaced: bool
    ) -> None:
        """Note what a comparison tells about the run beyond the object itself."""
        del holdings, outputs, inputs, replaced

    @abstractmethod
    def create(
        self, run: TenantRun, inputs: Mapping[str, Any], adopt: bool | str
    ) -> tuple[str, ManagedObject]:
        """Make the object, or take over the one that is there: its id and what the tenant keeps."""

    @abstractmethod
    def find(self, session: Session, inputs: Mapping[str, Any]) -> ManagedObject | None:
        """The object of these inputs' key as it is now, or None where the tenant has none."""

    def listed(self, session: Session) -> Iterable[ManagedObject]:
        """Every object of the kind in the tenant, as `find` returns one; none where APIs hold them."""
        del session
        return ()

    def to_declare(self, inputs: Mapping[str, Any]) -> Collection[str]:
        """The settings that a declaration with these inputs gives too, at their default or not."""
        del inputs
        return ()

    @abstractmethod
    def read(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> tuple[str, ManagedObject]:
        """The id and the object of an id, or of what a program may write for one, where nothing is recorded.

        Raises NotFoundError.
        """

    @abstractmethod
    def update(
        self, run: TenantRun, id_: str, outputs: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> ManagedObject:
        """Send `changes`, where None clears a setting, and return what the tenant now keeps."""

    @abstractmethod
    def delete(self, run: TenantRun, id_: str, outputs: Mapping[str, Any]) -> None:
        """Remove the object. One that is gone already is removed."""

    def refuse_removal(
        self, run: TenantRun, inputs: Mapping[str, Any], leaving: Collection[str] = ()
    ) -> None:
        """Raise StillNeededError where deleting the object would take along what is not ours to delete.

        `leaving` are the ids of what goes in this run anyway.
        """
        del run, inputs, leaving

    def left_behind(self, run: TenantRun, outputs: Mapping[str, Any]) -> str:
        """A sentence about what stays along with an object that is spared, and that no resource holds."""
        del run, outputs
        return ""

    def remembered(self, holdings: Holdings, inputs: Mapping[str, Any]) -> ManagedObject:
        """Return the facts that the state keeps for the next run beyond settings and computed outputs."""
        del holdings, inputs
        return {}

    def kept(self, found: ManagedObject, wanted: Mapping[str, Any]) -> ManagedObject:
        """`found` with what the tenant was told and does not say back, as far as `wanted` still holds."""
        del wanted
        return found

    def recorded(self, found: ManagedObject, inputs: Mapping[str, Any]) -> ManagedObject:
        """`found` as the state of a resource may hold it that was given `inputs`."""
        del inputs
        return found

    def fallback(self, setting: Setting, inputs: Mapping[str, Any]) -> Any:
        """Return the value of `setting` once a program drops it and now says `inputs`."""
        del inputs
        return setting.default


def _moves(setting: Setting, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    before = outputs.get(setting.name, setting.default)
    if setting.name in inputs:
        return bool(inputs[setting.name] != before)  # an unknown equals nothing
    return setting.name in outputs.get("managed", ()) and bool(before != setting.default)


def projected(provider: ObjectProvider, found: ManagedObject, wanted: Mapping[str, Any]) -> ManagedObject:
    """`found` cut down to what the user wrote: its settings, and inside nested objects its keys.

    A setting that the tenant does not mention has its default.
    """
    defaults = {setting.name: setting.default for setting in provider.settings}
    kept = {**defaults, **provider.kept(found, wanted)}
    if ADDITIONAL in wanted:
        kept[ADDITIONAL] = gathered(kept, wanted[ADDITIONAL] or {}, provider.own_names)
    return canonical(provider.settings, {name: _shaped(kept.get(name), wanted[name]) for name in wanted})


def _shaped(found: Any, wanted: Any) -> Any:
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        return {name: _shaped(found[name], wanted[name]) for name in wanted if name in found}
    return found


def outputs_of(provider: ObjectProvider, found: ManagedObject, wanted: Mapping[str, Any]) -> ManagedObject:
    """Return what state records of `found`: all the tenant keeps, the user's part as `projected` has it."""
    names = [*(setting.name for setting in provider.settings), *provider.computed]
    everything = canonical(provider.settings, {name: found[name] for name in names if name in found})
    return {**everything, **projected(provider, found, wanted)}


def declared(
    provider: ObjectProvider, found: Mapping[str, Any], chosen: Collection[str] | None = None
) -> ManagedObject:
    """Return the settings that declare `found`: those somebody chose, or else those not at their default."""
    wanted = {
        setting.name: found[setting.name]
        for setting in provider.settings
        if setting.name in found
        and (setting.required or (setting.name in chosen if chosen is not None else _differs(setting, found)))
    }
    defaults = {setting.name: _plain_default(setting) for setting in provider.settings}
    return wanted | {name: found.get(name, defaults[name]) for name in provider.to_declare(wanted)}


def _differs(setting: Setting, found: Mapping[str, Any]) -> bool:
    return bool(found[setting.name] != _plain_default(setting))


def _plain_default(setting: Setting) -> Any:
    return list(setting.default) if setting.default == () else setting.default


def changes_between(
    provider: ObjectProvider, outputs: Mapping[str, Any], inputs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return the settings to send in an update, and the names of removed ones without a documented way back.

    A setting that a program newly takes charge of is sent even when state says that it has that value
    already: nobody watched it until now.
    """
    managed = outputs.get("managed", ())
    changes: dict[str, Any] = {}
    left_alone: list[str] = []
    for setting in provider.settings:
        name, before = setting.name, outputs.get(setting.name)
        if name == ADDITIONAL:
            continue
        if name in inputs:
            if inputs[name] != before or (name not in managed and setting.on_change == "update"):
                changes[name] = inputs[name]
        elif name in managed:
            if setting.on_removal == "keep" or outputs.get("is_system"):
                left_alone.append(name)
            elif before != (default := provider.fallback(setting, inputs)):
                changes[name] = default
    if additional := changed(outputs.get(ADDITIONAL) or {}, inputs.get(ADDITIONAL) or {}):
        changes[ADDITIONAL] = additional
    return changes, left_alone
