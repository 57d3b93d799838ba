"""Runs that are limited to some resources: what they do, what they leave alone, and what they refuse."""

from __future__ import annotations

from collections.abc import Sequence

from .forcing_scenarios import PAIR, taint
from .renaming_scenarios import TYPE, WAS_A, alias, aliased, urn
from .scenarios import CHAIN, COMPONENT, EXPLICIT, Phase, change, destroy, lose, pack, preview, refresh, up

A, B, C = (f"--target={urn(name)}" for name in "abc")
TOO = "--target-dependents"
TWO = 'Thing("a", size=1)\nThing("b", size=1)'
BIGGER = TWO.replace("size=1", "size=2")
LATE = 'a = Thing("a")\nb = Thing("b", size=a.serial)\npulumi.export("b", {"is": [b.serial]})'
FIRST = CHAIN.replace('kind="x"', 'kind="x", first=True')
LEFT = f"--target={urn('p-left', f'things:index:Pair${TYPE}')}"
IN_PAIR = COMPONENT + 'Pair("p")\n'
ELSEWHERE = EXPLICIT + 'Thing("b")'
MOVED_ALONE = EXPLICIT + 'Thing("b", ResourceOptions(provider=p))'
DROPPED = 'a = Thing("a")\nThing("b", size=a.serial)\nThing("c")'
RENAMED = f'z = Thing("z", {WAS_A}, size=2)\nThing("b", size=z.serial)\nThing("c", ResourceOptions(parent=z))'
NAMED = 'a = Thing("a", size=1)\nThing("b", size=a.serial)\nThing("c", ResourceOptions(parent=a))'

TARGET_SCENARIOS: dict[str, Sequence[Phase]] = {
    "a change": [up(TWO), preview(BIGGER, A), up(BIGGER, A), up(BIGGER)],
    "changes by pattern": [
        up(TWO),
        up(BIGGER, "--target=**:Thing::b"),
        up(BIGGER, "--target=urn:pulumi:*::*::**:*::a"),
    ],
    "a creation": [preview(TWO, A), up(TWO, A), up(TWO)],
    "an output of what is not created": [preview(LATE, A), up(LATE, A), up(LATE)],
    "a creation that needs another one": [preview(LATE, B), up(LATE, B)],
    "a creation with its dependents": [up(LATE, A, TOO)],
    "a change with its dependents": [
        up(CHAIN + 'Thing("d")'),
        up(
            CHAIN.replace('"a", ', '"a", size=2, ').replace("size=b", "x=1, size=b") + 'Thing("d", x=1)',
            A,
            TOO,
        ),
    ],
    "a deletion": [up(CHAIN), preview("", C), up("", C)],
    "a deletion with dependents": [up(CHAIN), preview("", A), up("", A), up("", A, TOO)],
    "a deletion that something left out stands against": [
        up(CHAIN),
        up('b = Thing("b")\nThing("c", ResourceOptions(depends_on=[b]))', A),
    ],
    "something else than what is dropped": [up(DROPPED), up('Thing("b")\nThing("c", size=2)', C)],
    "something else than what is moved": [
        up(DROPPED + '\nThing("d", ResourceOptions(parent=a))'),
        up('Thing("c", size=2)\nThing("d")', C),
    ],
    "a replacement": [
        up(CHAIN),
        preview(CHAIN.replace('"x"', '"y"'), A),
        up(CHAIN.replace('"x"', '"y"'), A),
        up(CHAIN.replace('"x"', '"y"')),
    ],
    "a replacement that deletes first": [
        up(FIRST),
        up(FIRST.replace('"x"', '"y"'), A),
        up(FIRST.replace('"x"', '"y"')),
    ],
    "a replacement by name": [up(TWO), up(BIGGER, f"--target-replace={urn('a')}")],
    "something else than what is tainted": [
        up(TWO),
        Phase("up", BIGGER, options=(B,), meanwhile=taint(urn("a"))),
    ],
    "a component": [up(IN_PAIR), up(IN_PAIR.replace("size=", "x=1, size="), f"--target={PAIR}")],
    "something in a component": [up(IN_PAIR), up(IN_PAIR.replace("self))", "self), x=1)"), LEFT)],
    "something in a new component": [preview(IN_PAIR, LEFT), up(IN_PAIR, LEFT)],
    "a new component with what is in it": [
        up(IN_PAIR, f"--target={PAIR}", TOO),
        destroy(f"--target={PAIR}", TOO),
    ],
    "something else than a new component": [up(IN_PAIR + 'Thing("a")', A)],
    "a new provider is there at once": [up('Thing("b")'), up(ELSEWHERE, B), up(ELSEWHERE)],
    "something else than what changes its provider": [up(ELSEWHERE), up(MOVED_ALONE, A)],
    "something else than what is renamed": [
        up(NAMED + '\nThing("d")'),
        up(RENAMED + '\nThing("d", size=2)', f"--target={urn('d')}"),
    ],
    "something else than a component that is renamed": [
        up(COMPONENT + 'Pair("old")\nThing("d")'),
        up(
            COMPONENT + f'Pair("new", {aliased(alias(name="old"))})\nThing("d", size=2)',
            f"--target={urn('d')}",
        ),
    ],
    "something that breaks no rule": [
        up('Thing("a", size=9)'),
        up(
            'Thing("a", size=8)\nThing("b")\nThing("c", size=7)',
            B,
            policies=pack(small="ADVISORY", few="ADVISORY"),
        ),
    ],
    "what is read, too": [
        up('Thing("a", size=3)'),
        up('Thing("a", size=4)\nThing("b", ResourceOptions(id="a-1"))\nThing("c")', C),
    ],
    "something else than what could not be deleted": [
        up('Thing("a", kind="x", raises="delete")\nThing("b")'),
        up('Thing("a", kind="y")\nThing("b")'),
        up('Thing("b", size=2)', B),
        up('Thing("b", size=2)'),
    ],
    "nothing that is there": [
        up(TWO),
        up(BIGGER, A, f"--target={urn('c')}", f"--target={urn('d', 'x$y')}"),
        preview(BIGGER, f"--target={urn('c')}"),
    ],
    "a refresh": [
        up(CHAIN + 'Thing("d", size=1)'),
        Phase("refresh", meanwhile=change("d-1", '"size": 1', '"size": 7'), options=(A,)),
        Phase("refresh", options=(f"--target={urn('d')}",)),
    ],
    "a refresh of what is gone": [up(CHAIN), refresh(B, meanwhile=lose("a-1", "b-1"))],
    "a refresh with dependents": [up(CHAIN + 'Thing("d")'), refresh(B, TOO, meanwhile=lose("c-1", "d-1"))],
    "a change after a refresh": [
        up(TWO),
        Phase("up", meanwhile=change("a-1", '"size": 1', '"size": 7'), options=(A, "--refresh")),
        Phase("up", BIGGER + '\nThing("c")', options=(C, "--refresh")),
    ],
    "a part of what is destroyed": [up(CHAIN), destroy(A), destroy(C), destroy(A, TOO), destroy()],
    "a part of what is destroyed, after a refresh": [
        up(TWO),
        Phase("destroy", meanwhile=lose("a-1"), options=(A, "--refresh")),
        Phase("destroy", meanwhile=lose("b-1"), options=("--target=**::b", "--refresh")),
    ],
}
