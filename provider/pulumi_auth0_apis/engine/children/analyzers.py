"""Policy packs: each runs in a process of its own and judges what is about to be done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import yaml
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from pulumi_auth0_apis.engine.children.connections import connect
from pulumi_auth0_apis.engine.children.policy_config import (
    LEVELS,
    Judges,
    PolicyConfig,
    PolicyInfo,
    load,
    resolve,
)
from pulumi_auth0_apis.engine.children.processes import Child
from pulumi_auth0_apis.engine.children.program import LIFELINE, ORGANIZATION, RunInfo, lines_to
from pulumi_auth0_apis.engine.events.stream import EventStream, Tally
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.wire import from_struct

_JUDGES: Mapping[int, Judges] = {
    analyzer_pb2.POLICY_TYPE_UNKNOWN: "",
    analyzer_pb2.POLICY_TYPE_RESOURCE: "resource",
    analyzer_pb2.POLICY_TYPE_STACK: "stack",
}


SEVERITIES = ("", "low", "medium", "high", "critical")
"""In the order of the protocol's numbers."""


@dataclass(frozen=True)
class PolicyPack:
    """A folder with a policy pack, and the file that configures it."""

    directory: Path
    config: Path | None = None


@dataclass(frozen=True)
class PolicyFinding:
    """A finding of a policy; without a URN it is about the stack."""

    policy: str
    message: str
    level: str
    severity: str
    urn: str


class Analyzer:
    """One running policy pack."""

    def __init__(self, child: Child, port: int, directory: Path, version: str) -> None:
        self._child = child
        self._channel = connect(port)
        self._stub = analyzer_pb2_grpc.AnalyzerStub(self._channel)
        self.name = ""
        self.directory = directory
        self.version = version
        self._policies: list[PolicyInfo] = []
        self._severities: dict[str, str] = {}

    async def configure(self, run_info: RunInfo, config: Mapping[str, PolicyConfig]) -> None:
        """Hand over stack and configuration. Raises `EngineError` for what the pack cannot take."""
        await self._call("ConfigureStack", _stack_request(run_info))
        info = await self._call("GetAnalyzerInfo", empty_pb2.Empty())
        self.name = info.name
        self.version = self.version or info.version
        policies = _policies(info)
        resolved, faults = resolve(policies, _initial(info), config)
        if faults:
            told = "; ".join(faults)
            raise EngineError(f"validating policy config: {self.name} {self.version}  {told}")
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for name, each in resolved.items():
            if not each.level:
                raise EngineError(
                    f'configuring policy pack "{self.name}": invalid enforcement level "" of {name}'
                )
            request.policyConfig[name].enforcementLevel = LEVELS.index(each.level)  # type: ignore[assignment]
            request.policyConfig[name].properties.update(dict(each.properties))
        await self._call("Configure", request)
        self._policies = [each for each in policies if resolved[each.name].level != "disabled"]
        self._severities = {each.name: SEVERITIES[each.severity] for each in info.policies}

    async def analyze(self, request: Any) -> tuple[list[PolicyFinding], Tally]:
        response = await self._call("Analyze", request)
        return self._findings(response), self._tally("resource", response, response.diagnostics)

    async def analyze_stack(self, request: Any) -> tuple[list[PolicyFinding], Tally]:
        response = await self._call("AnalyzeStack", request)
        return self._findings(response), self._tally("stack", response, response.diagnostics)

    async def remediate(self, request: Any) -> tuple[Sequence[Any], Tally]:
        response = await self._call("Remediate", request)
        return response.remediations, self._tally("resource", response, response.remediations)

    def _findings(self, response: Any) -> list[PolicyFinding]:
        """A message that says not how severe it is, such as that of an unknown value, is as its policy."""
        return [
            PolicyFinding(
                each.policyName,
                each.message,
                "mandatory"
                if each.enforcementLevel == analyzer_pb2.REMEDIATE
                else LEVELS[each.enforcementLevel],
                SEVERITIES[each.severity] or self._severities.get(each.policyName, ""),
                each.urn,
            )
            for each in response.diagnostics
        ]

    def _tally(self, judged: Judges, response: Any, told: Iterable[Any]) -> Tally:
        failed = {each.policyName for each in told}
        silent = {each.policy_name for each in response.not_applicable}
        asked = {each.name for each in self._policies if each.judges in (judged, "")}
        return Tally(tuple(sorted(asked - failed - silent)), tuple(sorted(failed)))

    async def close(self) -> None:
        await self._channel.close()
        await self._child.stop()

    async def _call(self, method: str, request: Any) -> Any:
        try:
            return await getattr(self._stub, method)(request)
        except grpc.aio.AioRpcError as error:
            if method == "Configure" and error.code() == grpc.StatusCode.INVALID_ARGUMENT:
                raise EngineError(f'configuring policy pack "{self.name}": {error.details()}') from None
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                what = "remediation" if method == "Remediate" else "policy"
                raise EngineError(f"failed to run {what}: {error.details()}") from None
            raise EngineError(
                f"The policy pack {self.name} {await self._child.fate()} during {method}. "
                "See its output above."
            ) from None


