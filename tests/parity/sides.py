"""The two engines behind one face: run a command on a stack, and tell what can be compared."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine import Engine, PolicyPack

from ..engine.stacks import TestStack
from .tenants import Tenants

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COLOUR = re.compile(r"<\{%.*?%\}>")
_KEYWORDS = {
    "continue-on-error": ("keep_going",),
    "target": ("targets",),
    "target-replace": ("targets", "replace"),
}
_OWN_FIELDS = ("created", "modified", "sourcePosition", "stackTrace")
"""Fields of a resource's state that say when and from where it was written."""
_ABOUT_POLICIES = {
    "policyLoadEvent",
    "policyRemediationEvent",
    "policyRemediateSummaryEvent",
    "policyAnalyzeSummaryEvent",
    "policyAnalyzeStackSummaryEvent",
}


@dataclass
class Run:
    """What one command did, in a form that is the same for both engines."""

    exit_code: int
    steps: dict[str, list[str]]
    """The operations of each resource, by URN, in their order."""
    order: list[str] = field(compare=False)
    """The URNs in the order in which their steps ended."""
    summary: dict[str, int]
    errors: set[tuple[str, str]]
    """Errors by resource name."""
    violations: set[tuple[str, str, str, str]]
    """Policy, level, message and resource."""
    policies: dict[str, list[Any]]
    """What the policies corrected, and which of them passed and failed, by resource name."""
    calls: list[str]
    """What the provider was asked, sorted, since independent resources go side by side."""
    state: dict[str, list[dict[str, Any]]]
    """The resources of the state by URN, secrets in clear, without what is each engine's own."""
    outputs: Any
    cloud: Any = None
    """What the tenants keep, where there are some."""


def differences(ours: Run, theirs: Run) -> list[str]:
    """What differs, one line each; none when the engines did the same."""
    return [
        f"{each.name}{path}: ours {mine!r}, theirs {other!r}"
        for each in fields(Run)
        if each.compare
        for path, mine, other in _unequal("", getattr(ours, each.name), getattr(theirs, each.name))
    ]


def _unequal(path: str, mine: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(mine, dict) and isinstance(other, dict):
        for key in sorted(mine.keys() | other.keys()):
            yield from _unequal(f"{path}.{key}", mine.get(key), other.get(key))
    elif isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other):
        for index, pair in enumerate(zip(mine, other, strict=True)):
            yield from _unequal(f"{path}[{index}]", *pair)
    elif isinstance(mine, set) and isinstance(other, set):
        if mine != other:
            yield path, mine - other, other - mine
    elif mine != other:
        yield path, mine, other


class Side:
    """One engine on one stack."""

    def __init__(self, folder: Path, tenants: Tenants | None = None) -> None:
        folder.mkdir()
        self.tenants = tenants
        self.stack = TestStack(folder, tenants.environment if tenants else None)
        self.packs: Sequence[PolicyPack] = ()

    def run(self, command: str, *options: str, on: TestStack | None = None) -> Run:
        """Run `preview`, `up`, `refresh` or `destroy`; `on` a stack of the other side, if given."""
        stack = on or self.stack
        code, events = self._events(stack, command, options)
        run = _observed(code, events, stack)
        return run if self.tenants is None else _on_tenants(run, self.tenants)

    def _events(
        self, stack: TestStack, command: str, options: Sequence[str]
    ) -> tuple[int, list[dict[str, Any]]]:
        raise NotImplementedError


class Local(Side):
    """Our engine."""

    def _events(
        self, stack: TestStack, command: str, options: Sequence[str]
    ) -> tuple[int, list[dict[str, Any]]]:
        packs = {"policy_packs": self.packs} if self.packs else {}
        result = getattr(stack.engine, command)(**_keywords(options), **packs)
        return result.exit_code, list(result.events)


def _keywords(options: Sequence[str]) -> dict[str, Any]:
    """The options of the command as our engine takes them."""
    keywords: dict[str, Any] = {}
    for option in options:
        name, _, value = option.removeprefix("--").partition("=")
        for keyword in _KEYWORDS.get(name, (name.replace("-", "_"),)):
            keywords[keyword] = [*keywords.get(keyword, ()), value] if value else True
    return keywords


