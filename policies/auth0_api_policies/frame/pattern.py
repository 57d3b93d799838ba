"""Patterns of URNs and scopes in a rule's configuration."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from auth0_api_vocabulary import name_of


def matches_urn(pattern: str, urn: str) -> bool:
    """Whether a pattern matches a URN; a `::` of the pattern never stands for one inside a resource's name.

    A name may hold `::`. `*::orders` is the resource called `orders`, not one called `evil::orders`.
    """
    if "::" not in pattern:
        return matches(pattern, urn)
    name = name_of(urn)
    before = urn.removesuffix(f"::{name}")
    parts = pattern.split("::")
    return any(
        matches("::".join(parts[:at]), before) and matches("::".join(parts[at:]), name)
        for at in range(1, len(parts))
    )


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern matches a text; `*` stands for any text, every other character for itself."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text, re.DOTALL) is not None


def unmatched(texts: Iterable[str], patterns: Collection[str]) -> list[str]:
    """Return the texts that none of the patterns matches."""
    return [text for text in texts if not any(matches(pattern, text) for pattern in patterns)]
