"""What a preview changes, who gains access and which rules it breaks, from an engine's event log.

    report = Report(read(open("events.jsonl")))
    print(markdown(report))

Everything is derived from the log alone: no engine, no credentials, no call.
"""

from __future__ import annotations

from pulumi_auth0_apis.report.advice import advise, paragraphs
from pulumi_auth0_apis.report.document import as_json
from pulumi_auth0_apis.report.junit import junit
from pulumi_auth0_apis.report.log import LogError, LoggedRun, LoggedViolation, read, run_of
from pulumi_auth0_apis.report.markdown import markdown
from pulumi_auth0_apis.report.moves import moves
from pulumi_auth0_apis.report.report import Report
from pulumi_auth0_apis.report.sarif import sarif

__all__ = [
    "LogError",
    "LoggedRun",
    "LoggedViolation",
    "Report",
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
