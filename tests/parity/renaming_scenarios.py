"""Resources that get another name, and the aliases by which either engine finds them again."""

from __future__ import annotations

from collections.abc import Sequence

from ..engine.stacks import TestStack
from .scenarios import COMPONENT, DELETE_FIRST, EXPLICIT, Meanwhile, Phase, destroy, preview, up

TYPE = "pulumi-python:dynamic/things:Thing"


def urn(name: str, kind: str = TYPE) -> str:
    """The URN of a resource of the scenarios' stack; the types of its parents are part of its kind."""
    return f"urn:pulumi:dev::tests::{kind}::{name}"


def alias(**parts: str) -> str:
    """An alias as a program writes it."""
    return f"pulumi.Alias({', '.join(f'{part}={value!r}' for part, value in parts.items())})"


def aliased(*aliases: str, more: str = "") -> str:
    """Resource options with these aliases."""
    return f"ResourceOptions(aliases=[{', '.join(aliases)}]{more})"


def rewrite(old: str, new: str) -> Meanwhile:
    """The state is from a time when something in it was called differently."""

    def meanwhile(stack: TestStack) -> None:
        file = stack.folder / ".pulumi/stacks/tests/dev.json"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    return meanwhile


WAS_A = aliased(alias(name="a"))
CHAIN = 'a = Thing("a", kind="x")\nb = Thing("b", size=a.serial)\nThing("c", source=b.serial)\n'
RENAMED_CHAIN = CHAIN.replace('Thing("a", ', f'Thing("z", {WAS_A}, called="a", ')
RENAMED_FIRST = DELETE_FIRST.replace(
    '"a", ResourceOptions(', f'"z", ResourceOptions(aliases=[{alias(name="a")}], '
)
BOX = """
class Box(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("things:index:Box", name, None, opts)
        Thing("a", ResourceOptions(parent=self))
Box("box")
"""
MOVED = BOX.replace("parent=self", "parent=self, aliases=[pulumi.Alias(parent=None)]")
MOVED_OUT = f'Thing("a", {aliased(repr(urn("a", "things:index:Box$" + TYPE)))})'
READING = BOX.replace("parent=self", 'parent=self, id="x-1"') + 'Thing("x")'
OTHER_TYPE = f"""
class Ding(Thing, module="things", name="Ding"): ...
Ding("a", {aliased(alias(type_=TYPE))})
"""
NEST = f"""{COMPONENT}
class Nest(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("things:index:Nest", name, None, opts)
        pair = Pair(f"{{name}}-pair", ResourceOptions(parent=self))
        Thing("apart", ResourceOptions(parent=self), size=pair.left)
Nest("nest")
"""
CAGE = NEST.replace("things:index:Nest", "things:index:Cage").replace(
    'Nest("nest")', f'Nest("cage", {aliased(alias(name="nest", type_="things:index:Nest"))})'
)
PAIR = COMPONENT + 'pulumi.export("left", Pair("old").left)\n'
OTHER_PAIR = PAIR.replace('Pair("old")', f'Pair("new", {aliased(alias(name="old"))})')
TELLING_PACK = """
from pulumi_policy import *

def told(args, report):
    if args.opts.aliases:
        report(f"was {args.opts.aliases}")

PolicyPack("pack", [ResourceValidationPolicy("told", "Told.", told, EnforcementLevel.ADVISORY)])
"""
CHILD = '{parents}\nThing("c", ResourceOptions(parent={parent}{more}))'

