"""Python source for values, laid out as the common formatters leave it: 88 columns, double quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 88
INDENT = 4


@dataclass(frozen=True)
class Code:
    """Source text that stands for itself, such as a variable's name."""

    text: str


@dataclass(frozen=True)
class CallExpression:
    """A call; always laid out one argument a line. An argument without a name is positional."""

    function: str
    arguments: Sequence[tuple[str | None, Any]]


def quoted(text: str) -> str:
    """A string literal: double quotes, unless single ones need fewer escapes."""
    body = repr("\"'" + text)[
        len("'\"\\'") : -1
    ]  # a text with both quotes is quoted by repr with single ones
    plain = body.replace("\\'", "'")
    if text.count('"') > text.count("'"):
        return f"'{body}'"
    return '"' + plain.replace('"', '\\"') + '"'


def source(value: Any, *, column: int = 0, used: int = 0) -> str:
    """Source for `value`, whose lines after the first are indented to fit `column`.

    `used` is how much of the first line is taken by what stands before the value and after it.
    """
    if isinstance(value, CallExpression):
        return _bracketed(f"{value.function}(", ")", list(_arguments(value, column + INDENT)), column)
    if isinstance(value, str):
        return _text(value, column, used)
    line = flat(value)
    if column + used + len(line) <= WIDTH or not isinstance(value, (list, tuple, dict)) or not value:
        return line
    if isinstance(value, dict):
        return _bracketed("{", "}", list(_entries(value, column + INDENT)), column)
    items = [source(item, column=column + INDENT, used=1) for item in value]
    opening, closing = "()" if isinstance(value, tuple) else "[]"
    return _bracketed(opening, closing, items, column)


def flat(value: Any) -> str:
    """Source for `value` on one line, however long."""
    match value:
        case Code(text):
            return text
        case str():
            return quoted(value)
        case dict():
            return "{" + ", ".join(f"{quoted(key)}: {flat(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flat, value)) + "]"
        case tuple():
            return "(" + ", ".join(map(flat, value)) + ("," if len(value) == 1 else "") + ")"
        case _:
            return repr(value)


def _entries(value: dict[str, Any], column: int) -> Iterator[str]:
    for key, item in value.items():
        before = f"{quoted(key)}: "
        yield before + source(item, column=column, used=len(before) + 1)


def _arguments(call: CallExpression, column: int) -> Iterator[str]:
    for name, value in call.arguments:
        before = f"{name}=" if name else ""
        yield before + source(value, column=column, used=len(before) + 1)


def _bracketed(opening: str, closing: str, items: Sequence[str], column: int) -> str:
    inner = " " * (column + INDENT)
    lines = "".join(f"{inner}{item},\n" for item in items)
    return f"{opening}\n{lines}{' ' * column}{closing}"


def _text(text: str, column: int, used: int) -> str:
    """A string, in several pieces between brackets where it does not fit on the line."""
    line = quoted(text)
    if column + used + len(line) <= WIDTH:
        return line
    pieces = list(_pieces(text, WIDTH - column - INDENT))
    if len(pieces) <= 1:
        return line
    inner = " " * (column + INDENT)
    return "(\n" + "".join(f"{inner}{quoted(piece)}\n" for piece in pieces) + " " * column + ")"


def _pieces(text: str, room: int) -> Iterator[str]:
    """Cut a text after spaces, or anywhere where there is none, so that each literal fits."""
    while text:
        size = len(text)
        while size > 1 and len(quoted(text[:size])) > room:
            size -= max(1, (len(quoted(text[:size])) - room) // 8)
        cut = text.rfind(" ", 0, size) + 1 if size < len(text) else size
        cut = cut or size
        yield text[:cut]
        text = text[cut:]
