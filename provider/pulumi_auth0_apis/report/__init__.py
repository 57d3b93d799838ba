"""What a preview changes, who gains access and which rules it breaks, from an engine's event log.

    report = Report(read(open("events.jsonl")))
    print(markdown(report))

Everything is derived from the log alone: no engine, no credentials, no call.
"""

from __future__ import annotations

from .advice import advise, paragraphs
from .document import as_json
from .junit import junit
from .log import LogError, Run, Violation, read, run_of
from .markdown import markdown
from .moves import moves
from .report import Report
from .sarif import sarif

__all__ = [
    "LogError",
    "Report",
    "Run",
    "Violation",
    "advise",
    "as_json",
    "junit",
    "markdown",
    "moves",
    "paragraphs",
    "read",
    "run_of",
    "sarif",
]
