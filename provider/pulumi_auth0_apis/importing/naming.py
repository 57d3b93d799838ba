"""Names a person would choose: for resources, from identifiers and application names; for variables."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

_SAYS_NOTHING = frozenset({"api", "apis", "www"})
_NUMBER_OF_DOMAIN_LABELS = 2
_LONGEST = 80
"""Characters of a name, which is a file's too: file systems take 255 bytes, with a number and an ending."""


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, ASCII only, fit for a file; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:_LONGEST].rstrip("-")


def api_names(identifiers: Iterable[str]) -> dict[str, str]:
    """Give each API the shortest of its possible names that no other API has a claim to."""
    wanted = {identifier: _possible_names(identifier) for identifier in sorted(identifiers)}
    claims = Counter(name for names in wanted.values() for name in set(names))
    taken = UniqueNames()
    return {
        identifier: taken.take(next((name for name in names if claims[name] == 1), names[-1]))
        for identifier, names in wanted.items()
    }


def _possible_names(identifier: str) -> list[str]:
    """`https://orders.example.com/v1` is `orders-v1`, or `orders-example-com-v1` where that is taken."""
    scheme, separator, rest = identifier.partition("://")
    if not separator:
        return [slug(identifier.removeprefix("urn:")) or "api"]
    labels, path = _split(f"{scheme}://{rest}")
    own = [*_telling(labels[:-_NUMBER_OF_DOMAIN_LABELS]), *_telling(path)]
    short = slug("-".join(own)) or slug(labels[-_NUMBER_OF_DOMAIN_LABELS:][0] if labels else rest)
    whole = slug(rest)
    return [name for name in (short, whole) if name] or ["api"]


def _split(url: str) -> tuple[list[str], list[str]]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").split("."), parts.path.split("/")
    except ValueError:
        return [], []


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if word and word.lower() not in _SAYS_NOTHING]


class UniqueNames:
    """Hands out names, each once: a second `orders` becomes `orders-2`."""

    def __init__(self, taken: Iterable[str] = (), separator: str = "-") -> None:
        self._taken = set(taken)
        self._separator = separator

    def take_first(self, wanted: Sequence[str]) -> str:
        """The first of these names that is free, or else the last of them with a number."""
        return self.take(next((name for name in wanted if name not in self._taken), wanted[-1]))

    def take(self, wanted: str) -> str:
        """The wanted name, or the first numbered one that is free."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}{self._separator}{number}"
        self._taken.add(name)
        return name


def variable(name: str) -> str:
    """A Python name for a resource's name."""
    word = slug(name).replace("-", "_") or "api"
    if word[0].isdigit():
        word = f"api_{word}"
    return (
        f"{word}_api"
        if keyword.iskeyword(word) or keyword.issoftkeyword(word) or hasattr(builtins, word)
        else word
    )


def shown(text: str) -> str:
    """Somebody's text on one line, fit for a comment: no line break nor control character survives."""
    return "".join(character if character.isprintable() else " " for character in text).strip()
