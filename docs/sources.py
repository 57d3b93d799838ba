"""What sources say of settings: `Args:` of the resource classes, and the vocabulary's part of the tables."""

from __future__ import annotations

import textwrap
from typing import Any, Literal, get_origin

from docs.settings import RESOURCES
from pulumi_auth0_apis._inputs import Setting

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
'''


def with_arguments(source: str) -> str:
    """The source of resource classes with the `Args:` of their docstrings made anew."""
    for name in RESOURCES:
        before, declared, rest = source.partition(f"\nclass {name}(")
        if declared:
            head, begin, section = rest.partition("    Args:\n")
            _, end, tail = section.partition('    """\n')
            source = "".join((before, declared, head, begin, arguments(name), end, tail))
    return source


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
    labels = {each.name: each.label for each in settings}
    defaults = {each.name: each.default for each in settings if each.default not in (None, ())}
    return VOCABULARY.format(labels=_literal(labels), defaults=_literal(defaults))


def _literal(value: Any, indent: str = "") -> str:
    """A value as ruff formats it, a dict with a line for each key."""
    if isinstance(value, str):
        return f'"{value}"'
    if not isinstance(value, dict):
        return f"{value:_}" if type(value) is int else repr(value)
    below = indent + " " * 4
    items = (f'{below}"{name}": {_literal(each, below)},\n' for name, each in value.items())
    return f"{{\n{''.join(items)}{indent}}}"
