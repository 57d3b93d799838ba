"""Programs whose functions run before and after the steps of resources, and decide on another attempt."""

from __future__ import annotations

from collections.abc import Sequence

from .scenarios import COMPONENT, Phase, destroy, preview, up

HOOKS = """
from pulumi import ErrorHook, ResourceHook, ResourceHookBinding, ResourceHookOptions
from things import log

SIDES = ("old_inputs", "new_inputs", "old_outputs", "new_outputs")

def text(value):
    marks = {pulumi.Output: "secret", pulumi.output.Unknown: "unknown"}
    return next((mark for kind, mark in marks.items() if isinstance(value, kind)), str(value))

def shown(side):
    return {key: text(value) for key, value in (side or {}).items() if key != "__provider"}

def seen(hook, args, **more):
    sides = {side: shown(getattr(args, side)) for side in SIDES if getattr(args, side, None)}
    log(hook, name=args.name, type=args.type, urn=args.urn, thing=args.id, **sides, **more)

def hook(name, **options):
    return ResourceHook(name, lambda args: seen(name, args), ResourceHookOptions(**options))

def broken(name, **options):
    def refuse(args):
        seen(name, args)
        raise ValueError("not today")
    return ResourceHook(name, refuse, ResourceHookOptions(**options))

def error_hook(name, answers):
    def decide(args):
        seen(name, args, failed=args.failed_operation, errors=len(args.errors))
        return answers.pop(0)
    return ErrorHook(name, decide)
"""
MOMENTS = ("before_create", "after_create", "before_update", "after_update", "before_delete", "after_delete")
ALL = f"""{HOOKS}
every = {{moment: [hook(moment)] for moment in {MOMENTS!r}}}
everywhere = ResourceOptions(hooks=ResourceHookBinding(**every))
"""
PREVIEWED = ALL.replace("[hook(moment)]", "[hook(moment, on_dry_run=True)]")


def with_hooks(before: str = "", **moments: str) -> str:
    """The option of a resource: for each moment the hooks, as the program makes them."""
    named = ", ".join(f"{moment}=[{hooks}]" for moment, hooks in moments.items())
    return f"{HOOKS}{before}opts = ResourceOptions(hooks=ResourceHookBinding({named}))\n"


RUN = "--run-program"

