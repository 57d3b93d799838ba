"""A policy pack that enforces by itself and fails closed: a mistake in its files or rules ends the run.

pulumi-policy's own pack takes any name and key of a configuration, never answers the engine where a rule
raises SystemExit or KeyboardInterrupt (the run hangs), and drops a generator that a rule returns, unrun.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from copy import copy
from inspect import isasyncgen, isgenerator
from pathlib import Path
from typing import Any

import grpc
import pulumi_policy
from google.protobuf import json_format
from pulumi.runtime import proto
from pulumi_policy import EnforcementLevel, Policy
from pulumi_policy.policy import _PolicyAnalyzerServicer

from auth0_api_policies.configuration_file import PRESET, mistakes, mistakes_of
from auth0_api_policies.frame.rule import ResourceRule, StackRule
from auth0_api_policies.preset import RECOMMENDED, initial_config, level, own_configuration


class RuleError(Exception):
    """A rule cannot be run; the message says which and why."""


class PolicyPack(pulumi_policy.PolicyPack):
    """Serves policies to an engine, as pulumi-policy's class of this name does, and never returns.

    Rules of severity high and critical are mandatory, the others advisory, where neither a rule nor
    `enforcement_level` says otherwise.

    `configurations` is the folder of the stacks' configuration files: what a file says twice, or that it is
    empty, the engine does not pass on, so the pack reads them itself. One that names a preset is the pack's
    configuration for the stack of its name.
    """

    def __init__(
        self, name: str, policies: Sequence[Policy], *, configurations: Path | None = None, **options: Any
    ) -> None:
        files = sorted(configurations.glob("*.json")) if configurations else []
        document = own_configuration(files, os.environ.get("PULUMI_STACK", ""), policies)
        if document:
            options["initial_config"] = initial_config(document, policies)

        class Servicer(AnsweringServicer):
            checked = (tuple(policies), tuple(files))

        vars(pulumi_policy.policy)["_PolicyAnalyzerServicer"] = Servicer  # no argument has the pack serve it
        given = None if document else options.get("enforcement_level")
        preset = document.get(PRESET, RECOMMENDED)
        super().__init__(name, [_prepared(policy, given, preset) for policy in policies], **options)


def _prepared(policy: Policy, given: EnforcementLevel | None, preset: str) -> Policy:
    served = copy(policy)  # what others import stays as it is
    if given is None:
        served.enforcement_level = level(policy, preset)
    return refusing_generators(served)


class AnsweringServicer(_PolicyAnalyzerServicer):
    """Answers every call of the engine: what goes wrong is an error of the call, and so of the run."""

    checked: tuple[tuple[Policy, ...], tuple[Path, ...]]

    def Configure(self, request: Any, context: Any) -> Any:
        """Refuse a configuration that no rule understands, whole, before anything is judged."""
        policies, files = self.checked
        wrong = [mistake for file in files for mistake in mistakes(file, policies)]
        wrong = wrong or list(mistakes_of(_document(request), policies))
        if wrong:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "; ".join(wrong))
        return self._answered("Configure", request, context)

    def Analyze(self, request: Any, context: Any) -> Any:
        return self._answered("Analyze", request, context)

    def AnalyzeStack(self, request: Any, context: Any) -> Any:
        return self._answered("AnalyzeStack", request, context)

    def Remediate(self, request: Any, context: Any) -> Any:
        return self._answered("Remediate", request, context)

    def _answered(self, method: str, request: Any, context: Any) -> Any:
        """Answer by pulumi-policy; what is no plain exception becomes one, as gRPC answers no other."""
        try:
            return getattr(super(), method)(request, context)
        except Exception:
            raise
        except BaseException as error:
            raise RuleError(f"A rule raised {type(error).__name__}, which is no way to end a rule.") from None


def refusing_generators(policy: Policy) -> Policy:
    """Make a policy refuse to return a generator, which nobody would run; rules of the frame may yield."""
    if isinstance(policy, ResourceRule | StackRule):
        return policy
    for name, value in {**vars(policy), **_methods(policy)}.items():
        functions = value if isinstance(value, list) else [value]
        if all(callable(each) and not isinstance(each, type) for each in functions):
            run = [_refusing(policy.name, function) for function in functions]
            setattr(policy, name, run if isinstance(value, list) else run[0])
    return policy


def _methods(policy: Policy) -> dict[str, Any]:
    """Return what a subclass of pulumi-policy's classes may say itself."""
    return {name: getattr(policy, name) for name in ("validate", "remediate") if hasattr(policy, name)}


def _refusing(rule: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        result = function(*args)
        if isgenerator(result) or isasyncgen(result):
            raise RuleError(
                f"The rule {rule} yields, and pulumi-policy runs no generator: call report_violation, or "
                "make it a rule by resource_rule or stack_rule."
            )
        return result

    return run


def _document(request: proto.ConfigureAnalyzerRequest) -> dict[str, Any]:
    """Return what the engine sends as a configuration file would say it."""
    levels = {getattr(proto, level.name): level.value for level in EnforcementLevel}
    return {
        name: levels[given.enforcementLevel]
        if name == "all"
        else {
            "enforcementLevel": levels[given.enforcementLevel],
            **json_format.MessageToDict(given.properties),
        }
        for name, given in request.policyConfig.items()
    }
