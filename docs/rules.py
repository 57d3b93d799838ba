"""What the page about policies says of each rule's cases, and of the frame that rules are written with."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args

from pulumi_policy import Policy

from auth0_api_policies import frame
from auth0_api_policies.frame.configuration import EVERY_RULE
from auth0_api_policies.frame.rule import Metadata
from auth0_api_policies.frame.setting import Setting
from docs.settings import table

TESTS = Path(__file__).parents[1] / "tests" / "policies"
VIEWS = (frame.ResourceServer, frame.Permission, frame.ResourceServerScopes, frame.ClientGrant)
BASES = (frame.View, frame.DeclaresScopes, frame.Extensible)


def cases(rule: Policy) -> str:
    """What breaks a rule and what passes: the claims of its tests."""
    file = f"test_{rule.name.replace('-', '_')}.py"
    claims = [f"- {name}: {claim}" for name, claim in _claims(TESTS / file)]
    return "\n".join([f"What breaks it and what passes ([tests](../tests/policies/{file})):\n", *claims])


def _claims(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name.removeprefix("test_").replace("_", " "), _flat(ast.get_docstring(node))


def reference() -> str:
    """What a rule of one's own is made of: decorators, views, `Stack` and `Configuration`."""
    every = ((f"`{key}`", str(entry["description"])) for key, entry in EVERY_RULE.items())
    return "\n\n".join(
        [
            *(_decorator(each) for each in (frame.resource_rule, frame.stack_rule)),
            "What both take by keyword:",
            table(("keyword", "type", "what it is"), _metadata()),
            "`config=` adds options to those that every rule has. A check reads them by `Configuration`:",
            table(("option of every rule", "what it is"), every),
            _members(frame.Configuration),
            *(_view(view) for view in VIEWS),
            *(_members(base) for base in BASES),
            _members(frame.Stack),
        ]
    )


def _decorator(function: Any) -> str:
    return f"#### `{function.__name__}`\n\n{inspect.getdoc(function)}"


def _metadata() -> Iterator[tuple[str, str, str]]:
    """Yield name, type and text of each keyword, as the source of `Metadata` says them."""
    (declared,) = ast.parse(inspect.getsource(Metadata)).body
    body = declared.body[1:] if isinstance(declared, ast.ClassDef) else []
    for node, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.AnnAssign):
            told = following.value if isinstance(following, ast.Expr) else None
            text = str(told.value) if isinstance(told, ast.Constant) else ""
            kind = ast.unparse(node.annotation).removeprefix("NotRequired[").removesuffix("]")
            yield f"`{ast.unparse(node.target)}`", f"`{kind}`", _flat(text)


def _view(view: type[frame.View]) -> str:
    """A view's settings, with what each is where the program leaves it out."""
    settings = ((name, each) for name, each in vars(view).items() if isinstance(each, Setting))
    rows = ((f"`{name}`", f"`{_type(each)}`", f"`{vars(each)['_unset']!r}`") for name, each in settings)
    listed = table(("setting", "type", "left out"), rows)
    return f"{_members(view)}\n\n{listed}"


def _type(setting: Setting[Any]) -> str:
    (kind,) = get_args(vars(setting)["__orig_class__"])
    parts = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return " or ".join(part.__name__ if type(part) is type else str(part) for part in parts).replace(
        "NoneType", "None"
    )


def _members(owner: type) -> str:
    """A class: what it is, and its attributes and methods that are not settings."""
    bases = ", ".join(f"`{base.__name__}`" for base in owner.__bases__ if base is not object)
    title = f"#### `{owner.__name__}`" + (f", a {bases}" if bases else "")
    lines = [f"- `{name}`: {text}" for name, text in _documented(owner)]
    return "\n\n".join(filter(None, [title, _flat(inspect.getdoc(owner)), "\n".join(lines)]))


def _documented(owner: type) -> Iterator[tuple[str, str]]:
    for name, each in vars(owner).items():
        if name.startswith("_") or not (inspect.isfunction(each) or isinstance(each, property)):
            continue
        text = _flat(each.__doc__)
        if text:
            arguments = inspect.signature(each) if inspect.isfunction(each) else None
            yield name + (_without_self(arguments) if arguments else ""), text


def _without_self(arguments: inspect.Signature) -> str:
    return f"({', '.join(name for name in arguments.parameters if name != 'self')})"


def _flat(text: str | None) -> str:
    """Return a docstring on one line."""
    return " ".join((text or "").split())


def text_of(rule: Policy, documentation: str) -> str:
    """Return a rule's text with its cases before the link to read more, which ends it."""
    told, _, link = documentation.rpartition("\n\n")
    return "\n\n".join([told, cases(rule), link])
