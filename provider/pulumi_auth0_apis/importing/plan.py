"""The plan of an import: everything that was found, named, and without the defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from auth0_api_vocabulary import OUR_KINDS, ResourceKind, kinds


@dataclass(frozen=True)
class SecretSetting:
    """A value that the program takes from an encrypted configuration key."""

    config_key: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class PlannedPermission:
    """A `Permission` resource."""

    name: str
    scope: str
    description: str | None = None

    @property
    def inputs(self) -> dict[str, Any]:
        """The inputs that are its own; its API is the plan's."""
        described = {} if self.description is None else {"description": self.description}
        return {"scope": self.scope, **described}


@dataclass(frozen=True)
class PlannedObject:
    """A resource that belongs to an API, a grant say; `found` is the object in the words of its settings."""

    kind: ResourceKind
    name: str
    inputs: Mapping[str, Any]
    found: Mapping[str, Any] = field(repr=False)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedApi:
    """One API with its permissions, and with what else belongs to it.

    `inputs` is None where the API itself is not declared: Auth0's own, or one that the stack has already.
    """

    name: str
    title: str
    identifier: str
    inputs: Mapping[str, Any] | None = None
    found: Mapping[str, Any] = field(default_factory=dict, repr=False)
    permissions: tuple[PlannedPermission, ...] = ()
    objects: tuple[PlannedObject, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def kinds(self) -> list[ResourceKind]:
        """The kind of each of its resources."""
        return [
            *([] if self.inputs is None else [kinds.API]),
            *(kinds.PERMISSION for _ in self.permissions),
            *(each.kind for each in self.objects),
        ]


@dataclass(frozen=True)
class PlannedApplication:
    """An application that grants refer to, by its key under the configuration's `applications`."""

    key: str
    client_id: str
    name: str


@dataclass(frozen=True)
class ImportPlan:
    """All that a program and its first state need."""

    domain: str
    apis: tuple[PlannedApi, ...] = ()
    applications: tuple[PlannedApplication, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def secrets(self) -> list[SecretSetting]:
        """The values that belong into the encrypted configuration."""
        values = [value for api in self.apis for value in (api.inputs or {}).values()]
        return [value for value in values if isinstance(value, SecretSetting)]

    def application_key(self, client_id: str) -> str:
        """The configuration's word for a client id."""
        return self.application(client_id).key

    def application(self, client_id: str) -> PlannedApplication:
        """The application of a client id that a grant of this plan has."""
        return self._by_client_id[client_id]

    @cached_property
    def _by_client_id(self) -> dict[str, PlannedApplication]:
        return {each.client_id: each for each in self.applications}

    @property
    def counts(self) -> list[str]:
        """How many of each class, for people: `2 APIs`, `1 permission`."""
        numbers = Counter(kind for api in self.apis for kind in api.kinds)
        return [
            f"{number:,} {kind.noun}{'s' * (number != 1)}" for kind in OUR_KINDS if (number := numbers[kind])
        ]

    def __len__(self) -> int:
        return sum(len(api.kinds) for api in self.apis)