RENAMING_SCENARIOS: dict[str, Sequence[Phase]] = {
    "renamed": [
        up(CHAIN),
        preview(RENAMED_CHAIN),
        up(RENAMED_CHAIN),
        up(RENAMED_CHAIN.replace(f"{WAS_A}, ", "")),
        destroy(),
    ],
    "renamed, by the whole URN": [up('Thing("a")'), up(f'Thing("z", {aliased(repr(urn("a")))}, called="a")')],
    "of another type": [up('Thing("a")'), up(OTHER_TYPE)],
    "renamed and changed": [up('Thing("a", size=1)'), up(f'Thing("z", {WAS_A}, size=2)')],
    "renamed and replaced": [
        up(CHAIN),
        preview(RENAMED_CHAIN.replace('"x"', '"y"')),
        up(RENAMED_CHAIN.replace('"x"', '"y"')),
    ],
    "renamed and replaced, deleted first": [up(DELETE_FIRST), up(RENAMED_FIRST.replace('"x"', '"y"'))],
    "renamed, its dependent dropped": [up(CHAIN), up(f'Thing("z", {WAS_A}, kind="x")')],
    "renamed, what follows fails": [
        up(CHAIN),
        up(RENAMED_CHAIN.replace("size=a", 'raises="update", size=a')),
        up(RENAMED_CHAIN),
    ],
    "renamed, and a new one has its name": [
        up('Thing("a")'),
        up(f'Thing("z", {WAS_A}, kind=Thing("a").kind)'),
    ],
    "renamed, and a new one gets its name": [
        up('Thing("a")'),
        up(f'Thing("a", kind=Thing("z", {WAS_A}).kind)'),
    ],
    "one former name for two": [
        up('Thing("a")'),
        up(f'Thing("y", {WAS_A}, kind=Thing("z", {WAS_A}).kind)'),
    ],
    "a former name that was never there": [up(f'Thing("z", {WAS_A})')],
    "names swapped": [
        up('Thing("a", size=1)\nThing("b", size=2)'),
        up(f'Thing("a", {aliased(alias(name="b"))}, size=2)\nThing("b", {WAS_A}, size=1)'),
    ],
    "several former names": [
        up('Thing("a")'),
        up(f'Thing("z", {aliased(alias(name="y"), alias(name="a"))})'),
    ],
    "moved into a component": [up('Thing("a")'), preview(MOVED), up(MOVED), up(BOX)],
    "moved out of a component": [up(BOX), up(MOVED_OUT), destroy()],
    "moved to another parent": [
        up(CHILD.format(parents='a = Thing("a")\nb = Thing("b")', parent="a", more="")),
        up(
            CHILD.format(
                parents='a = Thing("a")\nb = Thing("b")',
                parent="b",
                more=", aliases=[pulumi.Alias(parent=a)]",
            )
        ),
    ],
    "moved from a parent that is renamed": [
        up(CHILD.format(parents='a = Thing("a")', parent="a", more="")),
        up(f'z = Thing("z", {WAS_A})\nThing("c", {aliased("pulumi.Alias(parent=z)")})'),
    ],
    "a component is renamed": [up(PAIR), preview(OTHER_PAIR), up(OTHER_PAIR), destroy()],
    "a component is renamed, and something in it": [
        up(PAIR),
        up(
            OTHER_PAIR.replace(
                '-right", ResourceOptions(',
                '-wrong", ResourceOptions(aliases=[pulumi.Alias(name=f"{name}-right")], ',
            )
        ),
    ],
    "nested components of another type": [up(NEST), preview(CAGE), up(CAGE)],
    "a component of another type, what is in it fails": [
        up(NEST),
        up(CAGE.replace("size=pair.left", 'raises="update", size=pair.left, x=1')),
        up(CAGE),
    ],
    "a component of another type, the rest goes on": [
        up(NEST),
        up(CAGE.replace('-left", ', '-left", raises="update", x=1, opts='), "--continue-on-error"),
    ],
    "from another project and stack": [
        up('Thing("a")'),
        Phase(
            "up",
            f'Thing("a", {aliased(alias(project="shop", stack="prod"))})',
            meanwhile=rewrite(urn("a"), urn("a").replace("dev::tests", "prod::shop")),
        ),
    ],
    "a provider is renamed": [
        up(EXPLICIT + 'Thing("b", ResourceOptions(provider=p))'),
        up(EXPLICIT.replace('"p", {', '"q", opts=' + aliased(alias(name="p")) + ", props={")),
        destroy(),
    ],
    "a policy sees what it was called": [up('Thing("a")'), up(f'Thing("z", {WAS_A})', policies=TELLING_PACK)],
    "what is read moves": [
        up(READING),
        up(
            READING.replace("things:index:Box", "things:index:Bin").replace(
                'Box("box")', f'Box("box", {aliased(alias(type_="things:index:Box"))})'
            )
        ),
    ],
}