async def start_analyzer(pack: PolicyPack, run_info: RunInfo, events: EventStream, engine: str) -> Analyzer:
    """Start and configure a policy pack. Raises `EngineError` where it is none."""
    directory = pack.directory.resolve()
    project = _project(pack.directory)
    config = load(pack.config) if pack.config else {}
    child = await Child.start(
        f"The policy pack {pack.directory}",
        _python(directory, project, run_info),
        [str(LIFELINE), "pulumi.policy", engine, str(directory)],
        cwd=directory,
        environment={
            **run_info.environment,
            "PULUMI_ORGANIZATION": ORGANIZATION,
            "PULUMI_PROJECT": run_info.project,
            "PULUMI_STACK": run_info.stack,
            "PULUMI_DRY_RUN": str(run_info.preview).lower(),
            "PULUMI_CONFIG": json.dumps(dict(run_info.config)),
        },
        on_line=lines_to(events),
        preload=run_info.preload,
        serves=True,
    )
    version = str(project.get("version") or "")
    analyzer = Analyzer(child, await child.port(), pack.directory.absolute(), version)
    try:
        await analyzer.configure(run_info, config)
    except BaseException:  # a cancellation as well: nobody else knows of the process yet
        await analyzer.close()
        raise
    return analyzer


def _project(directory: Path) -> dict[str, Any]:
    path = directory / "PulumiPolicy.yaml"
    try:
        project = yaml.safe_load(path.read_text())
    except OSError:
        raise EngineError(
            f'failed to load Pulumi policy project located at "{directory}": no {path.name}'
        ) from None
    except yaml.YAMLError as error:
        raise EngineError(f"{path} is no YAML: {error}") from None
    runtime = project.get("runtime") if isinstance(project, dict) else None
    name = runtime.get("name") if isinstance(runtime, dict) else runtime
    if name != "python":
        raise unsupported.LANGUAGES.error(f"A policy pack in {name} (runtime of {path})")
    return dict(project)


def _python(directory: Path, project: Mapping[str, Any], run_info: RunInfo) -> str:
    runtime = project["runtime"]
    virtualenv = (runtime.get("options") or {}).get("virtualenv") if isinstance(runtime, dict) else None
    python = directory / (virtualenv or "") / "bin" / "python"
    return str(python) if virtualenv and python.exists() else run_info.python


def _stack_request(run_info: RunInfo) -> Any:
    return analyzer_pb2.AnalyzerStackConfigureRequest(
        stack=run_info.stack,
        project=run_info.project,
        organization=ORGANIZATION,
        dry_run=run_info.preview,
        config=dict(run_info.config),
        config_secret_keys=run_info.secret_keys,
    )


def _policies(info: Any) -> list[PolicyInfo]:
    return [
        PolicyInfo(
            each.name,
            LEVELS[each.enforcementLevel],
            _JUDGES[each.policy_type],
            from_struct(each.configSchema.properties),
            tuple(each.configSchema.required),
        )
        for each in info.policies
    ]


def _initial(info: Any) -> dict[str, PolicyConfig]:
    return {
        name: PolicyConfig(LEVELS[each.enforcementLevel], from_struct(each.properties))
        for name, each in info.initialConfig.items()
    }
