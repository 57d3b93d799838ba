"""A stack of dynamic resources becomes one of the plugin's in place, and back; no tenant is called for it."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import yaml

from .stack import LanguageStack

PROGRAM = Path(__file__).parent / "dynamic" / "__main__.py"


def moved_over(stack: LanguageStack) -> str:
    """The dynamic resources of both tenants, then the language's program, which changes nothing more."""
    stack.run("up", folder=_dynamic(stack))
    if stack.language.name == "yaml":
        _name_what_it_was(stack.folder / "Pulumi.yaml")
    ran = stack.run("up")
    assert ran.made() == Counter(update=7), ran.operations
    stack.run("preview", "--expect-no-changes")
    stack.run("up", "--expect-no-changes", "--refresh")
    return ran.count


def moved_back(stack: LanguageStack) -> str:
    """And the dynamic resources again."""
    ran = stack.run("up", folder=stack.folder / "dynamic")
    assert not ran.calls, ran.calls
    stack.run("up", "--expect-no-changes", "--refresh", folder=stack.folder / "dynamic")
    stack.run("destroy", folder=stack.folder / "dynamic")
    return ran.count


def _dynamic(stack: LanguageStack) -> Path:
    """The program of dynamic resources, for the same stack of the same project."""
    folder = stack.folder / "dynamic"
    folder.mkdir()
    shutil.copy(PROGRAM, folder)
    name = (stack.folder / "Pulumi.yaml").read_text().splitlines()[0]
    (folder / "Pulumi.yaml").write_text(f"{name}\nruntime: python\n")
    shutil.copy(stack.folder / "Pulumi.dev.yaml", folder)
    stack.pulumi("stack", "select", "dev", folder=folder)
    has_components = "false" if stack.language.name == "yaml" else "true"
    stack.pulumi("config", "set", "hasComponents", has_components, folder=folder)
    return folder


def _name_what_it_was(project: Path) -> None:
    """Write the alias of each resource, which the SDKs of the other languages bring along."""
    program = yaml.safe_load(project.read_text())
    for resource in program["resources"].values():
        _, ours, kind = resource["type"].partition("auth0-apis:")
        if ours and not resource["type"].startswith("pulumi:"):
            alias = {"type": f"pulumi-python:dynamic/auth0:{kind}"}
            resource.setdefault("options", {})["aliases"] = [alias]
    project.write_text(yaml.safe_dump(program, sort_keys=False))
