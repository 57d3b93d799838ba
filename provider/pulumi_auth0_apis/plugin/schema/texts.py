"""What the schema says of a setting, for the people who read it in their editors."""

from __future__ import annotations

import ast
import inspect
import json
import re
import textwrap
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from typing import Any

from auth0_api_vocabulary import camel_case
from pulumi_auth0_apis._inputs import Setting

REMOVED = {"default": "goes back to the default", "null": "is cleared", "keep": "stays as it is"}
"""What becomes of a setting in the tenant when a program drops it, by `Setting.on_removal`."""

_QUOTED = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")


def of_setting(setting: Setting, choices: Collection[str] = ()) -> str:
    """What a setting does, its limits, and what leaving it out means. `choices` are its type's values."""
    parts = [setting.description, _limit(setting), _unset(setting), f"[Source]({setting.source})"]
    return in_camel_case(" ".join(filter(None, parts)), choices)


def _limit(setting: Setting) -> str:
    """The limits as a sentence. Those of a choice are its type, so its note alone is left."""
    said = setting.note if "`, `" in setting.limit else setting.limit
    return said and f"{said[0].upper()}{said[1:]}."


def _unset(setting: Setting) -> str:
    if setting.required:
        return ""
    said = [] if setting.default in (None, ()) else [f"Auth0's default: `{json.dumps(setting.default)}`."]
    if setting.on_change == "update":
        said.append(f"Taken out of a program, it {REMOVED[setting.on_removal]}.")
    return " ".join(said)


def in_camel_case(text: str, values: Collection[str] = ()) -> str:
    """`text` with the names of settings in it as programs of the plugin write them, but not `values`."""
    return _QUOTED.sub(
        lambda found: found[0] if found[1] in values else f"`{camel_case(found[1])}`",
        text,
    )


def of_class(cls: type) -> str:
    """What a class says of itself, without its `Args:`, each paragraph on one line."""
    said = (inspect.getdoc(cls) or "").partition("\nArgs:")[0].strip()
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in said.split("\n\n"))


@cache
def of_attributes(cls: Any) -> dict[str, str]:
    """The text below each attribute in the source of a class, by the attribute's name."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        attribute.target.id: inspect.cleandoc(ast.literal_eval(text.value))
        for attribute, text in pairwise(body.body)
        if isinstance(attribute, ast.AnnAssign) and isinstance(attribute.target, ast.Name)
        if isinstance(text, ast.Expr)
    }
