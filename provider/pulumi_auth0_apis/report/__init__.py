"""What a preview changes, who gains access and which rules it breaks, from an engine's event log.

    report = Report(read(open("events.jsonl")))
    print(markdown(report))

Everything is derived from the log alone: no engine, no credentials, no call.
"""

from __future__ import annotations

from .document import as_json
from .junit import junit
from .log import LogError, Run, Violation, read
from .markdown import markdown
from .report import Report
from .sarif import sarif

__all__ = ["LogError", "Report", "Run", "Violation", "as_json", "junit", "markdown", "read", "sarif"]
