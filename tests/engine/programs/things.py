"""A provider whose cloud is a folder: one file for each thing, and a log of all calls.

Test programs import it; so does the provider process, by its name.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)

CLOUD = Path(os.environ.get("THINGS_CLOUD", "cloud"))
INTERNAL = "__provider"


def provider() -> ThingProvider:
    return ThingProvider()


class ThingProvider(ResourceProvider):
    serialize_as_secret_always = False

    def __reduce__(self) -> Any:
        return (provider, ())

    def configure(self, req: Any) -> None:
        log("configure", tenant=req.config.get("things:tenant"))

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        failures = []
        if news.get("wrong"):
            failures.append(
                CheckFailure(news["wrong"] if news["wrong"] != "all" else "", "must not be wrong")
            )
        if news.get("stamped"):
            news = {"stamp": olds.get("stamp") or generation(f"stamp of {news['name']}"), **news}
        return CheckResult({"size": 1, **news}, failures)

    def diff(self, id: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:  # noqa: A002
        replaces = [key for key in ("kind", "source") if olds.get(key) != news.get(key)]
        return DiffResult(changes=None, replaces=replaces, delete_before_replace=bool(news.get("first")))

    def create(self, props: dict[str, Any]) -> CreateResult:
        log("create", **props)
        misbehave("create", props)
        thing_id = f"{props['name']}-{generation(props['name'])}"
        return CreateResult(thing_id, store(thing_id, props))

    def read(self, id: str, props: dict[str, Any]) -> ReadResult:  # noqa: A002
        log("read", id=id)
        file = CLOUD / f"{id}.json"
        if not file.exists():
            return ReadResult("", {})
        found = json.loads(file.read_text())
        return ReadResult(id, {**found, "serial": f"serial of {id}"}, found)

    def update(self, id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:  # noqa: A002
        log("update", id=id, **news)
        misbehave("update", news)
        return UpdateResult(store(id, news))

    def delete(self, id: str, props: dict[str, Any]) -> None:  # noqa: A002
        log("delete", id=id)
        misbehave("delete", props)
        (CLOUD / f"{id}.json").unlink(missing_ok=True)


def misbehave(call: str, props: dict[str, Any]) -> None:
    if props.get("raises") == call:
        raise ValueError(f"the cloud refuses to {call} {props['name']}")
    if props.get("falters") == call and generation(f"{call} of {props['name']}") == 1:
        raise ValueError(f"the cloud is busy with {props['name']}")
    if props.get("dies") == call:
        os._exit(3)
    if props.get("waits") == call:
        print(f"waiting to {call} {props['name']}", flush=True)
        while not (CLOUD / "go").exists():
            time.sleep(0.01)  # in the child; the test says when


def generation(name: str) -> int:
    """How often a thing of this name has been created, this time included."""
    counter = CLOUD / f"{name}.created"
    with counter.open("a") as created:
        created.write(".")
    return counter.stat().st_size


def store(thing_id: str, props: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in props.items() if key != INTERNAL}
    CLOUD.mkdir(exist_ok=True)
    (CLOUD / f"{thing_id}.json").write_text(json.dumps(kept))
    return {**kept, "serial": f"serial of {thing_id}"}


def log(call: str, **details: Any) -> None:
    details.pop(INTERNAL, None)
    CLOUD.mkdir(exist_ok=True)
    with (CLOUD / "calls").open("a") as calls:
        calls.write(json.dumps({"call": call, **details}) + "\n")


class Thing(Resource, module="things", name="Thing"):
    """A thing. `kind` and `source` replace it, `first` deletes before it creates.

    A `stamped` one has a `stamp` that only a check without the old inputs makes anew.
    """

    name: pulumi.Output[str]
    kind: pulumi.Output[str]
    serial: pulumi.Output[str]

    def __init__(
        self, name: str, opts: pulumi.ResourceOptions | None = None, *, called: str = "", **props: Any
    ) -> None:
        """`called` is the property `name`, where that is not the resource's own."""
        given = {key: value for key, value in props.items() if value is not None}
        fixed = {"name": called or name, "kind": None, "serial": None}
        super().__init__(ThingProvider(), name, {**fixed, **given}, opts)


if __name__ == "__main__":
    sys.exit("import me")
