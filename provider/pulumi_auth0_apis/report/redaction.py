"""Redaction of all that a report may never show: secrets, whether the engine has marked them or not.

The engine blinds what is marked secret. Packages that do not mark a signing secret leave it in clear in the
log, so settings that are secret by name are hidden as well, and their values wherever else they appear.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import ADDITIONAL, by_path, in_our_words, snake_case
from auth0_api_vocabulary.marks import MASK, SECRET, SIGNATURE, UNKNOWN

LATER = "known after the update"
SECRET_NAME = re.compile(r"secret|password|passphrase|private_?key|api_?token|credential", re.IGNORECASE)
SHORTEST = 6
"""Hidden values that are shorter are not looked for elsewhere: they would match by chance."""


class Redaction:
    """Hides in texts the values that the log shows under secret names, and texts that may quote a secret."""

    def __init__(self) -> None:
        self._values: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._secrets: defaultdict[str, set[str]] = defaultdict(set)

    def learn_state(self, urn: str, state: Mapping[str, Any] | None) -> None:
        """Remember which settings of a resource are marked secret though their names do not say so."""
        for key, value in ((state or {}).get("inputs") or {}).items():
            if not _secret_name(key) and _has_secret(value):
                self._secrets[urn].add(snake_case(key))

    def secrets_of(self, urn: str) -> list[str]:
        """Return the settings that a rule may quote because nobody tells it that they are secret."""
        return sorted(self._secrets.get(urn, ()))

    def learn(self, event: Mapping[str, Any]) -> None:
        """Remember every text of an event that is below a secret name, or marked secret and in clear."""
        for properties in _properties(event):
            self._learn(properties, secret=False)

    def _learn(self, value: Any, *, secret: bool) -> None:
        if isinstance(value, Mapping):
            if value.get(SIGNATURE) == SECRET:
                self._learn_marked(value.get("plaintext"))
                return
            for key, item in value.items():
                self._learn(item, secret=secret or bool(_secret_name(key)))
        elif isinstance(value, list):
            for item in value:
                self._learn(item, secret=secret)
        elif secret and isinstance(value, str) and len(value) >= SHORTEST and value not in (MASK, UNKNOWN):
            self._values.add(value)

    def _learn_marked(self, plaintext: Any) -> None:
        """Remember what a marked secret holds, as the log has it (which is JSON), and as others quote it."""
        self._learn(plaintext, secret=True)
        try:
            self._learn(json.loads(plaintext), secret=True)
        except (TypeError, ValueError):
            return  # the log was written without --show-secrets, or by somebody else

    def hide(self, text: str) -> str:
        """Return a text without the values that were learnt."""
        if self._values and self._pattern is None:
            longest_first = sorted(self._values, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))
        return self._pattern.sub(MASK, text) if self._pattern else text


def _properties(event: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what of an event holds values of properties.

    Everything else is the engine's own: the kinds of a detailed diff stand below the names of properties too,
    and are ordinary words.
    """
    for body in event.values():
        if isinstance(body, Mapping):
            yield from (body.get(key) for key in ("config", "before", "after"))
            for state in map((body.get("metadata") or {}).get, ("old", "new")):
                yield from ((state or {}).get(key) for key in ("inputs", "outputs"))


def inputs_of(state: Mapping[str, Any] | None, changed: Iterable[str] = ()) -> Mapping[str, Any]:
    """Return a resource's properties by our names, secrets hidden and the engine's own left out.

    Each additional setting is one, by its path: `additional_settings.color`.

    A hidden secret below one of the `changed` property paths reads differently, so that the change shows.
    """
    differing = [_setting_of(path) for path in changed]
    return {
        key: _shown(value, key, " (changed)" if any(_is_within(key, path) for path in differing) else "")
        for key, value in by_path(in_our_words(state or {})).items()
        if not key.startswith("__")
    }


def _setting_of(path: str) -> str:
    """Return the setting that a property path leads into; each of the additional ones is one."""
    first, *below = re.split(r"[.\[]", path)
    name = snake_case(first)
    return ".".join([name, *below[:1]]) if name == ADDITIONAL else name


def _is_within(one: str, other: str) -> bool:
    """Whether one of two paths is the other, or leads into it."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _shown(value: Any, name: str, mark: str) -> Any:
    if _secret_name(name) or (isinstance(value, Mapping) and value.get(SIGNATURE) == SECRET):
        return MASK + mark
    if isinstance(value, Mapping):
        return {key: _shown(item, key, mark) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item, "", mark) for item in value]
    return LATER if value == UNKNOWN else value


def _has_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return value.get(SIGNATURE) == SECRET or any(map(_has_secret, value.values()))
    return isinstance(value, list) and any(map(_has_secret, value))


def _secret_name(key: str) -> str:
    return key if SECRET_NAME.search(key) else ""
