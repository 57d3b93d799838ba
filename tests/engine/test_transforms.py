"""Transforms; `tests/parity/transform_scenarios.py` plays them on the real engine as well."""

from __future__ import annotations

import shutil

from .stacks import THINGS, TestStack, ops, said, succeeded
from .test_fakes import engine

TRANSFORM = """
from pulumi import ResourceTransformResult
def red(args):
    return ResourceTransformResult({**args.props, "colour": "red"}, args.opts)
"""


def test_a_resource_is_registered_as_its_transforms_make_it(stack: TestStack) -> None:
    """What a transform adds is an input like any other: created, kept, and gone with the transform."""
    stack.up(f'{TRANSFORM}Thing("a", ResourceOptions(transforms=[red]))')
    assert stack.state()["a"]["inputs"]["colour"] == "red"
    assert ops(stack.up('Thing("a")')) == [("update", "a")]


def test_a_transform_of_the_stack_is_for_all_that_follows(stack: TestStack) -> None:
    """What was registered before it is left alone."""
    stack.up(f'{TRANSFORM}b = Thing("b")\nThing("a", of=b.id)')
    result = stack.up(
        f'{TRANSFORM}pulumi.runtime.register_resource_transform(red)\nb = Thing("b")\nThing("a", of=b.id)'
    )
    assert {name for op, name in ops(result) if op == "update"} == {"a", "b"}


def test_a_transform_that_raises_ends_the_run(stack: TestStack) -> None:
    """Its error is told with the line that raised it, and nothing is created."""
    program = 'def broken(args):\n    raise ValueError("not today")\n'
    result = stack.program(f'{program}Thing("a", ResourceOptions(transforms=[broken]))').engine.up()
    assert result.exit_code == 1
    assert "not today" in said(result)
    assert stack.things() == {}


def test_what_a_transform_asks_for_is_refused_like_any_other(stack: TestStack) -> None:
    """An option that this engine has not is named, whoever gives it."""
    program = f"""{TRANSFORM}
def imported(args):
    merged = ResourceOptions.merge(args.opts, ResourceOptions(import_="x"))
    return ResourceTransformResult(args.props, merged)
Thing("a", ResourceOptions(transforms=[imported]))
"""
    result = stack.program(program).engine.up()
    assert (result.exit_code, "import_" in said(result)) == (1, True)


def test_transforms_of_functions(stack: TestStack) -> None:
    """The arguments of a function reach its fake as the transforms make them."""
    shutil.copy(THINGS.with_name("other.py"), stack.folder)
    fakes = {"aws:index/getRegion:getRegion": lambda arguments: {"got": arguments["name"]}}
    stack.program(
        "from other import region\n"
        "from pulumi import InvokeTransformResult\n"
        "pulumi.runtime.register_invoke_transform(\n"
        '    lambda args: InvokeTransformResult({**args.args, "name": "changed"}, args.opts))\n'
        'pulumi.export("r", pulumi.Output.from_input(pulumi.runtime.invoke_async(\n'
        '    "aws:index/getRegion:getRegion", {"name": "x"})))\n'
    )
    assert succeeded(engine(stack, fakes).up()).outputs == {"r": {"got": "changed"}}
