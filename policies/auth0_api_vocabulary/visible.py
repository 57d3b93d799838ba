"""Text that is what it looks like: nothing in it steers a terminal, ends a line or hides."""

from __future__ import annotations

import unicodedata

TAB = " " * 4


def visible(text: str) -> str:
    r"""`text` with an escape such as `\x1b` or `\u202e` for each character that nobody would see.

    These are Unicode's controls, formats (which turn the direction of writing), private and unassigned ones
    and halves of surrogate pairs. Line feeds stay; tabs and odd blanks become blanks.
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    if character == "\t":
        return TAB
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode()
