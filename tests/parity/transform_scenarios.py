"""Programs whose registrations are changed before the engine sees them."""

from __future__ import annotations

from collections.abc import Sequence

from .scenarios import COMPONENT, Phase, destroy, preview, up

TRANSFORMS = """
from pulumi import ResourceTransformArgs, ResourceTransformResult

def changed(opts=None, **props):
    def transform(args):
        if args.type_ != "pulumi-python:dynamic/things:Thing":
            return None
        merged = pulumi.ResourceOptions.merge(args.opts, opts)
        return ResourceTransformResult({**args.props, **props}, merged)
    return transform

def appended(text):
    def transform(args):
        if "kind" not in (args.props or {}):
            return None
        return ResourceTransformResult({**args.props, "kind": args.props["kind"] + text}, args.opts)
    return transform
"""
STACK = f"{TRANSFORMS}pulumi.runtime.register_resource_transform(changed(size=7))\n"

TRANSFORM_SCENARIOS: dict[str, Sequence[Phase]] = {
    "own": [
        preview(f'{TRANSFORMS}Thing("a", ResourceOptions(transforms=[changed(size=7)]))'),
        up(f'{TRANSFORMS}Thing("a", ResourceOptions(transforms=[changed(size=7)]))'),
        up(f'{TRANSFORMS}Thing("a", ResourceOptions(transforms=[changed(size=8)]))'),
    ],
    "of the stack": [up(f'{STACK}Thing("a")\nThing("b", size=1)'), up('Thing("a")'), destroy()],
    "of a component": [
        up(f'{TRANSFORMS}{COMPONENT}Pair("p", ResourceOptions(transforms=[changed(colour="red")]))'),
        up(f'{COMPONENT}Pair("p")'),
    ],
    "one after the other": [
        up(
            f'{TRANSFORMS}pulumi.runtime.register_resource_transform(appended("s"))\n'
            'c = pulumi.ComponentResource("things:index:C", "c", {}, '
            'ResourceOptions(transforms=[appended("p")]))\n'
            'Thing("a", ResourceOptions(parent=c, transforms=[appended("1"), appended("2")]), kind="x")'
        )
    ],
    "of options": [
        up(
            f'{TRANSFORMS}b = Thing("b")\n'
            'opts = pulumi.ResourceOptions(protect=True, depends_on=[b], ignore_changes=["size"])\n'
            'Thing("a", ResourceOptions(transforms=[changed(opts)]))'
        ),
        up(""),
    ],
    "with dependencies": [
        up(
            f'{TRANSFORMS}b = Thing("b")\n'
            'Thing("a", ResourceOptions(transforms=[changed(of=b.serial)]), size=b.serial)\n'
            'Thing("c", ResourceOptions(transforms=[changed()]), hidden=pulumi.Output.secret(1), of=b.serial)'
        ),
        preview('b = Thing("b")\nThing("a", size=b.serial, of=b.serial)'),
    ],
    "of the stack, with dependencies": [
        up(f'{STACK}b = Thing("b")\nThing("a", of=b.serial)\nThing("c", ResourceOptions(depends_on=[b]))')
    ],
    "that does nothing": [up('Thing("a", ResourceOptions(transforms=[lambda args: None]), l=[1, None])')],
    "delete first": [
        up(f'{TRANSFORMS}Thing("a", kind="x")'),
        up(
            f"{TRANSFORMS}opts = pulumi.ResourceOptions(delete_before_replace=True)\n"
            'Thing("a", ResourceOptions(transforms=[changed(opts)]), kind="y")'
        ),
    ],
    "and renamed": [
        up('Thing("a")'),
        up(
            f'{TRANSFORMS}opts = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="a")])\n'
            'Thing("z", ResourceOptions(transforms=[changed(opts)]), called="a")'
        ),
    ],
}
