"""What a stack has already, so that an import brings only what is not there yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_auth0_apis.engine.state import ResourceState, Snapshot
from pulumi_auth0_apis.engine.urns import name_of
from pulumi_auth0_apis.importing.kinds import CLIENT_GRANT, PERMISSION, RESOURCE_SERVER, Kind


@dataclass(frozen=True)
class Existing:
    """The resources of a stack, by what identifies them in the tenant.

    `apis` maps the identifier of each API to its resource name, `inline` holds those whose permissions are
    their own `scopes`; `permissions` are named by identifier and scope, `grants` by id; `applications` is the
    configuration's table of client ids.
    """

    apis: Mapping[str, str] = field(default_factory=dict)
    inline: frozenset[str] = frozenset()
    permissions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    grants: Mapping[str, str] = field(default_factory=dict)
    applications: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, applications: Mapping[str, str]) -> Existing:
        """What a state holds, of whatever name and under whatever component."""
        return cls(
            apis={each.outputs["identifier"]: name_of(each.urn) for each in _live(snapshot, RESOURCE_SERVER)},
            inline=frozenset(
                each.outputs["identifier"]
                for each in _live(snapshot, RESOURCE_SERVER)
                if "scopes" in each.outputs.get("managed", ())
            ),
            permissions={_scope_key(each.outputs): name_of(each.urn) for each in _live(snapshot, PERMISSION)},
            grants={each.id: name_of(each.urn) for each in _live(snapshot, CLIENT_GRANT)},
            applications=applications,
        )


def _scope_key(outputs: Mapping[str, Any]) -> tuple[str, str]:
    return outputs["resource_server_identifier"], outputs["scope"]


def _live(snapshot: Snapshot, kind: Kind) -> Iterator[ResourceState]:
    return (
        each
        for each in snapshot.resources
        if each.type == kind.token and not each.delete and not each.external
    )