class Pulumi(Side):
    """The real command."""

    def _events(
        self, stack: TestStack, command: str, options: Sequence[str]
    ) -> tuple[int, list[dict[str, Any]]]:
        log = stack.folder / "events"
        log.unlink(missing_ok=True)
        sure = () if command == "preview" else ("--yes", "--skip-preview")
        packs = [argument for pack in self.packs for argument in _pack_arguments(pack)]
        code, said = self.cli(stack, command, "--event-log", str(log), *sure, *packs, *options)
        assert log.exists(), said
        return code, [json.loads(line) for line in log.read_text().splitlines()]

    def create_stack(self) -> None:
        """Create the stack, which our engine does by itself."""
        code, said = self.cli(self.stack, "stack", "init")
        assert code == 0, said

    def cli(self, stack: TestStack, *arguments: str) -> tuple[int, str]:
        """Run the command on the stack `dev`, as a user would, and tell its exit code and what it said."""
        return self.command(stack, *arguments, "--stack", "dev")

    def command(self, stack: TestStack, *arguments: str) -> tuple[int, str]:
        """Run the command in a stack's folder."""
        environment = {
            **os.environ,
            **stack.environment,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{stack.folder}",
            "PULUMI_HOME": str(self.stack.folder / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # else there is no --event-log
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        }
        whole = ["pulumi", *arguments, "--non-interactive", "--color", "never"]
        ended = subprocess.run(
            whole, cwd=stack.folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        return ended.returncode, ended.stdout + ended.stderr


def write_pack(folder: Path, policies: str, config: str | None = None) -> list[PolicyPack]:
    """Write a policy pack, and the file that configures it, into a stack's folder."""
    pack = folder / "pack"
    pack.mkdir(exist_ok=True)
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text(policies)
    if config is None:
        return [PolicyPack(pack)]
    settings = folder / "policies.json"
    settings.write_text(config)
    return [PolicyPack(pack, settings)]


def _pack_arguments(pack: PolicyPack) -> list[str]:
    config = ["--policy-pack-config", str(pack.config)] if pack.config else []
    return ["--policy-pack", str(pack.directory), *config]


def _observed(code: int, events: Sequence[dict[str, Any]], stack: TestStack) -> Run:
    steps = [event["resOutputsEvent"]["metadata"] for event in events if "resOutputsEvent" in event]
    shown = [step for step in steps if "pulumi:providers:pulumi-python::default" not in step["urn"]]
    by_urn: dict[str, list[str]] = {}
    for step in shown:
        by_urn.setdefault(step["urn"], []).append(step["op"])
    summaries = [event["summaryEvent"]["resourceChanges"] for event in events if "summaryEvent" in event]
    state = state_of(stack)
    return Run(
        exit_code=code,
        steps=by_urn,
        order=[step["urn"] for step in shown],
        summary={op: count for op, count in (summaries[-1] or {}).items() if count} if summaries else {},
        errors=_errors(events),
        violations=_violations(events),
        policies=_policies(events),
        calls=sorted(json.dumps(call, sort_keys=True) for call in stack.calls()),
        state=state,
        outputs=next(
            (each[0].get("outputs") for each in state.values() if each[0]["type"] == "pulumi:pulumi:Stack"),
            None,
        ),
    )


def _on_tenants(run: Run, tenants: Tenants) -> Run:
    """The same run as if all tenants had the same address, and with what they keep."""
    run.cloud = tenants.kept()
    return Run(**{each.name: tenants.plain(getattr(run, each.name)) for each in fields(Run)})


def state_of(stack: TestStack) -> dict[str, list[dict[str, Any]]]:
    """The state as our engine reads it, whoever has written it."""
    store = (
        Engine(stack.folder, "dev", backend_url=f"file://{stack.folder}", environment=stack.environment)
        .open()
        .store
    )
    resources: dict[str, list[dict[str, Any]]] = {}
    for resource in store.load().resources:
        in_order = replace(
            resource,  # the SDK sends dependencies as a set; what order the command leaves is chance
            dependencies=tuple(sorted(resource.dependencies)),
            property_dependencies={  # which properties depend on nothing, only the command's rewriting drops
                key: tuple(sorted(urns)) for key, urns in resource.property_dependencies.items() if urns
            },
        )
        written = json.loads(_ID.sub("<id>", json.dumps(in_order.to_json(None))))
        kept = {key: value for key, value in written.items() if key not in _OWN_FIELDS}
        resources.setdefault(resource.urn, []).append(kept)
    return resources


def _errors(events: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    told = [event["diagnosticEvent"] for event in events if "diagnosticEvent" in event]
    return {
        (each.get("urn", "").rpartition("::")[2], _plain(each["message"]))
        for each in told
        if each["severity"] == "error" and not _says_nothing(each["message"])
    }


def _says_nothing(message: str) -> bool:
    """The command says outside of its events why it failed, and of a program that it was interrupted."""
    return "KeyboardInterrupt" in message or _plain(message) in (
        "update failed",
        "preview failed",
        "You must run with the `--run-program` flag to use delete hooks during destroy.",
    )


def _plain(message: str) -> str:
    """The first and last lines that say something, without colours, folders and traceback."""
    message = _COLOUR.sub("", message).replace("`pulumi up`", "`up`")  # each names itself
    message = _ID.sub("<id>", message.replace("was was", "was"))
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return " … ".join(dict.fromkeys([lines[0], lines[-1]])) if lines else ""


def _violations(events: Sequence[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    told = [event["policyEvent"] for event in events if "policyEvent" in event]
    return {
        (
            each["policyName"],
            each["enforcementLevel"],
            each["message"],
            each.get("resourceUrn", "").rpartition("::")[2],
        )
        for each in told
    }


def _policies(events: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for event in events:
        for kind in _ABOUT_POLICIES & event.keys():
            name = event[kind].get("resourceUrn", "").rpartition("::")[2]
            found.setdefault(name, []).append((kind, event[kind]))
    return found
