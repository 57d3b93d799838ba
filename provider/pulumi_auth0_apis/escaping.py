"""Text of others, for each medium that it reaches: one function each, and nothing goes past them.

An identifier, a name, a description or an error message is somebody's: the tenant's, a pull request's, a
policy pack's. Whatever is in it, a reader gets it as text, and the document around it stays what it is.
HTML is Jinja's to escape.
"""

from __future__ import annotations

import json
import re
from typing import Any

from auth0_api_vocabulary.visible import visible

_APART = "&#8203;"
"""A zero-width space. GitHub looks for mentions and references in the text that it has rendered, in which an
entity is the sign that it stands for; only something in between keeps them apart."""

_SIGNS = str.maketrans(
    {
        **{sign: f"&#{ord(sign)};" for sign in "&<>\\`*[]|~"},
        **{sign: f"&#{ord(sign)};{_APART}" for sign in "@#"},
        "$": "<span>$</span>",  # what GitHub documents for a dollar that begins no formula
    }
)
_IN_PLACE = (
    (re.compile(r"^([-+])"), lambda sign: f"&#{ord(sign[1])};"),  # an item of a list
    (re.compile(r"^([0-9]+)([.)])"), lambda start: f"{start[1]}&#{ord(start[2])};"),
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), lambda _: "&#95;"),  # emphasis, unless inside of a word
    (re.compile(r":(?=//)"), lambda _: "&#58;"),  # a link
    (re.compile(r"(?<=www)\.", re.IGNORECASE), lambda _: "&#46;"),
    (re.compile(r"\bgh-(?=[0-9])", re.IGNORECASE), lambda reference: reference[0] + _APART),
)


def terminal(text: str) -> str:
    """`text` for a terminal, and for engines, which print what they are told: lines that change no state."""
    return visible(text)


def markdown(text: str) -> str:
    """`text` as GitHub shows it in one line of a paragraph, an item, a heading or a cell, without markup.

    It is no link either, mentions nobody and refers to nothing.
    """
    lines = (" ".join(line.split()) for line in visible(text).split("\n"))
    return "<br>".join(_in_line(line) for line in lines if line)


def _in_line(line: str) -> str:
    escaped = line.translate(_SIGNS)
    for pattern, entity in _IN_PLACE:
        escaped = pattern.sub(entity, escaped)
    return escaped


def markdown_code(text: str) -> str:
    """`text` as code in a cell or an item, in which nothing is markup; nothing for an empty text."""
    line = visible(text).replace("\n", " ").replace("|", "\\|")
    fence = "`" * (1 + _longest_fence(line))
    padding = " " if {line[:1], line[-1:]} & {"`", " "} else ""
    return f"{fence}{padding}{line}{padding}{fence}" if line else ""


def markdown_block(text: str) -> str:
    """A line of code as a block of its own, below an item of a list."""
    line = visible(text).replace("\n", "\\n")
    fence = "`" * max(3, 1 + _longest_fence(line))
    return f"  {fence}\n  {line}\n  {fence}"


def _longest_fence(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def markdown_comment(text: str) -> str:
    """`text` inside of a comment, which it does not end."""
    line = visible(text).replace("\n", " ")
    return re.sub("[&<>]", lambda sign: f"&#{ord(sign[0])};", line)


def xml(text: str) -> str:
    """`text` for an element or an attribute, of characters that XML 1.0 has; the writer escapes markup."""
    return visible(text)


def sarif(text: str) -> str:
    """`text` for a message of SARIF, in which `[text](target)` would be a link (section 3.11.6)."""
    return visible(text).replace("](", "] (")


def as_json(document: Any, indent: int | None = 2) -> str:
    """`document` as JSON that a terminal may show: what nobody would see is escaped as JSON escapes it."""
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    return text if text.replace("\n", "").isprintable() else "".join(map(_in_json, text))


def _in_json(character: str) -> str:
    if character.isprintable() or character == "\n":  # one within a text is escaped already
        return character
    return re.sub("....", r"\\u\g<0>", character.encode("utf-16-be", "surrogatepass").hex())
