"""The lifecycle of one kind of object: what a resource file has to say, and what all have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import DiffResult

from pulumi_auth0_apis._inputs import Failure, Setting, Settings, canonical, is_unknown

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session

Object = dict[str, Any]
"""One object as the tenant keeps it, in the words of our settings."""

ADOPT = Setting("adopt", bool | str, note="take over the object that is already there")
"""True, or the id of the very object to take over (which is what the resource option `import_` becomes)."""


class Provider(ABC):
    """The lifecycle of one kind of object, in terms of a session and plain dicts.

    `title` names the object for people; `settings` is the table of its inputs; `key` lists those that
    identify it before it has an id; `options` are inputs that steer this package and never reach the tenant;
    `computed` are outputs that the tenant alone decides; `import_filters` says which option of
    `auth0-apis import` picks an object by which setting.
    """

    title: ClassVar[str]
    settings: ClassVar[Settings]
    key: ClassVar[tuple[str, ...]]
    options: ClassVar[Settings] = (ADOPT,)
    computed: ClassVar[tuple[str, ...]] = ()
    import_filters: ClassVar[dict[str, str]]

    def check(self, inputs: Mapping[str, Any]) -> Iterable[Failure]:
        """What the rules between settings refuse, beyond the types and limits of the table."""
        del inputs
        return ()

    def completed(self, inputs: Object, before: Mapping[str, Any]) -> Object:
        """`inputs` with those that follow from them. `before` are the last run's, none of a new object."""
        del before
        return inputs

    def diff(self, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> DiffResult:
        """Which changes need another object. The engine finds the changes themselves, by comparing inputs.

        An unknown replaces: that is how the engine asks whether an object must go before what it refers to.
        """
        replaces = [s.name for s in self.settings if s.on_change == "replace" and _moves(s, outputs, inputs)]
        same_place = all(
            is_unknown(inputs.get(name)) or inputs.get(name) == outputs.get(name) for name in self.key
        )
        return DiffResult(
            changes=None, replaces=replaces, delete_before_replace=bool(replaces) and same_place
        )

    @abstractmethod
    def create(self, session: Session, inputs: Mapping[str, Any], adopt: bool | str) -> tuple[str, Object]:
        """Make the object, or take over the one that is there: its id and what the tenant keeps."""

    @abstractmethod
    def read(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> tuple[str, Object]:
        """The id and the object of an id, or of what a program may write for one, where nothing is recorded.

        Raises NotFoundError.
        """

    @abstractmethod
    def update(
        self, session: Session, id_: str, outputs: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> Object:
        """Send `changes`, where None clears a setting, and return what the tenant now keeps."""

    @abstractmethod
    def delete(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> None:
        """Remove the object. One that is gone already is removed."""

    def kept(self, found: Object, wanted: Mapping[str, Any]) -> Object:
        """`found` with what the tenant was told and does not say back, as far as `wanted` still holds."""
        del wanted
        return found

    def fallback(self, setting: Setting, inputs: Mapping[str, Any]) -> Any:
        """What `setting` goes back to when a program drops it and now says `inputs`."""
        del inputs
        return setting.default


def _moves(setting: Setting, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    before = outputs.get(setting.name, setting.default)
    if setting.name in inputs:
        return bool(inputs[setting.name] != before)  # an unknown equals nothing
    return setting.name in outputs.get("managed", ()) and bool(before != setting.default)


def projected(provider: Provider, found: Object, wanted: Mapping[str, Any]) -> Object:
    """`found` cut down to what the user wrote: its settings, and inside nested objects its keys.

    A setting that the tenant does not mention has its default.
    """
    defaults = {setting.name: setting.default for setting in provider.settings}
    kept = {**defaults, **provider.kept(found, wanted)}
    return canonical(provider.settings, {name: _shaped(kept.get(name), wanted[name]) for name in wanted})


def _shaped(found: Any, wanted: Any) -> Any:
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        return {name: _shaped(found[name], wanted[name]) for name in wanted if name in found}
    return found


def outputs_of(provider: Provider, found: Object, wanted: Mapping[str, Any]) -> Object:
    """What state records of `found`: all that the tenant keeps, the user's part as `projected` has it."""
    names = [*(setting.name for setting in provider.settings), *provider.computed]
    everything = canonical(provider.settings, {name: found[name] for name in names if name in found})
    return {**everything, **projected(provider, found, wanted)}


def changes_between(
    provider: Provider, outputs: Mapping[str, Any], inputs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What an update must send, and the names of removed settings that have no documented way back.

    A setting that a program newly takes charge of is sent even when state says that it has that value
    already: nobody watched it until now.
    """
    managed = outputs.get("managed", ())
    changes: dict[str, Any] = {}
    left_alone: list[str] = []
    for setting in provider.settings:
        name, before = setting.name, outputs.get(setting.name)
        if name in inputs:
            if inputs[name] != before or (name not in managed and setting.on_change == "update"):
                changes[name] = inputs[name]
        elif name in managed:
            if setting.on_removal == "keep" or outputs.get("is_system"):
                left_alone.append(name)
            elif before != (default := provider.fallback(setting, inputs)):
                changes[name] = default
    return changes, left_alone
