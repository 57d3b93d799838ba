"""Write the parts of the documentation that come from the code. `--check` only tells whether they are true.

A generated part stands between `<!-- begin NAME: make docs -->` and `<!-- end NAME -->`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, is_typeddict

from auth0_api_policies import RULES, documentation
from pulumi_auth0_apis import _api_settings, client_grant, permission
from pulumi_auth0_apis._inputs import Setting

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/policies.md")
ENGINES = {"local": "local engine", "pulumi": "`pulumi` CLI"}
REMOVAL = {"default": "the default", "null": "cleared", "keep": "left as it is"}


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(header), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def resources() -> str:
    """What each resource takes."""
    parts = {
        "ResourceServer": _api_settings.SETTINGS,
        "Permission": permission.SETTINGS,
        "ClientGrant": client_grant.SETTINGS,
    }
    header = ("input", "value, limit", "unset means", "on change", "when removed")
    return "\n\n".join(
        f"### {name}\n\n{table(header, map(_row, settings))}" for name, settings in parts.items()
    )


def _row(setting: Setting) -> tuple[str, ...]:
    required = "required" if setting.required else ""
    bare = setting.type not in (int, str) and get_origin(setting.type) is not Literal
    kind = _kind(setting.type) if bare or not setting.limit else ""
    limit = "; ".join(filter(None, [required, kind, setting.limit]))
    unset = "-" if setting.required else _default(setting)
    change = "**replace**" if setting.on_change == "replace" else "update"
    removed = "-" if setting.required else REMOVAL[setting.on_removal]
    return f"`{setting.name}`", limit, unset, change, removed


def _kind(kind: Any) -> str:
    """What a type admits: its name, or the keys of a nested one."""
    names = {bool: "true or false", str: "text", int: "whole number"}
    if kind in names:
        return names[kind]
    if get_origin(kind) is Sequence:
        return f"list of {_kind(get_args(kind)[0])}"
    if is_typeddict(kind):
        return f"`{{{', '.join(kind.__annotations__)}}}`"
    return ", ".join(names[part] for part in get_args(kind) if part in names)


def _default(setting: Setting) -> str:
    if setting.default is None or setting.default == ():
        return "Auth0 decides" if setting.on_removal == "keep" else "off"
    return f"`{json.dumps(setting.default)}`"


def policies() -> str:
    """Every rule: the table, then each rule's reason, remedy and options."""
    return "\n\n".join([documentation.markdown_table(RULES), *(documentation.text(rule) for rule in RULES)])


def rules() -> str:
    """What the policy pack checks, at a glance."""
    rows = documentation.table(RULES)
    return table(("rule", "what it asks", "severity"), ((row.rule, row.checks, row.severity) for row in rows))


def bench() -> str:
    """What the last `make bench` measured: a table with one row an operation, and what a program pays."""
    measured = json.loads((ROOT / "bench.json").read_text())
    runs = {ENGINES[name]: run for name, run in measured["engines"].items()}
    runs["local engine, ten times the size, without latency"] = measured["large"]
    header = ("operation", "floor", *(f"calls, seconds: {name}" for name in runs))
    rows = [
        (operation, str(cost["floor"]), *(_cost(run[operation]) for run in runs.values()))
        for operation, cost in measured["operations"].items()
    ]
    program = measured["program"]
    memory = max(cost["provider_mb"] for cost in measured["large"].values())
    each, beyond = program["each_ms"]["empty"], program["beyond_empty_ms"]["tenant"]
    loading = program["import_beyond_pulumi_ms"]
    told = f"""\
Declaring the resources of a tenant costs a program {beyond} ms each, on top of the {each} ms of an empty
dynamic resource; importing the package takes {loading:.0f} ms more than importing Pulumi. The provider's
process holds {memory} MB at most, at ten times the size too."""
    return f"{table(header, rows)}\n\n{told}"


def _cost(cost: dict[str, Any]) -> str:
    return f"{cost['calls']:,}, {cost['seconds']} s"


PARTS: dict[str, Callable[[], str]] = {
    "resources": resources,
    "rules": rules,
    "policies": policies,
    "bench": bench,
}


def generated(page: str) -> str:
    """The page with its generated parts made anew."""

    def anew(part: re.Match[str]) -> str:
        return f"<!-- begin {part[1]}: make docs -->\n{PARTS[part[1]]()}\n<!-- end {part[1]} -->"

    return re.sub(r"<!-- begin (\w+): make docs -->.*?<!-- end \1 -->", anew, page, flags=re.DOTALL)


def main() -> None:
    """Write every page, or fail where one is stale."""
    stale = [name for name in PAGES if generated((ROOT / name).read_text()) != (ROOT / name).read_text()]
    if "--check" in sys.argv:
        sys.exit(f"Run `make docs`: {', '.join(stale)} is not what the code says." if stale else 0)
    for name in stale:
        (ROOT / name).write_text(generated((ROOT / name).read_text()))


if __name__ == "__main__":
    main()
