"""Drift as Markdown for people and as JSON for machines."""

from __future__ import annotations

import json
from typing import Any

from pulumi_auth0_apis.drift.comparing import SECRET, Drift, Drifted, SettingDrift
from pulumi_auth0_apis.escaping import markdown as in_line
from pulumi_auth0_apis.escaping import markdown_code

MOST_ROWS = 500
"""Rows of a table; GitHub cuts a summary at 1 MiB."""


def markdown(drift: Drift) -> str:
    """A summary for a nightly run."""
    parts = ["## Drift", _verdict(drift)]
    if drift.drifted:
        rows = [row for each in drift.drifted for row in _rows(each)]
        parts.append(_table(["Resource", "Setting", "Program", "Tenant"], rows))
        parts.append(
            "`pulumi up --refresh` brings the tenant back to the program; or let the program say what it has."
        )
    if drift.unmanaged:
        parts.append("### Not managed\n\n" + _listed(drift.unmanaged))
        parts.append("`auth0-apis import` writes what is missing into the program and its state.")
    return "\n\n".join(parts) + "\n"


def document(drift: Drift) -> dict[str, Any]:
    """The same for machines."""
    return {
        "compared": drift.compared,
        "drifted": [_entry(each) for each in drift.drifted],
        "unmanaged": list(drift.unmanaged),
    }


def _verdict(drift: Drift) -> str:
    managed = f"{drift.compared:,} managed resource{'s' * (drift.compared != 1)}"
    if not drift.drifted:
        return f"No drift in {managed}."
    return f"**{len(drift.drifted):,}** of {managed} drifted."


def _entry(drifted: Drifted) -> dict[str, Any]:
    return {
        "urn": drifted.urn,
        "id": drifted.id,
        "gone": not drifted.differences,
        "differences": {
            each.setting: {"program": each.wanted, "tenant": each.found} for each in drifted.differences
        },
    }


def _rows(drifted: Drifted) -> list[list[str]]:
    resource = f"{drifted.title} {markdown_code(drifted.name)}"
    if not drifted.differences:
        return [[resource, "", "exists", "**gone**"]]
    return [
        [resource, markdown_code(each.setting), *map(markdown_code, _sides(each))]
        for each in drifted.differences
    ]


def _sides(difference: SettingDrift) -> tuple[str, str]:
    """Both values; of two lists only what each has beyond the other."""
    wanted, found = difference.wanted, difference.found
    if isinstance(wanted, list) and isinstance(found, list):
        missing = [item for item in wanted if item not in found]
        extra = [item for item in found if item not in wanted]
        return _value(missing), _value(extra)
    return _value(wanted), _value(found)


def _value(value: Any) -> str:
    return value if value == SECRET else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows[:MOST_ROWS]]
    more = f"\n\n… and {len(rows) - MOST_ROWS:,} more." if len(rows) > MOST_ROWS else ""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + more


def _listed(sentences: tuple[str, ...]) -> str:
    lines = [f"- {in_line(sentence)}" for sentence in sentences[:MOST_ROWS]]
    more = [f"- … and {len(sentences) - MOST_ROWS:,} more"] if len(sentences) > MOST_ROWS else []
    return "\n".join(lines + more)
