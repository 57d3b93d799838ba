"""An engine's diagnostic, in words for a reviewer."""

from __future__ import annotations

import re

TRACEBACK = "Traceback (most recent call last):"
ERROR = re.compile(r"^(?:\w+\.)*([A-Z]\w*)(?::|$)", re.MULTILINE)
"""The line of a traceback that names the error."""
REFUSED = re.compile(r"\S+ resource '[^']*'(?:: property (\S+) value \{.*\})? has a problem: (.*)", re.DOTALL)
"""How the engine words a failed check: it names the resource again, and prints the property's value."""


def readable(message: str) -> str:
    """Return a diagnostic without what a reader has no use for, or may not see.

    The value of a property is left out, for the engine prints that of a secret too. Of a traceback only the
    type of its error is told: the text of an error that nobody expected can hold anything.
    """
    text = message.strip()
    if TRACEBACK in text:
        before, _, traceback = text.partition(TRACEBACK)
        error = (ERROR.findall(traceback) or ["error"])[-1]
        return f"{before.strip()} {error}; the run's own output has the traceback.".strip()
    refused = REFUSED.fullmatch(text)
    if refused is None:
        return text
    setting, reason = refused.groups()
    return f"{setting}: {reason}" if setting else reason
