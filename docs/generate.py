"""Write what comes from the code: parts of pages and of sources. `--check` only tells whether it is true.

A generated part of a page stands between `<!-- begin NAME: make docs -->` and `<!-- end NAME -->`; one about
a resource begins with `<!-- begin NAME RESOURCE: make docs -->`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from auth0_api_policies import RULES, documentation
from auth0_api_vocabulary import OUR_KINDS
from docs import costs, coverage, settings, sources
from docs import rules as rule_pages
from docs.settings import table
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.management.settings import KEYS, MEANINGS, SECRET_KEYS
from pulumi_auth0_apis.plugin.schema import package

ROOT = Path(__file__).parents[1]
RESOURCES = "provider/pulumi_auth0_apis/resources"
LANGUAGES = {"yaml": "YAML", "typescript": "TypeScript", "go": "Go", "python": "Python, generated SDK"}


def policies() -> str:
    """Every rule: the table, then each rule's reason, remedy, options and cases."""
    texts = (rule_pages.text_of(rule, documentation.text(rule)) for rule in RULES)
    return "\n\n".join([documentation.markdown_table(RULES), *texts])


def rules() -> str:
    """What the policy pack checks, at a glance."""
    rows = documentation.table(RULES)
    shown = ((row.rule, row.checks, row.severity, row.default) for row in rows)
    return table(("rule", "what it asks", "severity", "by default"), shown)


def covered() -> str:
    """Auth0's page about an API's settings, line by line."""
    return table(("line of the page", "here", "tests"), coverage.rows())


def limits() -> str:
    """What the local engine refuses, from the list that its refusals come from."""
    return table(("not here", "why, and what instead"), ((each.what, each.why) for each in unsupported.ALL))


def languages() -> str:
    """What the last `make languages` saw: a row for each part that every language must do."""
    measured = json.loads((ROOT / "docs" / "languages.json").read_text())
    header = ("", *(LANGUAGES[name] for name in measured))
    parts = next(iter(measured.values()))
    return table(header, ((part, *(found.get(part, "") for found in measured.values())) for part in parts))


def connection() -> str:
    """The settings of a stack, and the variables that speak for them."""
    rows = (
        (f"`{key}`{' (secret)' if key in SECRET_KEYS else ''}", f"`{variable}`", MEANINGS[key])
        for key, variable in KEYS.items()
        if variable
    )
    return table(("config", "environment", "meaning"), rows)


def configuration() -> str:
    """The settings of a provider, and the variables that speak for the stack's own."""
    rows = (
        (f"`auth0-apis:{name}`{' (secret)' if each.get('secret') else ''}", each["description"])
        for name, each in package()["config"]["variables"].items()
    )
    return table(("config", "meaning"), rows)


PARTS: dict[str, Callable[..., str]] = {
    "resources": settings.short_tables,
    "inputs": settings.inputs,
    "options": settings.options,
    "system": settings.system,
    "objects": settings.objects,
    "outputs": settings.outputs,
    "rules": rules,
    "frame": rule_pages.reference,
    "policies": policies,
    "bench": costs.text,
    "coverage": covered,
    "limits": limits,
    "languages": languages,
    "connection": connection,
    "configuration": configuration,
}


def page(text: str) -> str:
    """A page with its generated parts made anew."""

    def anew(part: re.Match[str]) -> str:
        begin, name, resource, end = part.groups()
        made = PARTS[name](resource) if resource else PARTS[name]()
        return f"{begin}\n{made}\n{end}"

    pattern = r"(<!-- begin (\w+)(?: (\w+))?: make docs -->).*?(<!-- end \2 -->)"
    return re.sub(pattern, anew, text, flags=re.DOTALL)


TEMPLATES = "provider/pulumi_auth0_apis/repository/templates"
PACK = ("PulumiPolicy.yaml", "__main__.py", "config/dev.json", "config/staging.json", "config/prod.json")
WORKFLOWS = {"preview": "preview-on-sandbox", "comment": "comment"}


def copied(source: str) -> Callable[[str], str]:
    """A template that is a file of this repository."""
    return lambda _: (ROOT / source).read_text()


def schema(_: str) -> str:
    """What the plugin tells Pulumi of its package: a change of a table is a change of this file."""
    return f"{json.dumps(package(), ensure_ascii=False, indent=1)}\n"


FILES: dict[str, Callable[[str], str]] = {
    "README.md": page,
    "docs/coverage.md": page,
    "docs/local_engine.md": page,
    "docs/languages.md": page,
    "docs/policies.md": page,
    "policies/auth0_api_vocabulary/settings.py": sources.vocabulary,
    "provider/pulumi_auth0_apis/_found.py": sources.with_found,
    "provider/pulumi_auth0_apis/tenant.py": sources.with_tenant,
    "tests/plugin/schema.json": schema,
    **{f"{TEMPLATES}/common/policies/{name}": copied(f"policies/{name}") for name in PACK},
    **{
        f"{TEMPLATES}/github/.github/workflows/{name}.yml": copied(f"examples/pull_request/{source}.yml")
        for name, source in WORKFLOWS.items()
    },
    **{f"docs/resources/{kind.module}.md": page for kind in OUR_KINDS},
    **{f"{RESOURCES}/{kind.module}.py": sources.with_settings for kind in OUR_KINDS},
}


def main() -> None:
    """Write every file, or fail where one is stale."""
    made = {name: (ROOT / name, make((ROOT / name).read_text())) for name, make in FILES.items()}
    stale = {name: text for name, (path, text) in made.items() if path.read_text() != text}
    if "--check" in sys.argv:
        sys.exit(f"Run `make docs`: {', '.join(stale)} is not what the code says." if stale else 0)
    for name, text in stale.items():
        (ROOT / name).write_text(text)
    if any(name.endswith(".py") for name in stale):  # which this process has imported as they were
        os.execv(sys.executable, [sys.executable, "-m", "docs.generate"])


if __name__ == "__main__":
    main()
