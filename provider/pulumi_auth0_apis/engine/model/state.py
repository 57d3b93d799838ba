"""One resource of a stack as a state holds it, and an operation on one that was not finished.

The written form is that of Pulumi's checkpoint, described by
https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go. Fields that this engine has no use
for are kept as they were read and written back untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Final, Literal, Self

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.urns import marked_reference, unmarked_reference
from pulumi_auth0_apis.engine.model.values import Properties, from_checkpoint, to_checkpoint

Encrypt = Callable[[str], str]
Decrypt = Callable[[str], str]
OperationType = Literal["creating", "updating", "deleting", "reading"]


@dataclass(frozen=True, kw_only=True)
class ResourceState:
    """One resource of a stack, in the words of Pulumi's `apitype.ResourceV3` and in its order.

    It never changes: a step makes a new one with `dataclasses.replace`. Times are RFC 3339 text.
    """

    urn: str
    custom: bool = False
    """Managed by a provider; a component is not."""
    delete: bool = False
    """Replaced already; this one is only still here to be deleted."""
    id: str = ""
    type: str
    inputs: Properties = field(default_factory=dict)
    outputs: Properties = field(default_factory=dict)
    parent: str = ""
    protect: bool = False
    taint: bool = False
    """`pulumi state taint` asked for its replacement."""
    external: bool = False
    """Read, not managed."""
    dependencies: tuple[str, ...] = ()
    init_errors: tuple[str, ...] = ()
    provider: str = ""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pending_replacement: bool = False
    """Deleted for a replacement that does not exist yet."""
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    custom_timeouts: Mapping[str, float] = field(default_factory=dict)
    """Seconds, by `create`, `update`, `delete`, `read`."""
    import_id: str = ""
    retain_on_delete: bool = False
    deleted_with: str = ""
    replace_with: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    source_position: str = field(default="", compare=False)
    """The line of the program, as `project:///<file>#<line>`. Where it alone has changed, nothing has."""
    ignore_changes: tuple[str, ...] = ()
    hide_diff: tuple[str, ...] = ()
    """Paths of properties whose differences are not shown."""
    replace_on_changes: tuple[str, ...] = ()
    replacement_trigger: Any = None
    resource_hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of hooks by moment: `BeforeCreate`, `AfterCreate`, …, `OnError`."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Fields that this engine does not know, as the file has them."""

    def to_json(self, encrypt: Encrypt | None) -> dict[str, Any]:
        """Write it for a checkpoint; `encrypt` None shows secrets. What is empty is left out."""
        written: dict[str, Any] = {}
        for name, attribute in _WRITTEN_AS.items():
            value = getattr(self, attribute)
            if value or attribute in _ALWAYS:
                written[name] = _write(attribute, value, encrypt)
        return {**written, **self.more}

    @classmethod
    def from_json(cls, written: Mapping[str, Any], decrypt: Decrypt) -> Self:
        """Read it. Raises `EngineError` where a required field is missing or a value is malformed."""
        _require(written)
        known = {
            attribute: _read(attribute, written[name], decrypt)
            for name, attribute in _WRITTEN_AS.items()
            if name in written
        }
        more = {name: value for name, value in written.items() if name not in _WRITTEN_AS}
        return cls(**known, more=more)


def _camel(attribute: str) -> str:
    if attribute == "import_id":
        return "importID"
    head, *tail = attribute.split("_")
    return head + "".join(word.title() for word in tail)


_WRITTEN_AS: Final = {_camel(each.name): each.name for each in fields(ResourceState) if each.name != "more"}
_ALWAYS: Final = ("urn", "custom", "type")
_VALUES: Final = ("inputs", "outputs", "replacement_trigger")
_LISTS_BY_KEY: Final = ("property_dependencies", "resource_hooks")
_LISTS: Final = frozenset(each.name for each in fields(ResourceState) if each.default == ())


def _write(attribute: str, value: Any, encrypt: Encrypt | None) -> Any:
    if attribute in _VALUES:
        return to_checkpoint(value, encrypt)
    if attribute in _LISTS_BY_KEY:
        return {key: list(value[key]) for key in sorted(value)}
    if attribute == "provider":
        return marked_reference(value)
    return list(value) if attribute in _LISTS else value


def _read(attribute: str, value: Any, decrypt: Decrypt) -> Any:
    if attribute in _VALUES:
        return from_checkpoint(value, decrypt)
    if attribute in _LISTS_BY_KEY:
        return {key: tuple(names or ()) for key, names in (value or {}).items()}
    if attribute == "provider":
        return unmarked_reference(value)
    return tuple(value or ()) if attribute in _LISTS else value


def _require(written: Mapping[str, Any]) -> None:
    urn = written.get("urn")
    if not isinstance(urn, str) or not urn:
        raise IntegrityError("a resource has no urn")
    if not written.get("type"):
        raise IntegrityError(f"the resource {urn} has no type")
    if not written.get("custom") and written.get("id"):
        raise IntegrityError(f"the resource {urn} is no custom resource and has an id all the same")


@dataclass(frozen=True)
class PendingOperation:
    """An operation that began and whose end no run has recorded."""

    resource: ResourceState
    type: OperationType

    def to_json(self, encrypt: Encrypt | None) -> dict[str, Any]:
        return {"resource": self.resource.to_json(encrypt), "type": self.type}

    @classmethod
    def from_json(cls, written: Mapping[str, Any], decrypt: Decrypt) -> Self:
        return cls(ResourceState.from_json(written["resource"], decrypt), written["type"])


class IntegrityError(EngineError):
    """A state contradicts itself; nothing may be built on it."""


def timestamp() -> str:
    """The current time as checkpoints write it."""
    return rfc_3339(datetime.now(UTC))


def rfc_3339(moment: datetime) -> str:
    """A time in UTC as Go's `time.RFC3339Nano` has it: with no zero at the end of a fraction."""
    seconds, _, fraction = moment.replace(tzinfo=None).isoformat().partition(".")
    return f"{seconds}.{fraction.rstrip('0')}Z" if fraction else f"{seconds}Z"
