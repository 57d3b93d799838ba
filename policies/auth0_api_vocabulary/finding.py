"""What breaks a rule. Pulumi's protocol carries one text for it, from the rule to the event log."""

from __future__ import annotations

from typing import NamedTuple

_REMEDY = "\nFix: "


class Finding(NamedTuple):
    """One thing that breaks a rule: which resource, how, and the way out."""

    urn: str
    message: str
    remedy: str = ""

    @property
    def text(self) -> str:
        """As the protocol carries it."""
        return f"{self.message}{_REMEDY}{self.remedy}" if self.remedy else self.message

    @classmethod
    def read(cls, urn: str, text: str) -> Finding:
        """Read the finding of a rule from its text; rules of others name no remedy."""
        message, _, remedy = text.partition(_REMEDY)
        return cls(urn, message, remedy.strip())
