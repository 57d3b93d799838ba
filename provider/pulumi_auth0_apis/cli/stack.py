"""`auth0-apis stack`: the stacks of a project, and what they give out, where there is no CLI."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pulumi_auth0_apis.cli.deploying import CwdOption, StackOption, stop, telling_errors
from pulumi_auth0_apis.cli.readiness import is_interactive
from pulumi_auth0_apis.cli.tables import ago, table
from pulumi_auth0_apis.cli.terminal import say, say_json

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import LocalStack

JsonOption = Annotated[bool, typer.Option("--json", "-j", help="Print JSON.")]
ShowSecretsOption = Annotated[bool, typer.Option("--show-secrets", help="Print secrets in clear.")]

stack = typer.Typer(no_args_is_help=True, help="List and remove stacks, and show their outputs.")


@stack.command()
def output(
    name: Annotated[str | None, typer.Argument(metavar="NAME", show_default=False)] = None,
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    as_json: JsonOption = False,
    show_secrets: ShowSecretsOption = False,
) -> None:
    """Show the outputs of a stack, or one of them. A secret is `[secret]`, and needs no passphrase."""
    outputs = _outputs(cwd, stack, show_secrets=show_secrets)
    if name is not None and name not in outputs:
        stop(f"current stack does not have output property '{name}'")
    if as_json:
        say_json(outputs if name is None else outputs[name])
    elif name is not None:
        say(_text(outputs[name]))
    else:
        say(f"Current stack outputs ({len(outputs)}):")
        rows = [(key, _text(outputs[key])) for key in sorted(outputs)]
        none = ["    No output values currently in this stack"]
        for line in table(("OUTPUT", "VALUE"), rows, indent=4) if rows else none:
            say(line)


@stack.command()
def ls(cwd: CwdOption = Path(), as_json: JsonOption = False) -> None:
    """List the stacks of the project; the one that is meant where none is named has a `*`."""
    with telling_errors():
        found = list(_stacks(cwd))
    if as_json:
        say_json([each.to_json() for each in found])
        return
    rows = [each.columns() for each in found]
    for line in table(("NAME", "LAST UPDATE", "RESOURCE COUNT"), rows):
        say(line)


@stack.command()
def rm(
    name: Annotated[str | None, typer.Argument(metavar="NAME", show_default=False)] = None,
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    force: Annotated[
        bool,
        typer.Option("--force", "-f", help="Remove it though it has resources, which stay."),
    ] = False,
    preserve_config: Annotated[
        bool, typer.Option("--preserve-config", help="Keep the stack's settings file.")
    ] = False,
) -> None:
    """Remove a stack: its state, its history and its settings. What it manages is not deleted."""
    if name and stack:
        stop("only one of --stack or argument stack name may be specified, not both")
    opened = _existing(cwd, name or stack)
    _confirm(opened.name, yes=yes)
    with telling_errors():
        if not force and opened.store.has_resources():
            stop(
                f"'{opened.name}' still has resources; removal rejected. Possible actions:\n"
                f"- Make sure that '{opened.name}' is the stack that you want to destroy\n"
                "- Run `auth0-apis destroy` to delete the resources, then run `auth0-apis stack rm`\n"
                "- Run `auth0-apis stack rm --force` to override this error"
            )
        opened.backend.remove(opened.name, opened.secrets, force=True)
        if not preserve_config:
            opened.project.stack_file(opened.name).unlink(missing_ok=True)
    say(f"Stack '{opened.name}' has been removed!")


def _existing(cwd: Path, name: str | None) -> LocalStack:
    """A stack that has a state. Exits where there is none of its name."""
    from pulumi_auth0_apis.engine import STACK_NOT_FOUND
    from pulumi_auth0_apis.stacks.local import open_engine

    with telling_errors():
        opened = open_engine(cwd, name).open_unchecked()
        if not opened.store.exists():
            stop(f"no stack named '{opened.name}' found", STACK_NOT_FOUND)
        return opened


def _outputs(cwd: Path, name: str | None, *, show_secrets: bool) -> dict[str, Any]:
    store = _existing(cwd, name).store
    with telling_errors():
        found = store.load() if show_secrets else store.peek()
    return {key: _shown(value, show_secrets=show_secrets) for key, value in found.stack_outputs.items()}


def _shown(value: Any, *, show_secrets: bool) -> Any:
    """A value as JSON has it, secrets in clear or masked, wherever they are."""
    from auth0_api_vocabulary.marks import MASK
    from pulumi_auth0_apis.engine.model.values import Secret, to_checkpoint

    if isinstance(value, Secret):
        return _shown(value.value, show_secrets=True) if show_secrets else MASK
    if isinstance(value, dict):
        return {key: _shown(item, show_secrets=show_secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item, show_secrets=show_secrets) for item in value]
    return to_checkpoint(value, None)


def _text(value: Any) -> str:
    """An output as the CLI prints it: text as it is, anything else as JSON of one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class StackSummary:
    """A stack as a list shows it."""

    name: str
    is_meant: bool
    """Where a command names none, this one is meant."""
    updated: datetime | None
    resources: int

    def to_json(self) -> dict[str, Any]:
        """As `pulumi stack ls --json` has it."""
        summary: dict[str, Any] = {"name": self.name, "current": self.is_meant}
        if self.updated:
            summary["lastUpdate"] = self.updated.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {**summary, "resourceCount": self.resources}

    def columns(self) -> tuple[str, str, str]:
        name = f"{self.name}*" if self.is_meant else self.name
        return name, ago(self.updated) if self.updated else "n/a", str(self.resources)


def _stacks(cwd: Path) -> Iterator[StackSummary]:
    from pulumi_auth0_apis.stacks.local import open_engine

    meant = open_engine(cwd).open_unchecked()
    for name in meant.backend.stacks():
        state = meant.backend.stack(name, meant.secrets).peek()
        yield StackSummary(name, name == meant.name, _time(state.manifest), len(state.resources))


def _time(manifest: Mapping[str, Any]) -> datetime | None:
    """When a state was written; None for one that the CLI has made and never deployed, of the year 1."""
    written = datetime.fromisoformat(manifest["time"]) if manifest.get("time") else None
    return None if written is None or written.year == 1 else written.astimezone(UTC)


def _confirm(name: str, *, yes: bool) -> None:
    if yes:
        return
    if not is_interactive():
        stop("--yes must be passed in to proceed when running in non-interactive mode")
    say(f"This will permanently remove the '{name}' stack!")
    if typer.prompt("Please confirm that this is what you'd like to do by typing its name") != name:
        stop("confirmation declined, nothing was changed")
