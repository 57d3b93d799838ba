"""Small programs, each with what is done to it; every resource option and every way to fail at least once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..engine.stacks import TestStack

Meanwhile = Callable[[TestStack], object]


@dataclass(frozen=True)
class Phase:
    """A command; before it a program or settings are written, or somebody changes the cloud."""

    command: str
    program: str | None = None
    config: str | None = None
    meanwhile: Meanwhile | None = None
    options: tuple[str, ...] = ()
    policies: str | None = None
    policy_config: str | None = None


def up(program: str, *options: str, **more: Any) -> Phase:
    return Phase("up", program, options=options, **more)


def preview(program: str, *options: str, policies: str | None = None) -> Phase:
    return Phase("preview", program, options=options, policies=policies)


def refresh(*options: str, meanwhile: Meanwhile | None = None) -> Phase:
    return Phase("refresh", meanwhile=meanwhile, options=options)


def destroy(*options: str) -> Phase:
    return Phase("destroy", options=options)


def lose(*things: str) -> Meanwhile:
    """Somebody deletes things."""

    def meanwhile(stack: TestStack) -> None:
        for thing in things:
            (stack.cloud / f"{thing}.json").unlink()

    return meanwhile


def change(thing: str, old: str, new: str) -> Meanwhile:
    """Somebody changes a thing."""

    def meanwhile(stack: TestStack) -> None:
        file = stack.cloud / f"{thing}.json"
        file.write_text(file.read_text().replace(old, new))

    return meanwhile


CHAIN = 'a = Thing("a", kind="x")\nb = Thing("b", source=a.serial)\nc = Thing("c", size=b.serial)\n'
COMPONENT = """
class Pair(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("things:index:Pair", name, {}, opts)
        left = Thing(f"{name}-left", ResourceOptions(parent=self))
        Thing(f"{name}-right", ResourceOptions(parent=self), size=left.serial)
        self.left = left.serial
        self.register_outputs({"left": left.serial})
"""
PACK = """
from pulumi_policy import *

def small(args, report):
    if args.props.get("size", 0) > 5:
        report("too big")

def few(args, report):
    things = [each for each in args.resources if each.resource_type.endswith("Thing")]
    if len(things) > 2:
        report("too many", max(each.urn for each in things))

def shrink(args):
    return {**args.props, "size": 5} if args.props.get("size", 0) > 5 else None

LEVEL = EnforcementLevel
PolicyPack("pack", [
    ResourceValidationPolicy("small", "Small.", small, LEVEL.SMALL),
    ResourceValidationPolicy("shrunk", "Shrunk.", remediate=shrink, enforcement_level=LEVEL.SHRUNK),
    StackValidationPolicy("few", "Few.", few, LEVEL.FEW),
])
"""


DELETE_FIRST = """
a = Thing("a", ResourceOptions(delete_before_replace=True), kind="x")
Thing("b", source=a.serial)
"""
IGNORING = """
opts = ResourceOptions(ignore_changes=["o.k[0].x", "l[*]"])
Thing("a", opts, o={"k": [{"x": 1, "y": 1}]}, l=[1])
"""
NESTED = f"""{COMPONENT}
outer = pulumi.ComponentResource("things:index:Outer", "o", {{}}, ResourceOptions(protect=True))
Pair("p", ResourceOptions(parent=outer))
"""
CONFIG_READER = """
c = pulumi.Config()
Thing("a", size=c.require_int("n"), o=c.require_object("o"), x=c.get_bool("yes"))
pulumi.export("d", pulumi.Config("things").require("tenant"))
"""
ODD_SECRETS = """
secret = pulumi.Output.secret
odd = {"k": [secret({"x": [1, secret("deep")]})], "plain": 1}
a = Thing("a", l=[secret(1), 2], o=odd, nothing=secret(None))
Thing("b", l=a.l.apply(lambda l: l[1]), size=pulumi.Output.unsecret(a.size), o={"k": a.o["k"]})
pulumi.export("all", {"l": a.l, "in": [a.o["k"]], "empty": secret({})})
"""
ODD_UNKNOWNS = """
a = Thing("a")
b = Thing("b", o={"in": [{"deep": a.serial}, "known"]}, l=[a.serial], x=pulumi.Output.secret(a.serial))
Thing("c", o=pulumi.Output.all(a.serial, k=1).apply(str), y=b.o, l=a.serial.apply(lambda s: [s, s]))
pulumi.export("o", {"in": [a.serial, {"deep": b.o}], "f": pulumi.Output.format("<{}>", a.serial)})
"""
EXPLICIT = """
p = pulumi.ProviderResource("pulumi-python", "p", {"things:tenant": "t"})
Thing("a", ResourceOptions(provider=p))
"""


def pack(small: str = "DISABLED", shrunk: str = "DISABLED", few: str = "DISABLED") -> str:
    return (
        PACK.replace("LEVEL.SMALL", f"LEVEL.{small}")
        .replace("SHRUNK", shrunk)
        .replace("LEVEL.FEW", f"LEVEL.{few}")
    )


SCENARIOS: dict[str, Sequence[Phase]] = {
    # Lives of resources
    "create, keep, destroy": [up('Thing("a")'), up('Thing("a")'), destroy()],
    "chain": [preview(CHAIN), up(CHAIN), destroy()],
    "update in place": [up('Thing("a", size=1)'), preview('Thing("a", size=2)'), up('Thing("a", size=2)')],
    "update that dependants wait for": [up(CHAIN), up(CHAIN.replace('"a", ', '"a", size=2, '))],
    "drop": [up(CHAIN), up('Thing("a", kind="x")')],
    "rename": [up('Thing("a")'), up('Thing("b")')],
    "add and remove properties": [up('Thing("a", x=1, y=[1, 2])'), up('Thing("a", y=[2], z={"k": None})')],
    # Replacements
    "replace": [up('Thing("a", kind="x")'), preview('Thing("a", kind="y")'), up('Thing("a", kind="y")')],
    "replace a chain": [up(CHAIN), preview(CHAIN.replace('"x"', '"y"')), up(CHAIN.replace('"x"', '"y"'))],
    "replace, the provider deletes first": [
        up(CHAIN.replace('"x"', '"x", first=True')),
        up(CHAIN.replace('"x"', '"y", first=True')),
    ],
    "replace, the program deletes first": [up(DELETE_FIRST), up(DELETE_FIRST.replace('"x"', '"y"'))],
    "replace and drop at once": [up(CHAIN), up('Thing("a", kind="y")')],
    # Options
    "depends_on": [up('a = Thing("a")\nThing("b", ResourceOptions(depends_on=[a]))'), destroy()],
    "component": [
        up(COMPONENT + 'pulumi.export("left", Pair("p").left)'),
        up(COMPONENT + 'pulumi.export("left", Pair("p").left)'),
        destroy(),
    ],
    "nested components inherit": [up(NESTED), destroy()],
    "parent": [up('a = Thing("a")\nThing("b", ResourceOptions(parent=a))'), up('Thing("a")')],
    "protect": [
        up('Thing("a", ResourceOptions(protect=True), kind="x")'),
        up(""),
        up('Thing("a", ResourceOptions(protect=True), kind="y")'),
        destroy(),
        up('Thing("a", kind="x")'),
        destroy(),
    ],
    "ignore_changes": [
        up('Thing("a", ResourceOptions(ignore_changes=["size"]), size=1, x=1)'),
        up('Thing("a", ResourceOptions(ignore_changes=["size"]), size=2, x=2)'),
    ],
    "ignore_changes at any depth": [
        up(IGNORING),
        up(IGNORING.replace('"x": 1, "y": 1', '"x": 2, "y": 2').replace("l=[1]", "l=[2]")),
    ],
    "transformations": [
        up(
            "def grow(args):\n"
            "    return pulumi.ResourceTransformationResult({**args.props, 'size': 7}, args.opts)\n"
            'Thing("a", ResourceOptions(transformations=[grow]))'
        )
    ],
    "replace_on_changes": [
        up('Thing("a", ResourceOptions(replace_on_changes=["size"]), size=1, x=1)'),
        up('Thing("a", ResourceOptions(replace_on_changes=["size"]), size=1, x=2)'),
        up('Thing("a", ResourceOptions(replace_on_changes=["size"]), size=2, x=2)'),
    ],
    "retain_on_delete": [
        up('Thing("a", ResourceOptions(retain_on_delete=True), kind="x")'),
        up('Thing("a", ResourceOptions(retain_on_delete=True), kind="y")'),
        up(""),
    ],
    "deleted_with": [up('a = Thing("a")\nThing("b", ResourceOptions(deleted_with=a))'), destroy()],
    "custom_timeouts": [
        up('Thing("a", ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="1m", delete="90s")))')
    ],
    "additional_secret_outputs": [
        up('a = Thing("a", ResourceOptions(additional_secret_outputs=["serial"]))\nThing("b", size=a.serial)')
    ],
    # Values, secrets, configuration
    "kinds of values": [
        up('Thing("a", n=1, f=2.5, big=1e22, t=True, nothing=None, l=[1, [], None], o={"é": {}, "<&>": ""})'),
        up('Thing("a", n=1, f=2.5, big=1e22, t=True, nothing=None, l=[1, [], None], o={"é": {}, "<&>": ""})'),
    ],
    "secret inputs": [
        up(
            'a = Thing("a", size=pulumi.Output.secret(3), o={"in": pulumi.Output.secret("hush")})\n'
            'Thing("b", size=a.size)\npulumi.export("size", a.size)'
        ),
        up(
            'a = Thing("a", size=pulumi.Output.secret(4), o={"in": pulumi.Output.secret("hush")})\n'
            'Thing("b", size=a.size)\npulumi.export("size", a.size)'
        ),
    ],
    "configuration": [
        up(
            CONFIG_READER,
            config="config:\n  tests:n: 3\n  tests:o: {b: [1, '<']}\n  things:tenant: t\n  yes: true\n",
        )
    ],
    "stack outputs": [
        up('pulumi.export("x", 1)\npulumi.export("y", {"k": Thing("a").serial})'),
        up('pulumi.export("x", 2)\nThing("a")'),
    ],
    "unknown outputs in a preview": [
        preview('a = Thing("a")\npulumi.export("x", a.serial)\nThing("b", o={"in": [a.serial]})')
    ],
    "a resource as an output": [up('pulumi.export("a", Thing("a"))')],
    "names in any script": [
        up('pulumi.export("größe", Thing("ünï 名 ☃", o={"ключ": "<значение>"}).o)'),
        up('pulumi.export("größe", Thing("ünï 名 ☃", o={"ключ": "<значения>"}).o)'),
        destroy(),
    ],
    "secrets in odd places": [
        up(ODD_SECRETS),
        preview(ODD_SECRETS.replace("1)", "5)")),
        up(ODD_SECRETS.replace("1)", "5)")),
    ],
    "unknowns in odd places": [preview(ODD_UNKNOWNS), up(ODD_UNKNOWNS)],
    # Reading, refreshing
    "get": [
        up('Thing("a", size=3)'),
        up('Thing("a", size=3)\npulumi.export("size", Thing("b", ResourceOptions(id="a-1")).size)'),
        destroy(),
    ],
    "refresh finds nothing": [up(CHAIN), refresh()],
    "refresh finds drift": [
        up('Thing("a", size=1)'),
        refresh(meanwhile=change("a-1", '"size": 1', '"size": 7')),
        up('Thing("a", size=1)'),
    ],
    "refresh finds something gone": [up(CHAIN), refresh(meanwhile=lose("b-1")), up(CHAIN)],
    "preview and up with a refresh": [
        up('Thing("a", size=1)'),
        Phase("preview", meanwhile=change("a-1", '"size": 1', '"size": 7'), options=("--refresh",)),
        Phase("up", options=("--refresh",)),
    ],
    # Failures
    "creation fails": [
        up('a = Thing("a")\nb = Thing("b", size=a.serial, raises="create")\nThing("c", size=b.serial)'),
        up('a = Thing("a")\nb = Thing("b", size=a.serial)\nThing("c", size=b.serial)'),
    ],
    "update fails": [
        up('Thing("a", size=1)'),
        up('Thing("a", size=2, raises="update")'),
        up('Thing("a", size=2)'),
    ],
    "deletion fails": [up('a = Thing("a")\nThing("b", size=a.serial, raises="delete")'), destroy()],
    "replacement is interrupted": [
        up('Thing("a", kind="x", first=True)'),
        up('Thing("a", kind="y", first=True, raises="create")'),
        up('Thing("a", kind="y", first=True)'),
    ],
    "the old one of a replacement stays": [
        up('Thing("a", kind="x", raises="delete")'),
        up('Thing("a", kind="y")'),
    ],
    "check fails": [preview('Thing("a", wrong="size")'), up('Thing("a", wrong="all")')],
    "the program fails": [up('Thing("a")\nraise LookupError("no such thing")')],
    "the program exits": [
        up('import sys\nThing("a")\nsys.exit(0)'),
        up('import sys\nThing("a")\nThing("b")\nsys.exit(3)'),
    ],
    "the program says why": [up('raise pulumi.RunError("not like this")')],
    "one name twice": [up('Thing("a")\nThing("a")')],
    "continue on error": [
        up('a = Thing("a", raises="create")\nThing("b", size=a.serial)\nThing("c")', "--continue-on-error")
    ],
    # Providers
    "explicit provider": [
        up(EXPLICIT),
        up(EXPLICIT.replace('"t"', 'pulumi.Output.secret("u")')),
        destroy(),
    ],
    "provider of a component": [
        up(
            COMPONENT + 'p = pulumi.ProviderResource("pulumi-python", "p", {"things:tenant": "t"})\n'
            'Pair("c", ResourceOptions(providers=[p]))'
        )
    ],
    # Policies
    "policy advises": [up('Thing("a", size=9)', policies=pack(small="ADVISORY"))],
    "policy stops": [
        preview('Thing("a", size=9)', policies=pack(small="MANDATORY")),
        up('Thing("a", size=9)', policies=pack(small="MANDATORY")),
    ],
    "policy corrects": [up('Thing("a", size=9)', policies=pack(shrunk="REMEDIATE"))],
    "a failing check and a broken rule": [
        preview('Thing("a", size=9, wrong="size")', policies=pack(small="MANDATORY", shrunk="REMEDIATE")),
        preview('Thing("a", size=9, wrong="size")', policies=pack(small="MANDATORY")),
        up('Thing("a", size=9, wrong="size")', policies=pack(small="MANDATORY")),
    ],
    "policies by configuration": [
        up(
            'Thing("a", size=9)',
            policies=pack(small="MANDATORY"),
            policy_config='{"small": "disabled", "few": "advisory", "shrunk": "remediate"}',
        )
    ],
    "a policy raises": [
        up('Thing("a", size=9)', policies=pack(small="ADVISORY").replace('too big")', 'too big"); 1 / 0'))
    ],
    "policy of the stack": [
        preview('for n in "abc": Thing(n)', policies=pack(few="MANDATORY")),
        up('for n in "abc": Thing(n)', policies=pack(few="ADVISORY")),
    ],
}
