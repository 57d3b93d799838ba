"""The decorators that make a check a policy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Generic, NotRequired, TypedDict, TypeVar, Unpack

from pulumi_policy import (
    PolicyComplianceFramework,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UnknownValueError

from auth0_api_policies.frame.configuration import Configuration, schema_of
from auth0_api_policies.frame.exemption import exemption_for
from auth0_api_policies.frame.guard import Guard
from auth0_api_policies.frame.setting import KeptValueError
from auth0_api_policies.frame.stack import Stack
from auth0_api_policies.frame.view import View, view_of

V = TypeVar("V", bound=View)
ResourceCheck = Callable[[V, Configuration], Iterable[str]]
Remediation = Callable[[V, Configuration], Mapping[str, Any]]
StackCheck = Callable[[Stack, Configuration], Iterable[tuple[View, str]]]


class Metadata(TypedDict):
    """The metadata of a rule."""

    name: str
    """Its id, in kebab-case."""
    remedy: str
    """The way out, a sentence that begins with a verb in lower case."""
    severity: NotRequired[Severity]
    """How much it matters, medium unless said otherwise; presets go by it."""
    tags: NotRequired[list[str]]
    """Words to find it by, beside `auth0`."""
    url: NotRequired[str]
    """The documentation of what the rule is about."""
    config: NotRequired[dict[str, dict[str, Any]]]
    """The rule's own configuration: a JSON schema by key, each with a default and a description."""
    framework: NotRequired[PolicyComplianceFramework]
    """The standard that asks for it, where one does."""


def resource_rule(
    kind: type[V], *, remediate: Remediation[V] | None = None, **metadata: Unpack[Metadata]
) -> Callable[[ResourceCheck[V]], ResourceRule[V]]:
    """Make a check of one resource a policy; the check's docstring is the policy's description.

    The check yields a message for each thing that is wrong. `remediate` returns the settings to change,
    by the Management API's names, and nothing where all is well; it runs where the policy's
    configuration says `"enforcementLevel": "remediate"`.
    """
    return lambda check: ResourceRule(kind, check, remediate, metadata)


class ResourceRule(ResourceValidationPolicy, Generic[V]):
    """A check of one resource as a policy; use it in any policy pack.

    It judges a resource twice: by its inputs, before it is written, and at the end, with the whole stack, by
    its outputs, which say what the tenant keeps of the settings that the program leaves out.
    """

    def __init__(
        self, kind: type[V], check: ResourceCheck[V], remediate: Remediation[V] | None, metadata: Metadata
    ) -> None:
        super().__init__(**policy_metadata(check, metadata))
        self._kind, self.check, self._remediate = kind, check, remediate
        self._schema = schema_of(metadata.get("config", {}))
        self._guard = Guard(metadata["name"], metadata["remedy"], self._schema)
        self._told: dict[str, set[str]] = {}

    def validate(
        self, args: ResourceValidationArgs | StackValidationArgs, report_violation: ReportViolation
    ) -> None:
        """Report what the check finds; the rule does not apply to resources of another kind."""
        if isinstance(args, StackValidationArgs):
            self._validate_kept(args, report_violation)
        else:
            self._validate_inputs(args, report_violation)

    def _validate_inputs(self, args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
        resource = self._view(args)
        told = self._told[args.urn] = set()

        def report(message: str, urn: str | None = None) -> None:
            told.add(message)
            report_violation(message, urn)

        self._judge(resource, args.get_config(), report)

    def _validate_kept(self, args: StackValidationArgs, report_violation: ReportViolation) -> None:
        """Judge the outputs of the resources whose inputs were judged in this run, and tell what is new.

        What the program only looks up was not judged before, and is not the program's to mend.
        """
        told, self._told = self._told, {}
        warning: KeptValueError | None = None

        def report(message: str, urn: str | None = None) -> None:
            if message not in told[urn or ""]:
                report_violation(message, urn)

        for view in [view_of(resource, kept=True) for resource in args.resources if resource.urn in told]:
            try:
                if isinstance(view, self._kind):
                    self._judge(view, args.get_config(), report)
            except KeptValueError as unknown:
                warning = warning or unknown
            except UnknownValueError:
                pass  # told of the inputs
        if warning:
            raise warning

    def _judge(self, resource: V, given: Mapping[str, Any] | None, report: ReportViolation) -> None:
        def findings(configuration: Configuration, passed_over: Collection[str]) -> Iterator[tuple[str, str]]:
            messages = () if passed_over else self.check(resource, configuration)
            return ((resource.urn, message) for message in messages)

        self._guard.run(findings, given or {}, resource.urn, report)

    def remediate(self, args: ResourceValidationArgs) -> Any:
        """Return the properties as the rule wants them, None where it cannot tell or they are exempt."""
        resource = self._view(args)
        try:
            configuration = Configuration(self._schema, args.get_config())
            exemption = exemption_for(args.urn, configuration.exemptions)
            spared = exemption is not None and not exemption.expired
            if self._remediate is None or spared or not configuration.concerns(args.urn):
                return None
            changes = self._remediate(resource, configuration)
            return resource.rewritten(changes) if changes else None
        except BaseException:
            return None  # the validation that follows says what is wrong

    def has_remediation(self) -> bool:
        """Whether the rule knows a value that is safe everywhere."""
        return self._remediate is not None

    def _view(self, args: ResourceValidationArgs) -> V:
        resource = view_of(args)
        if not isinstance(resource, self._kind):
            args.not_applicable(f"{args.resource_type} is not of this rule's kind")
        return resource  # type: ignore[return-value]


StackValidationPolicy.register(ResourceRule)  # pulumi-policy asks by type what a policy judges


def stack_rule(**metadata: Unpack[Metadata]) -> Callable[[StackCheck], StackRule]:
    """Make a check of a whole stack a policy; the check yields the resource that is wrong, and how."""
    return lambda check: StackRule(check, metadata)


class StackRule(StackValidationPolicy):
    """A check of a whole stack as a policy; use it in any policy pack."""

    def __init__(self, check: StackCheck, metadata: Metadata) -> None:
        super().__init__(**policy_metadata(check, metadata))
        self.check = check
        self._guard = Guard(metadata["name"], metadata["remedy"], schema_of(metadata.get("config", {})))

    def validate(self, args: StackValidationArgs, report_violation: ReportViolation) -> None:
        """Report what the check finds, each on its resource."""
        whole = Stack.of(args)

        def findings(configuration: Configuration, passed_over: Collection[str]) -> Iterator[tuple[str, str]]:
            stack = whole.without(passed_over)
            return ((resource.urn, message) for resource, message in self.check(stack, configuration))

        self._guard.run(findings, args.get_config(), "", report_violation)


def policy_metadata(check: Callable[..., Any], metadata: Metadata) -> dict[str, Any]:
    """Translate a rule's metadata to pulumi-policy's."""
    return {
        "name": metadata["name"],
        "description": (check.__doc__ or "").strip(),
        "severity": metadata.get("severity", Severity.MEDIUM),
        "remediation_steps": metadata["remedy"],
        "config_schema": schema_of(metadata.get("config", {})),
        "framework": metadata.get("framework"),
        "tags": ["auth0", *metadata.get("tags", ())],
        "url": metadata.get("url"),
    }
