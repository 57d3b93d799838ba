"""What sources say of settings, made from the tables: the resource classes, and the vocabulary's part."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args, get_origin, is_typeddict

from auth0_api_vocabulary import ADDITIONAL, snake_case
from docs.settings import RESOURCES
from pulumi_auth0_apis._inputs import Setting
from pulumi_auth0_apis.management.settings import MEANINGS

LINE = 110
VOCABULARY = '''\
"""The settings of an API for those who stand without the provider. Made from its table by `make docs`."""

from __future__ import annotations

from typing import Any

LABELS: dict[str, str] = {labels}
"""Auth0's own names, as its Dashboard has them and in its order."""

DEFAULTS: dict[str, Any] = {defaults}
"""What Auth0 uses where an API leaves a setting out: https://auth0.com/docs/get-started/apis/api-settings.
The document says 86,400 s for browsers too; a tenant answers 7,200."""

PROPERTIES = frozenset(
    {{
{properties}    }}
)
"""What Auth0 calls the settings and computed properties of APIs and grants that have a place here."""
'''


FURTHER = '''    """What every grant may have beside its application, its API and its permissions."""

'''
IN_OVERLOADS = ("client_id", "default_for", "audience", "scopes", "allow_all_scopes")
"""What the overloads of `ClientGrant` say each for itself."""


def with_settings(source: str) -> str:
    """The source of a resource class with its settings made anew: in its docstring, outputs and arguments."""
    for name, each in RESOURCES.items():
        before, declared, body = source.partition(f"\nclass {name}(")
        if declared:
            if FURTHER in before:
                before = _between(before, FURTHER, further(name), "    adopt: ")
            own = [output for output in each.provider.computed if output not in inputs_of(name)]
            body = _between(body, "    Args:\n", arguments(name), '    """\n')
            body = _between(
                body, '    """\n\n', outputs(name), f"    {own[0]}:" if own else "\n    def __init__("
            )
            overloads, init, body = body.rpartition("    def __init__(\n")
            body = _between(body, "        *,\n", parameters(name), "        adopt: ")
            body = f"{overloads}{init}{body}"
            source = f"{before}{declared}{body}"
    return source


def _between(text: str, begin: str, made: str, end: str) -> str:
    """`text` with `made` between the first `begin` and the `end` that follows."""
    head, found, rest = text.partition(begin)
    _, ended, tail = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"No {begin!r} with {end!r} below it: lay the class out as its neighbours are.")
    return "".join((head, begin, made, end, tail))


def inputs_of(name: str) -> list[str]:
    return [setting.name for setting in RESOURCES[name].provider.settings]


def outputs(name: str) -> str:
    """An annotation for each setting. What the tenant does not always tell may be None."""
    return "".join(
        f"    {each.name}: pulumi.Output[{_output(each.type)}{_or_none(each.required or each.answered)}]\n"
        for each in RESOURCES[name].provider.settings
    )


def with_found(source: str) -> str:
    """The source of what look-ups find, with the settings of each kind made anew. No secret is among them."""
    for name in ("ResourceServer", "ClientGrant"):
        before, declared, body = source.partition(f"\nclass {name}Result(")
        body = _between(body, "    id: str\n", found(name), "    is_system:")
        source = f"{before}{declared}{body}"
    return source


def with_tenant(source: str) -> str:
    """The source of `Tenant`, with what each of its arguments means."""
    return _between(source, "    Args:\n", "".join(map(_meaning, MEANINGS)), '    """\n')


def _meaning(key: str) -> str:
    text = f"{snake_case(key.partition(':')[2])}: {MEANINGS[key]}"
    return textwrap.fill(text, LINE, initial_indent=" " * 8, subsequent_indent=" " * 12) + "\n"


def found(name: str) -> str:
    """An annotation for each setting that a tenant tells by its name."""
    return "".join(
        f"    {each.name}: {_output(each.type)}{_or_none(each.required or each.answered)}\n"
        for each in RESOURCES[name].provider.settings
        if not each.secret and each.name != ADDITIONAL
    )


def parameters(name: str) -> str:
    """A keyword argument for each setting."""
    return "".join(
        f"        {each.name}: {_argument_type(name, each)}{'' if each.required else ' = None'},\n"
        for each in RESOURCES[name].provider.settings
    )


def further(name: str) -> str:
    """A key for each setting that no overload names."""
    return "".join(
        f"    {each.name}: {_argument_type(name, each)}\n"
        for each in RESOURCES[name].provider.settings
        if each.name not in IN_OVERLOADS
    )


def _argument_type(name: str, setting: Setting) -> str:
    """What may be left out takes an output that may be None as well."""
    names = vars(sys.modules[RESOURCES[name].cls.__module__])
    return f"pulumi.Input[{_input(setting.type, names)}{_or_none(setting.required)}]"


def _or_none(given: bool) -> str:
    return "" if given else " | None"


def _output(kind: Any) -> str:
    if get_origin(kind) is Sequence:
        return f"list[{_output(get_args(kind)[0])}]"
    if is_typeddict(kind) or get_origin(kind) is Mapping:
        return "dict[str, Any]"
    return kind.__name__ if kind in (bool, int) else "str"


def _input(kind: Any, names: Mapping[str, Any]) -> str:
    """The type of an argument; `names` are those of the class's module, where a choice has one."""
    if get_origin(kind) is Sequence:
        item = _input(get_args(kind)[0], names)
        return f"{'SequenceNotStr' if item == 'str' else 'Sequence'}[pulumi.Input[{item}]]"
    if get_origin(kind) is Mapping:
        return "Mapping[str, Any]"
    if get_origin(kind) is Literal:
        return next(name for name, named in names.items() if named == kind)
    return kind.__name__ if isinstance(kind, type) else "str"  # an item, which is an Input[str] itself


def arguments(name: str) -> str:
    """One paragraph an input, as Google's style has it."""
    provider = RESOURCES[name].provider
    return "".join(map(_argument, (*provider.settings, *provider.options)))


def _argument(setting: Setting) -> str:
    said = f"{setting.name}: {setting.description}{_limit(setting)}{_default(setting)}{_change(setting)}"
    wrapped = textwrap.wrap(said, LINE - 8, subsequent_indent=" " * 4, break_on_hyphens=False)
    return textwrap.indent("\n".join(wrapped), " " * 8) + "\n"


def _limit(setting: Setting) -> str:
    if not setting.limit:
        return ""
    if get_origin(setting.type) is Literal:
        return f" One of {setting.limit}."
    return f" {setting.limit[0].upper()}{setting.limit[1:]}."


def _default(setting: Setting) -> str:
    return "" if setting.default in (None, ()) else f" Default: {setting.default!r}."


def _change(setting: Setting) -> str:
    return " A change replaces." if setting.on_change == "replace" else ""


def vocabulary(_: str) -> str:
    """What reports and rules know of an API's settings, as a module."""
    settings = RESOURCES["ResourceServer"].provider.settings
    labels = {each.name: each.label for each in settings if each.label}
    defaults = {each.name: each.default for each in settings if each.default not in (None, ())}
    known = {
        name for each in RESOURCES.values() for name in (*each.provider.own_names, *each.provider.computed)
    }
    properties = "".join(f'        "{name}",\n' for name in sorted(known - {ADDITIONAL}))
    return VOCABULARY.format(labels=_literal(labels), defaults=_literal(defaults), properties=properties)


def _literal(value: Any, indent: str = "") -> str:
    """A value as ruff formats it, a dict with a line for each key."""
    if isinstance(value, str):
        return f'"{value}"'
    if not isinstance(value, dict):
        return f"{value:_}" if type(value) is int else repr(value)
    below = indent + " " * 4
    items = (f'{below}"{name}": {_literal(each, below)},\n' for name, each in value.items())
    return f"{{\n{''.join(items)}{indent}}}"