HOOK_SCENARIOS: dict[str, Sequence[Phase]] = {
    "of everything": [
        preview(f'{ALL}Thing("a", everywhere, size=2)'),
        up(f'{ALL}Thing("a", everywhere, size=2, secret=pulumi.Output.secret("s"))'),
        up(f'{ALL}Thing("a", everywhere, size=3, secret=pulumi.Output.secret("s"))'),
        up(f'{ALL}Thing("a", everywhere, size=3, kind="x")'),
        up(f'{ALL}Thing("a", everywhere, size=3, kind="y", first=True)'),
        up(ALL),
    ],
    "in previews": [
        preview(f'{PREVIEWED}a = Thing("a", everywhere)\nThing("b", everywhere, of=a.serial)'),
        up(f'{PREVIEWED}Thing("a", everywhere, size=2)'),
        preview(f'{PREVIEWED}Thing("a", everywhere, size=3)'),
        preview(f'{PREVIEWED}Thing("a", everywhere, size=3, kind="x")'),
        preview(PREVIEWED),
    ],
    "that change": [
        up(with_hooks(before_create='hook("one")') + 'Thing("a", opts)'),
        up(with_hooks(after_update='hook("two")') + 'Thing("a", opts)'),
        up('Thing("a")'),
    ],
    "several": [up(with_hooks(before_create='hook("one"), hook("two")') + 'Thing("a", opts)'), destroy()],
    "before that fail": [
        up(with_hooks(before_create='broken("no")') + 'Thing("a", opts)\nThing("b")'),
        up('Thing("a")'),
        up(with_hooks(before_update='broken("no")') + 'Thing("a", opts, size=2)'),
        up(with_hooks(before_delete='hook("kept")') + 'Thing("a", opts)'),
        up(with_hooks(before_delete='broken("kept")')),
    ],
    "after that fail": [
        up(with_hooks(after_create='broken("no")') + 'a = Thing("a", opts)\nThing("b", of=a.id)'),
        up(with_hooks(after_update='broken("no")') + 'Thing("a", opts, size=2)'),
        up(with_hooks(after_delete='hook("kept")') + 'Thing("a", opts, size=2)'),
        up(with_hooks(after_delete='broken("kept")')),
    ],
    "after that fail, going on": [
        up(
            with_hooks(after_create='broken("no")') + 'a = Thing("a", opts)\nThing("b", of=a.id)',
            "--continue-on-error",
        )
    ],
    "whose errors are ignored": [
        up(
            with_hooks(
                before_create='broken("no", ignore_errors=True)',
                after_create='broken("nor", ignore_errors=True)',
            )
            + 'Thing("a", opts)'
        )
    ],
    "that nobody has registered": [
        up(with_hooks(before_delete='hook("kept")') + 'Thing("a", opts)'),
        up(""),
        up(with_hooks(before_delete='hook("other")') + 'Thing("a", opts)'),
    ],
    "given by a transform": [
        up(
            f"{ALL}def hooked(args):\n"
            "    opts = ResourceOptions.merge(args.opts, everywhere)\n"
            "    return pulumi.ResourceTransformResult(args.props, opts)\n"
            'Thing("a", ResourceOptions(transforms=[hooked]))'
        ),
        up(ALL),
    ],
    "registered twice": [up(f'{HOOKS}hook("one")\nhook("one")\nThing("a")')],
    "of a component": [
        up(f'{ALL}{COMPONENT}Pair("p", everywhere)'),
        up(
            f'{ALL}{COMPONENT}was = ResourceOptions(aliases=[pulumi.Alias(name="p")])\n'
            'Pair("q", ResourceOptions.merge(everywhere, was))'
        ),
        up(ALL),
    ],
    "of a component that fail": [
        up(
            with_hooks(after_create='broken("no")')
            + 'pulumi.ComponentResource("things:index:C", "c", {}, opts).register_outputs({"x": 1})'
        )
    ],
    "and a destroy": [
        up(with_hooks(before_delete='hook("one")') + 'Thing("a", opts)'),
        destroy(),
        destroy(RUN),
    ],
    "and a destroy that runs the program": [
        up(f'{ALL}{COMPONENT}Pair("p", everywhere)\nThing("a", everywhere)\npulumi.export("x", 1)'),
        Phase("destroy", f'{ALL}a = Thing("a", everywhere)\nThing("new", of=a.serial)', options=(RUN,)),
    ],
    "and a destroy whose hooks fail": [
        up(with_hooks(before_delete='broken("no")') + 'a = Thing("a", opts)\nThing("b", of=a.id)'),
        destroy(RUN),
        Phase("destroy", with_hooks(after_delete='broken("no")') + 'Thing("a", opts)', options=(RUN,)),
    ],
    "on errors, no": [
        up(with_hooks(on_error='error_hook("no", [False])') + 'Thing("a", opts, raises="create")')
    ],
    "on errors, once more": [
        up(
            with_hooks(on_error='error_hook("yes", [True, True, False])')
            + 'Thing("a", opts, raises="create")'
        ),
        up(with_hooks(on_error='error_hook("yes", [True] * 9)') + 'Thing("a", opts, falters="create")'),
        up(with_hooks(on_error='error_hook("yes", [True] * 9)') + 'Thing("a", opts, falters="update")'),
        up(with_hooks(on_error='error_hook("yes", [True] * 9)') + 'Thing("a", opts, falters="delete")'),
        up(with_hooks(on_error='error_hook("yes", [True] * 9)')),
    ],
    "on errors, for ever": [
        up(with_hooks(on_error='error_hook("yes", [True] * 200)') + 'Thing("a", opts, raises="create")')
    ],
    "on errors that fail": [
        up(with_hooks(on_error='error_hook("yes", [])') + 'Thing("a", opts, raises="create")')
    ],
}
