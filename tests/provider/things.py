"""A kind of object that has every sort of setting, for tests of what all kinds have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from auth0_api_vocabulary import ResourceKind
from pulumi_auth0_apis._additional import ADDITIONAL_SETTINGS
from pulumi_auth0_apis._holdings import Holdings, ObjectKey
from pulumi_auth0_apis._inputs import Setting, Settings
from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider, TenantRun

API_KEY = ("API", "orders")


def setting(name: str, type_: Any, **more: Any) -> Setting:
    return Setting(name, type_, description="X.", **more)


class Things(ObjectProvider):
    """Identified by name and region, in an API."""

    kind = ResourceKind("thing", "thing", key=("name", "region"))
    title = "thing"
    settings: ClassVar[Settings] = (
        setting("name", str, required=True, on_change="replace"),
        setting("region", str, default="eu", on_change="replace"),
        setting("size", int, default=1),
        setting("note", str, on_removal="null"),
        setting("label", str, on_removal="keep"),
        setting("secret", str, secret=True),
        setting("token", str, secret=True),
        setting("tags", list[Any], unordered=True),
        setting("nested", dict[str, Any]),
        setting("description", str),
    )
    computed = ("id", "client_id")
    import_filters: ClassVar[dict[str, str]] = {"name": "--name", "region": "--region"}
    ways_on = ("Or leave it.",)

    def api_key_of(self, props: Mapping[str, Any]) -> ObjectKey | None:
        return API_KEY if "name" in props else None

    def create(self, *_: object) -> tuple[str, ManagedObject]:
        raise NotImplementedError

    def find(self, *_: object) -> ManagedObject | None:
        raise NotImplementedError

    def read(self, *_: object) -> tuple[str, ManagedObject]:
        raise NotImplementedError

    def update(self, *_: object) -> ManagedObject:
        raise NotImplementedError

    def delete(self, *_: object) -> None:
        raise NotImplementedError


class SilentThings(Things):
    """Whose tenant does not say everything back, and whose size follows from the region."""

    def kept(self, found: ManagedObject, wanted: Mapping[str, Any]) -> ManagedObject:
        return {**wanted, **found}

    def fallback(self, setting: Setting, inputs: Mapping[str, Any]) -> Any:
        return 7 if inputs.get("region") == "us" else super().fallback(setting, inputs)


class OpenThings(Things):
    """Which live in an API, have another word for their size, and take what no table knows."""

    kind = ResourceKind("thing", "thing", key=("name", "region"), api="home")
    settings = (ADDITIONAL_SETTINGS, *Things.settings)
    wire_names: ClassVar[dict[str, str]] = {"size": "weight"}


THINGS = Things()
SILENT = SilentThings()
OPEN = OpenThings()


def run() -> TenantRun:
    """A run that has seen nothing, on a tenant that nobody calls."""
    return TenantRun(cast(Any, None), Holdings())
