"""A Pulumi program as a test runs it: through the local engine, on a tenant and in a folder of its own."""

from __future__ import annotations

import inspect
import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auth0_api_vocabulary import name_of

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import Engine, Fakes, PolicyPack, Result
    from pulumi_auth0_apis.testing.tenant import TenantUnderTest

PackSource = Path | str | tuple[Path | str, Path | str]
"""A policy pack's folder, or the folder and a configuration file."""


_KEYS = ("encryptionsalt", "encryptedkey", "secretsprovider")
_PASSPHRASES = ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE")


class RunError(AssertionError):
    """A run failed where it should not, or did not where it should. Says what the engine said."""


@dataclass(frozen=True)
class Run:
    """The outcome of one operation. `result` is the engine's own, with every event."""

    result: Result
    calls: Counter[str]
    """The calls to the tenant that it took, by route."""

    @property
    def changes(self) -> dict[str, str]:
        """The changes that were made, or would be, by resource name, such as `{"orders": "update"}`.

        A replacement is one change, `replace`; the stack itself, and references to others, are none. Where
        resources share a name each has its type before it: `ResourceServer orders`.
        """
        steps = [step for step in self.result.steps if not step["type"].startswith("pulumi:pulumi:")]
        names = _short_names({step["urn"] for step in steps})
        return {
            names[step["urn"]]: "replace" if "replace" in step["op"] else step["op"]
            for step in steps
            if step["op"] != "same"
        }

    @property
    def outputs(self) -> dict[str, Any]:
        """The stack's outputs, secret ones in clear."""
        return {name: getattr(value, "value", value) for name, value in self.result.outputs.items()}

    @property
    def fakes(self) -> Mapping[str, int]:
        """How many resources fakes have played, by package; nothing of them is real."""
        return self.result.fakes

    @property
    def violations(self) -> set[tuple[str, str]]:
        """The broken policies, each with the name of its resource."""
        return {(v["policyName"], name_of(v["resourceUrn"])) for v in self.result.violations}

    @property
    def errors(self) -> list[str]:
        """The errors of the operation, one paragraph each."""
        return [d["message"].strip() for d in self.result.diagnostics if d["severity"] == "error"]


class ProgramUnderTest:
    """A program with a stack of its own; its state and configuration vanish with the test.

    `targets` limit a run to some resources, and with `target_dependents` to what needs them; `replace` is
    replaced though nothing differs. All are URNs or patterns: `**::orders` is whatever is called orders.
    """

    def __init__(
        self, engine: Engine, tenant: TenantUnderTest, stack_file: Path, packs: Sequence[PackSource]
    ) -> None:
        self.engine = engine
        self._tenant = tenant
        self._stack_file = stack_file
        self._packs = packs

    def preview(
        self,
        *,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        replace: Sequence[str] = (),
        fails: bool = False,
    ) -> Run:
        """Tell what `up` would do. It takes no call and no credentials."""
        return self._run(
            fails,
            self.engine.preview,
            targets=targets,
            target_dependents=target_dependents,
            replace=replace,
            policy_packs=self._policy_packs(),
        )

    def up(
        self,
        *,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        replace: Sequence[str] = (),
        fails: bool = False,
    ) -> Run:
        """Make the tenant as the program says. Raises RunError where it fails, or, with `fails`, does not."""
        return self._run(
            fails,
            self.engine.up,
            targets=targets,
            target_dependents=target_dependents,
            replace=replace,
            policy_packs=self._policy_packs(),
        )

    def refresh(
        self, *, targets: Sequence[str] = (), target_dependents: bool = False, fails: bool = False
    ) -> Run:
        """Take over what the tenant holds; `changes` is the drift."""
        return self._run(fails, self.engine.refresh, targets=targets, target_dependents=target_dependents)

    def destroy(
        self,
        *,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        run_program: bool = False,
        fails: bool = False,
    ) -> Run:
        """Delete all that the program has made, or some of it.

        With `run_program` the program runs beside it, for its hooks of deletions; see `Engine.destroy`.
        """
        return self._run(
            fails,
            self.engine.destroy,
            targets=targets,
            target_dependents=target_dependents,
            run_program=run_program,
        )

    def taint(self, *urns: str) -> None:
        """Have the next `up` replace resources, as somebody does who runs `pulumi state taint`."""
        from pulumi_auth0_apis.engine import mark

        mark(self.engine.open().store, urns, taint=True)

    def refer(self, name: str, outputs: Mapping[str, Any]) -> None:
        """Let a stack that the program refers to, `organization/<project>/<stack>`, have these outputs."""
        self.engine.open_unchecked().publish(name, outputs)

    def configure(self, config: Mapping[str, Any]) -> None:
        """Change the stack's configuration for the runs that follow, by full key: `orders:lifetime`."""
        settings = _read(self._stack_file)
        settings["config"] |= config
        _write(self._stack_file, settings)

    def _run(self, fails: bool, operate: Callable[..., Result], **options: Any) -> Run:
        before = self._tenant.calls
        result = operate(**options)
        run = Run(result, self._tenant.calls - before)
        if result.ok == fails:
            ended = "succeeded" if fails else "failed"
            raise RunError(f"`{operate.__name__}` {ended}, unlike expected.\n{_said(run)}")
        return run

    def _policy_packs(self) -> list[PolicyPack]:
        from pulumi_auth0_apis.engine import PolicyPack

        pairs = (pack if isinstance(pack, tuple) else (pack, None) for pack in self._packs)
        return [PolicyPack(Path(folder), Path(config) if config else None) for folder, config in pairs]


