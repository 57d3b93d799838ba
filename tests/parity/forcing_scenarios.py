"""Resources that are replaced because somebody wants it: by a taint in the state, or by `--replace`."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_auth0_apis.engine import mark

from ..engine.stacks import TestStack
from .renaming_scenarios import WAS_A, urn
from .scenarios import CHAIN, COMPONENT, DELETE_FIRST, EXPLICIT, Meanwhile, Phase, destroy, preview, up


def taint(*urns: str) -> Meanwhile:
    """Somebody taints resources."""

    def meanwhile(stack: TestStack) -> None:
        mark(stack.engine.open().store, urns, taint=True)

    return meanwhile


PAIR = urn("p", "things:index:Pair")
PROVIDER = urn("p", "pulumi:providers:pulumi-python")
STAMPED = 'Thing("a", ResourceOptions(ignore_changes=["size"]), stamped=True, size=1)'
PROTECTED = 'Thing("a", ResourceOptions(protect=True))'

FORCING_SCENARIOS: dict[str, Sequence[Phase]] = {
    "tainted": [
        up(CHAIN),
        Phase("preview", meanwhile=taint(urn("a"))),
        Phase("up"),
        Phase("up", meanwhile=taint(urn("b"), urn("c"))),
    ],
    "tainted, deleted first": [up(DELETE_FIRST), Phase("up", meanwhile=taint(urn("a")))],
    "tainted, and checked as a new one": [
        up(STAMPED),
        Phase("up", STAMPED.replace("size=1", "size=2"), meanwhile=taint(urn("a"))),
        up(STAMPED.replace("size=1", "size=3")),
    ],
    "tainted, and replaced anyway": [
        up('Thing("a", stamped=True, kind="x")'),
        Phase("up", 'Thing("a", stamped=True, kind="y")', meanwhile=taint(urn("a"))),
        up('Thing("a", stamped=True, kind="z")'),
    ],
    "tainted and renamed": [up('Thing("a")'), Phase("up", f'Thing("z", {WAS_A})', meanwhile=taint(urn("a")))],
    "tainted and dropped": [up(CHAIN), Phase("up", 'Thing("a", kind="x")', meanwhile=taint(urn("c")))],
    "tainted and protected": [
        up(PROTECTED),
        Phase("preview", meanwhile=taint(urn("a"))),
        Phase("up"),
        up('Thing("a")'),
    ],
    "tainted, and its creation fails": [
        up('Thing("a")'),
        Phase("up", 'Thing("a", raises="create")', meanwhile=taint(urn("a"))),
        up('Thing("a")'),
    ],
    "tainted component": [up(COMPONENT + 'Pair("p")'), Phase("up", meanwhile=taint(PAIR)), destroy()],
    "tainted provider": [up(EXPLICIT), Phase("up", meanwhile=taint(PROVIDER)), destroy()],
    "tainted, refreshed and destroyed": [
        up('Thing("a")'),
        Phase("refresh", meanwhile=taint(urn("a"))),
        destroy(),
    ],
    "replaced by name": [
        up(CHAIN),
        preview(CHAIN, f"--replace={urn('a')}"),
        up(CHAIN, f"--replace={urn('a')}", f"--replace={urn('c')}"),
    ],
    "replaced by pattern": [up(CHAIN), up(CHAIN, "--replace=**Thing::*")],
    "replaced, deleted first": [up(DELETE_FIRST), up(DELETE_FIRST, f"--replace={urn('a')}")],
    "replaced, and checked as a new one": [up(STAMPED), up(STAMPED, f"--replace={urn('a')}")],
    "replaced, though protected": [up(PROTECTED), up(PROTECTED, f"--replace={urn('a')}")],
    "replaced, though nobody knows it": [
        up('Thing("a")'),
        preview('Thing("a")\nThing("b")', f"--replace={urn('b')}"),
        up('Thing("a")', f"--replace={urn('b')}", f"--replace={urn('c', 'x$y')}"),
    ],
}
