"""A rule's configuration: its schema, its defaults, and a refusal of what the schema does not know.

The engine checks types and required keys before a run but accepts any further key, so that a misspelt
limit would silently be the default. Here it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pulumi_policy import PolicyConfigSchema

from auth0_api_policies.frame.pattern import matches_urn

EVERY_RULE: dict[str, dict[str, Any]] = {
    "only": {
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "minItems": 1,
        "default": ["*"],
        "description": "The resources that the rule is for, by URN; `*` stands for any text.",
    },
    "onUnknown": {
        "enum": ["deny", "warn"],
        "default": "deny",
        "description": "What a value does that is not known in preview: break the rule, or warn.",
    },
    "exemptions": {
        "type": "array",
        "default": [],
        "description": "Resources that may break the rule for a while.",
        "items": {
            "type": "object",
            "required": ["urn", "reason", "expires"],
            "additionalProperties": False,
            "properties": {
                "urn": {"type": "string", "minLength": 1, "description": "A URN; `*` stands for any text."},
                "reason": {"type": "string", "minLength": 1},
                "expires": {"type": "string", "format": "date", "description": "Its last day, in UTC."},
            },
        },
    },
}


class PolicyConfigurationError(Exception):
    """The configuration of a rule cannot be used; the message says which key, and what it may be."""


class Configuration:
    """The values of a rule's configuration, defaults filled in."""

    def __init__(self, schema: PolicyConfigSchema, given: Mapping[str, Any]) -> None:
        unknown = sorted(given.keys() - schema.properties.keys())
        if unknown:
            known = ", ".join(schema.properties)
            raise PolicyConfigurationError(
                f"Its configuration has no key {unknown[0]!r}; the keys are: {known}."
            )
        self._values = {key: given.get(key, entry.get("default")) for key, entry in schema.properties.items()}

    def number(self, key: str) -> int:
        """Return a whole number; the engine sends it as a float."""
        return int(self._values[key])

    def text(self, key: str) -> str:
        """Return a string."""
        return str(self._values[key])

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings."""
        return tuple(self._values[key])

    @property
    def warns_on_unknown(self) -> bool:
        """Whether a value that is not known in preview is only warned about."""
        return self.text("onUnknown") == "warn"

    def concerns(self, urn: str) -> bool:
        """Whether the rule is for a resource."""
        return any(matches_urn(pattern, urn) for pattern in self.texts("only"))

    def pattern(self, key: str) -> re.Pattern[str]:
        """Return a regular expression; raises `PolicyConfigurationError` where it is none."""
        try:
            return re.compile(self.text(key))
        except re.error as error:
            raise PolicyConfigurationError(
                f"Its configuration {key!r} is no regular expression: {error}."
            ) from None

    @property
    def exemptions(self) -> list[Mapping[str, str]]:
        """The exemptions as configured."""
        return list(self._values["exemptions"])


def schema_of(properties: Mapping[str, dict[str, Any]]) -> PolicyConfigSchema:
    """Return the schema of a rule's own properties and of those that every rule has."""
    return PolicyConfigSchema(properties={**properties, **EVERY_RULE})