def _said(run: Run) -> str:
    """What went wrong, and which policies stopped the run, as the engine tells it."""
    broken = {
        f"{name_of(v['resourceUrn'])} breaks {v['policyName']}: {v['message'].strip()}"
        for v in run.result.violations
        if v["enforcementLevel"] == "mandatory"
    }
    return "\n".join([*run.errors, *sorted(broken)])


def _short_names(urns: Collection[str]) -> dict[str, str]:
    """The resources by name, those that share one by type and name."""
    counts = Counter(map(name_of, urns))
    return {urn: name_of(urn) if counts[name_of(urn)] == 1 else _typed_name(urn) for urn in urns}


def _typed_name(urn: str) -> str:
    """`urn:pulumi:dev::shop::pulumi-python:dynamic/auth0:Permission::read` → `Permission read`."""
    name = name_of(urn)
    return f"{urn.removesuffix(f'::{name}').rpartition(':')[2]} {name}"


def program_under_test(
    source: Path | str | Callable[[], None],
    tenant: TenantUnderTest,
    folder: Path,
    *,
    stack: str = "test",
    config: Mapping[str, Any] | None = None,
    policies: Sequence[PackSource] = (),
    fakes: Fakes | None = None,
    references: Mapping[str, Mapping[str, Any]] = {},
) -> ProgramUnderTest:
    """A program, from the folder of its `Pulumi.yaml` or from a function of a module.

    `stack` is one of the project's own, whose configuration then counts, or any other name. `config` goes
    over it, by full key such as `orders:billingClientId`. What a stack says of its Auth0 connection never
    counts. Where there are `fakes`, be it `{}`, they play the resources of other providers: by type token, a
    function from a resource's inputs to what the real one would compute. `references` are the outputs of
    stacks that the program refers to, by name. Raises ValueError for a function
    that another process cannot find, for a folder without a project, and for secrets of the stack that
    nothing here can open.
    """
    from pulumi_auth0_apis.stacks.local import open_engine

    project, settings = _of_function(source, folder) if callable(source) else _of_folder(Path(source), stack)
    own = {key: value for key, value in settings.get("config", {}).items() if not key.startswith("auth0:")}
    settings["config"] = {**own, **(config or {})}
    environment = {"AUTH0_API_TOKEN": "", **tenant.environment}
    if not _opens_secrets(stack, settings):
        for name in _KEYS:
            settings.pop(name, None)  # of a key that nothing here needs
        environment["PULUMI_CONFIG_PASSPHRASE"] = "test"  # noqa: S105 - it guards nothing
    _write(folder / "Pulumi.yaml", project)
    stack_file = folder / f"Pulumi.{stack}.yaml"
    _write(stack_file, settings)
    engine = open_engine(folder, stack, backend_url=folder.as_uri(), environment=environment, fakes=fakes)
    program = ProgramUnderTest(engine, tenant, stack_file, policies)
    for name, outputs in references.items():
        program.refer(name, outputs)
    return program


def _opens_secrets(stack: str, settings: Mapping[str, Any]) -> bool:
    """Whether a stack has secrets that the passphrase of this shell opens; ValueError for what none opens."""
    sealed = [key for key, value in settings["config"].items() if _is_sealed(value)]
    if not sealed:
        return False
    own_values = f'Give the test values of its own, config={{"{sealed[0]}": …}}'
    if settings.get("secretsprovider") not in (None, "", "passphrase"):
        raise ValueError(
            f"Pulumi.{stack}.yaml holds secrets that only {settings['secretsprovider']} opens: "
            f"{', '.join(sealed)}. {own_values}."
        )
    if not any(name in os.environ for name in _PASSPHRASES):
        raise ValueError(
            f"Pulumi.{stack}.yaml holds secrets that only its passphrase opens: {', '.join(sealed)}. "
            f"{own_values}, or set PULUMI_CONFIG_PASSPHRASE."
        )
    return True


def _is_sealed(value: Any) -> bool:
    """Whether there is a secret in a value of a stack's configuration, however deep."""
    if isinstance(value, list):
        return any(map(_is_sealed, value))
    return isinstance(value, dict) and ("secure" in value or any(map(_is_sealed, value.values())))


def _of_folder(source: Path, stack: str) -> tuple[dict[str, Any], dict[str, Any]]:
    project = _read(source / "Pulumi.yaml")
    if not project:
        raise ValueError(f"There is no Pulumi.yaml in {source.resolve()}: name the folder of a project.")
    main = (source / project.get("main", ".")).resolve()
    runs = {"name": project.get("name", source.resolve().name), "runtime": "python", "main": str(main)}
    if "config" in project:
        runs["config"] = project["config"]
    return runs, _read(source / f"Pulumi.{stack}.yaml")


def _of_function(source: Callable[[], None], folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    file = inspect.getsourcefile(source)
    if file is None or source.__qualname__ != source.__name__:
        raise ValueError(f"{source!r} runs in a process of its own, so it must be a function of a module.")
    (folder / "__main__.py").write_text(
        "import importlib.util, sys\n"
        f"sys.path[:0] = {[path for path in sys.path if path]!r}\n"
        f"spec = importlib.util.spec_from_file_location('program', {file!r})\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "sys.modules['program'] = module\n"
        "spec.loader.exec_module(module)\n"
        f"module.{source.__name__}()\n"
    )
    return {"name": "test", "runtime": "python"}, {}


def _read(file: Path) -> dict[str, Any]:
    from pulumi_auth0_apis.engine.files.yaml_files import read_yaml

    return read_yaml(file) if file.exists() else {}


def _write(file: Path, content: Mapping[str, Any]) -> None:
    from pulumi_auth0_apis.engine.files.yaml_files import dumped

    file.write_text(dumped(content), encoding="utf-8")
