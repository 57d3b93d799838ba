"""Former names of resources, as a program gives them, and what becomes of them in the state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import (
    STACK_TYPE,
    is_urn,
    make_urn,
    name_of,
    project_of,
    provider_id,
    provider_reference,
    provider_urn,
    stack_of,
    type_of,
)


@dataclass(frozen=True, kw_only=True)
class Alias:
    """A former name: a whole URN, or those of its parts that were different. What is empty was as it is."""

    urn: str = ""
    name: str = ""
    type: str = ""
    parent: str = ""
    no_parent: bool = False
    project: str = ""
    stack: str = ""

    @classmethod
    def from_request(cls, alias: Any) -> Self:
        """Read an alias of a registration. Raises `EngineError` for a URN that is none."""
        if not alias.HasField("spec"):
            return cls(urn=_urn(alias.urn))
        spec = alias.spec
        return cls(
            name=spec.name,
            type=spec.type,
            parent=_urn(spec.parentUrn) if spec.parentUrn else "",  # the SDK sends "" for the parent of now
            no_parent=spec.noParent,
            project=spec.project,
            stack=spec.stack,
        )


def _urn(text: str) -> str:
    if not is_urn(text):
        raise EngineError(
            f"The alias {text!r} is no URN.",
            "Write it like urn:pulumi:<stack>::<project>::<type>::<name>, as "
            "the state has it, or name what was different: Alias(name=…).",
        )
    return text


def under_new_names(
    new: Collection[ResourceState], remaining: Collection[ResourceState]
) -> list[ResourceState]:
    """The resources of a state, with every former name replaced by the one that `new` has for it.

    What remains of the old state is not registered under its new name yet, or never will be, and refers to
    former names all the same. A child of what was renamed has its parent's new type in its own name, the rule
    of Pulumi's own engine (`NormalizeURNReferences`).
    """
    names = {alias: state.urn for state in new for alias in state.aliases}
    if not names:
        return [*new, *remaining]
    for state in (*new, *remaining):
        parent = names.get(state.parent)
        if parent and type_of(parent) != STACK_TYPE:
            urn = state.urn
            moved = make_urn(stack_of(urn), project_of(urn), parent, type_of(urn), name_of(urn))
            names.setdefault(urn, moved)
    return [_renamed(state, names) for state in (*new, *remaining)]


def _renamed(state: ResourceState, names: Mapping[str, str]) -> ResourceState:
    def now(urn: str) -> str:
        return names.get(urn, urn)

    reference = state.provider
    return replace(
        state,
        urn=now(state.urn),
        aliases=(),
        parent=now(state.parent),
        provider=reference and provider_reference(now(provider_urn(reference)), provider_id(reference)),
        dependencies=tuple(map(now, state.dependencies)),
        property_dependencies={
            key: tuple(map(now, urns)) for key, urns in state.property_dependencies.items()
        },
        deleted_with=now(state.deleted_with),
        replace_with=tuple(map(now, state.replace_with)),
    )
