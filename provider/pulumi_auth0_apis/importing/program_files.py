"""The Python program of a plan, as a person would have written it.

A long program has a module for each API under `apis/`, and `__main__.py` imports them; so has whatever is
added to a program that is there already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from pulumi_auth0_apis.importing.literals import quoted
from pulumi_auth0_apis.importing.naming import UniqueNames, shown, slug
from pulumi_auth0_apis.importing.plan import ImportPlan, PlannedApi
from pulumi_auth0_apis.importing.sections import section, variables

MAIN = "__main__.py"
PACKAGE = "apis"
LONGEST_SINGLE_MODULE = 400
"""Lines; a longer program is split by API."""


def write_program(plan: ImportPlan) -> dict[str, str]:
    """The text of each file of a new program, by its path."""
    title = f"The APIs of the Auth0 tenant {shown(plan.domain)}"
    single = _module(f"{title}.", plan, plan.apis, titled=True)
    if single.count("\n") < LONGEST_SINGLE_MODULE:
        return {MAIN: single}
    names, modules = _modules(plan, taken=())
    head = _docstring(f"{title}, a module each.")
    return {**modules, MAIN: f"{head}\n\nimport importlib\n\n{_loop(names)}"}


def add_to_program(plan: ImportPlan, main: str, taken: Collection[str]) -> dict[str, str]:
    """What to write so that the program whose `__main__.py` is `main` declares the plan as well.

    `taken` are the names of the modules that `apis/` holds already.
    """
    names, modules = _modules(plan, taken)
    has_import = re.search(r"^import importlib\b", main, re.MULTILINE)
    imported = "" if has_import else "import importlib  # noqa: E402\n\n"
    return {**modules, MAIN: f"{main.rstrip()}\n\n{imported}{_loop(names)}"}


def _loop(names: Iterable[str]) -> str:
    """Import the modules in a loop: linters take an import that is there for its effect alone for unused."""
    listed = "".join(f"    {quoted(name)},\n" for name in names)
    return f'for api in (\n{listed}):\n    importlib.import_module(f"{PACKAGE}.{{api}}")\n'


def _modules(plan: ImportPlan, taken: Collection[str]) -> tuple[list[str], dict[str, str]]:
    free = UniqueNames(taken, separator="_")
    names = [free.take(slug(api.name).replace("-", "_") or "api") for api in plan.apis]
    texts = [_module(_sentence(api.title), plan, [api], titled=False) for api in plan.apis]
    return names, {f"{PACKAGE}/{name}.py": text for name, text in zip(names, texts, strict=True)}


def _sentence(title: str) -> str:
    return f"{shown(title)}: its settings, its permissions and who may call it."


def _docstring(text: str) -> str:
    """A docstring where the text allows one, else a comment: a tenant's names may hold anything."""
    return f"# {text}" if set(text) & {'"', "\\"} else f'"""{text}"""'


def _module(title: str, plan: ImportPlan, apis: Sequence[PlannedApi], *, titled: bool) -> str:
    names = variables(apis)
    blocks = [block for api in apis for block in section(plan, api, names, titled=titled)]
    return "\n\n".join([_docstring(title), *_preamble(apis), *blocks]) + "\n"


def _preamble(apis: Sequence[PlannedApi]) -> Iterator[str]:
    """The imports, and the configuration that the sections read."""
    has_secrets = any(ImportPlan("", (api,)).secrets for api in apis)
    has_applications = any("client_id" in each.inputs for api in apis for each in api.objects)
    classes = ", ".join(sorted({kind.cls for api in apis for kind in api.kinds}))
    imports = [f"from pulumi_auth0_apis import {classes}"] if classes else []
    if has_secrets or has_applications:
        yield "\n".join(["import pulumi", *imports])
        lines = ["config = pulumi.Config()"]
        if has_applications:
            lines.append(f"applications = config.require_object({quoted('applications')})")
        yield "\n".join(lines)
    elif imports:
        yield imports[0]
