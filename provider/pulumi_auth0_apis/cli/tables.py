"""Plain tables, and times as people say them, as the CLI prints both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

_UNITS = (
    (365 * 86_400, "year"),
    (30 * 86_400, "month"),
    (7 * 86_400, "week"),
    (86_400, "day"),
    (3_600, "hour"),
    (60, "minute"),
    (1, "second"),
)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, indent: int = 0) -> Iterator[str]:
    """The lines of a table; columns are two blanks apart."""
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    for row in (headers, *rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield " " * indent + "  ".join(cells).rstrip()


def ago(moment: datetime) -> str:
    """How long ago something was, by its greatest unit: `3 minutes ago`."""
    seconds = (datetime.now(UTC) - moment).total_seconds()
    for size, unit in _UNITS:
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "now"
