"""The resources that a stack has already, so that an import brings only what is not there yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auth0_api_vocabulary import OUR_KINDS, OURS, ResourceKind, in_our_words, kinds
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.urns import name_of
from pulumi_auth0_apis.engine.model.values import unwrapped


@dataclass(frozen=True)
class Existing:
    """The resources of a stack in one tenant, by what identifies them there.

    `apis` maps the identifier of each API to its resource name; `inline` holds those whose permissions are
    their own `scopes`; `permissions` are identifiers with a scope, `ids` those of all
    resources. `names` are those that
    resources of each kind have, in whatever tenant; `applications` is the configuration's table of client
    ids.
    """

    apis: Mapping[str, str] = field(default_factory=dict)
    inline: frozenset[str] = frozenset()
    permissions: frozenset[tuple[str, str]] = frozenset()
    ids: Mapping[ResourceKind, frozenset[str]] = field(default_factory=dict)
    names: Mapping[ResourceKind, frozenset[str]] = field(default_factory=dict)
    applications: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, domain: str, applications: Mapping[str, str]) -> Existing:
        """Return what a state holds of the tenant `domain`, of whatever name and under whatever component."""
        live = {kind: list(_live(snapshot, kind)) for kind in OUR_KINDS}
        here = {
            kind: [each for each in found if each.outputs.get("domain", domain) == domain]
            for kind, found in live.items()
        }
        apis = here[kinds.API]
        return cls(
            apis={each.outputs["identifier"]: each.name for each in apis},
            inline=frozenset(
                each.outputs["identifier"] for each in apis if "scopes" in each.outputs.get("managed", ())
            ),
            permissions=frozenset(
                (each.outputs["resource_server_identifier"], each.outputs["scope"])
                for each in here[kinds.PERMISSION]
            ),
            ids={kind: frozenset(each.id for each in found) for kind, found in here.items()},
            names={kind: frozenset(each.name for each in found) for kind, found in live.items()},
            applications=applications,
        )


@dataclass(frozen=True)
class _OwnResource:
    """A resource of ours, its outputs in clear."""

    name: str
    id: str
    outputs: Mapping[str, Any]


def _live(snapshot: Snapshot, kind: ResourceKind) -> Iterator[_OwnResource]:
    return (
        _OwnResource(name_of(each.urn), each.id, in_our_words(unwrapped(each.outputs)))
        for each in snapshot.resources
        if OURS.get(each.type) is kind and not each.delete and not each.external
    )
