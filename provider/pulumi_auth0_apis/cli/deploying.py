"""Options and steps that preview, up, refresh and destroy have in common."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pulumi_auth0_apis._extras import engine_lacks
from pulumi_auth0_apis.cli.fakes import read_fakes
from pulumi_auth0_apis.cli.output_files import written
from pulumi_auth0_apis.cli.readiness import ask_new_passphrase, is_interactive, make_ready
from pulumi_auth0_apis.cli.terminal import say, say_json

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import Engine, PolicyPack, Result

StackOption = Annotated[
    str | None, typer.Option("--stack", "-s", help="The stack; the selected one, or dev, if not given.")
]
CwdOption = Annotated[Path, typer.Option("--cwd", "-C", help="The folder of the program.", file_okay=False)]
PacksOption = Annotated[
    list[Path],
    typer.Option("--policy-pack", metavar="DIR", help="A folder with a policy pack; may be given again."),
]
PackConfigsOption = Annotated[
    list[Path],
    typer.Option("--policy-pack-config", help="The configuration of the policy pack in the same place."),
]
EventLogOption = Annotated[
    Path | None, typer.Option("--event-log", help="Write all engine events to this file.", dir_okay=False)
]
JsonOption = Annotated[
    bool, typer.Option("--json", "-j", help="Print the document that `pulumi preview --json` prints.")
]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="List the properties of what is created or deleted, too.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
SkipPreviewOption = Annotated[
    bool, typer.Option("--skip-preview", "-f", help="Do it without a preview before it.")
]
PreviewOnlyOption = Annotated[
    bool, typer.Option("--preview-only", help="Show what would be done, and do not do it.")
]
ExpectNoChangesOption = Annotated[
    bool, typer.Option("--expect-no-changes", help="Fail with exit code 7 if there are changes.")
]
RefreshOption = Annotated[bool, typer.Option("--refresh", "-r", help="Refresh the state first.")]
RunProgramOption = Annotated[
    bool,
    typer.Option(
        "--run-program",
        help="Run the program beside it, for the hooks of deletions and new configuration of providers.",
    ),
]
TargetOption = Annotated[
    list[str],
    typer.Option(
        "--target",
        "-t",
        metavar="URN",
        help="Leave everything else alone; may be given again. `*` is anything but a colon, `**` anything.",
    ),
]
TargetDependentsOption = Annotated[
    bool, typer.Option("--target-dependents", help="Take in what needs a target as well.")
]
ReplaceOption = Annotated[
    list[str],
    typer.Option(
        "--replace",
        metavar="URN",
        help="Replace a resource whether it differs or not; may be given again, or a pattern.",
    ),
]
TargetReplaceOption = Annotated[
    list[str], typer.Option("--target-replace", metavar="URN", help="--target and --replace in one.")
]
ParallelOption = Annotated[int, typer.Option("--parallel", "-p", min=1, help="How many resources at a time.")]
KeepGoingOption = Annotated[
    bool, typer.Option("--continue-on-error", help="Go on with what does not depend on a failure.")
]

FakesOption = Annotated[
    Path | None,
    typer.Option(
        "--fakes",
        metavar="FILE",
        dir_okay=False,
        help="Let fakes play the resources of other providers; FAKES of this Python file says what they "
        "compute.",
    ),
]

Operate = Callable[[Callable[[dict[str, Any]], None]], "Result"]


class Runner:
    """Runs operations of one command: shows them, logs them, and turns their end into an exit code."""

    def __init__(
        self,
        *,
        cwd: Path,
        stack: str | None,
        parallel: int,
        event_log: Path | None = None,
        as_json: bool = False,
        details: bool = False,
        fakes: Path | None = None,
    ) -> None:
        from pulumi_auth0_apis.stacks import warm_start

        warm_start.begin()
        from pulumi_auth0_apis.stacks.local import open_engine

        played = None if fakes is None else read_fakes(fakes)
        self._open_engine = partial(open_engine, cwd, stack, parallel=parallel, fakes=played)
        self.engine: Engine = self._open_engine()
        self._event_log = event_log
        self._as_json = as_json
        self._details = details

    def use_passphrase(self, passphrase: str) -> None:
        """Use it for all runs that follow."""
        self.engine = self._open_engine(passphrase=passphrase)

    def prepare(self, *, changes: bool, create: bool | None = None, yes: bool = False) -> None:
        """See `make_ready`. Exits where something is missing that nobody can be asked for."""
        if lacks := engine_lacks():
            stop(lacks)
        with telling_errors():
            make_ready(self, changes=changes, create=create, yes=yes)

    def pending_creates(self) -> list[str]:
        """The URNs of creations that were interrupted. Exits where the state cannot be read."""
        with telling_errors():
            return self.engine.pending_creates()

    def run(self, title: str, operate: Operate, *, silent: bool = False) -> Result:
        """Run one operation and show it. Exits with its code where it cannot even start."""
        from pulumi_auth0_apis.engine import digest

        with telling_errors(), written(self._event_log) if self._event_log else nullcontext() as log:
            self._refuse_a_real_tenant()
            result = self._watched(title, operate, log, silent=silent or self._as_json)
        if result.lacks_passphrase and is_interactive():
            self.use_passphrase(ask_new_passphrase())
            return self.run(title, operate, silent=silent)
        if self._as_json and not silent:
            say_json(digest(result.events), indent=4)
        return result

    def _refuse_a_real_tenant(self) -> None:
        """Production runs on the real command; what a preview would not even notice is refused up front."""
        from pulumi_auth0_apis.management.settings import refuse_a_real_tenant
        from pulumi_auth0_apis.stacks.local import ENVIRONMENT

        refuse_a_real_tenant(self.engine.open().config.values, {**os.environ, **ENVIRONMENT})

    def _watched(self, title: str, operate: Operate, log: IO[str] | None, *, silent: bool) -> Result:
        from pulumi_auth0_apis.cli.display import Display, console_for_people

        display = None if silent else Display(console_for_people(), title, details=self._details)

        def take(event: dict[str, Any]) -> None:
            if log:
                log.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
            if display:
                display(event)

        try:
            return operate(take)
        finally:
            if display:
                display.close()


@contextmanager
def telling_errors() -> Iterator[None]:
    """Tell what a run cannot even start with, and exit."""
    from pulumi_auth0_apis.engine import STACK_NOT_FOUND, EngineError, UnknownStackError
    from pulumi_auth0_apis.errors import Auth0ApisError

    try:
        yield
    except UnknownStackError as error:
        stop(str(error), STACK_NOT_FOUND)
    except (EngineError, Auth0ApisError) as error:
        stop(str(error))


def packs(folders: Sequence[Path], configs: Sequence[Path]) -> list[PolicyPack]:
    """Join policy packs and their configurations; there is one for each, or none at all."""
    from pulumi_auth0_apis.engine import PolicyPack

    if configs and len(configs) != len(folders):
        stop('the number of "--policy-pack-config" flags must match the number of "--policy-pack" flags')
    configured: Sequence[Path | None] = configs or [None] * len(folders)
    return [PolicyPack(folder, config) for folder, config in zip(folders, configured, strict=True)]


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something is changed. Exits where nobody can answer, or the answer is no."""
    if yes:
        return
    if not is_interactive():
        stop("--yes or --skip-preview must be passed in to proceed when running in non-interactive mode")
    if not typer.confirm(f"\n{question}"):
        stop("confirmation declined, nothing was changed")


def finish(result: Result, *, expect_no_changes: bool = False, what: str = "") -> None:
    """Exit as the `pulumi` command does."""
    from pulumi_auth0_apis.engine import CHANGED

    if not result.ok:
        raise typer.Exit(result.exit_code)
    if expect_no_changes and result.has_changes:
        stop(f"no changes were expected{what} but changes were proposed", CHANGED)


def stop(message: str, code: int = 1) -> NoReturn:
    """Tell an error and exit."""
    say(f"error: {message}", err=True)
    raise typer.Exit(code)
