"""Test policies as the engine runs them: real validation arguments, without an engine.

    from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

    def test_long_lifetime():
        assert violations(access_token_lifetime, resource_server(token_lifetime=UNKNOWN), maxSeconds=3600)

The resources go through pulumi-policy's own analyzer, in the form in which the engine sends them, so that
unknown values raise, numbers are floats, secrets are unwrapped and nested values are proxies, as in a run.
Works for any policy of pulumi-policy, not for this package's alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from google.protobuf import json_format, struct_pb2
from pulumi.runtime import proto
from pulumi_policy import EnforcementLevel, Policy, StackValidationPolicy
from pulumi_policy.deserialize import deserialize_properties, serialize_properties
from pulumi_policy.policy import _PolicyAnalyzerServicer
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from auth0_api_vocabulary import BY_TOKEN, Family, family_of, kinds
from auth0_api_vocabulary.families import BRIDGED, DYNAMIC, PLUGIN

UNKNOWN = UNKNOWN_STRING_VALUE
"""A value that is not known during preview, for any property or item of a list."""

CONFIG_SECRET = "client-secret-from-configuration"  # noqa: S105
"""The client secret in the provider's configuration, which every policy can read and none may print."""


_PREFIXES = {DYNAMIC: "auth0:"}
"""How a provider's own keys begin: that of dynamic resources is handed the whole configuration."""


@dataclass(frozen=True)
class Resource:
    """A resource as a program declares it; wrap a property in `pulumi_policy.Secret` to make it secret."""

    type: str
    name: str
    props: Mapping[str, Any]
    protect: bool = False
    parent: Resource | None = None
    property_dependencies: Mapping[str, Sequence[Resource]] = field(default_factory=dict)

    @property
    def urn(self) -> str:
        """Its URN in the stack `test` of the project `test`."""
        return f"urn:pulumi:test::test::{self.type}::{self.name}"


@dataclass(frozen=True)
class Violation:
    """A report of a policy. `level` is `ADVISORY` for a policy that could not run on an unknown value."""

    policy: str
    message: str
    urn: str
    level: str


def resource_server(resource_name: str = "orders", /, *, protect: bool = False, **inputs: Any) -> Resource:
    """Return a `ResourceServer` with some inputs."""
    return Resource(kinds.API.token, resource_name, inputs, protect)


def permission(resource_name: str = "read-orders", /, *, protect: bool = False, **inputs: Any) -> Resource:
    """Return a `Permission` with some inputs."""
    return Resource(kinds.PERMISSION.token, resource_name, inputs, protect)


def client_grant(resource_name: str = "billing", /, *, protect: bool = False, **inputs: Any) -> Resource:
    """Return a `ClientGrant` with some inputs."""
    return Resource(kinds.GRANT.token, resource_name, inputs, protect)


def in_plugin(resource: Resource) -> Resource:
    """Return a resource as a program of the provider plugin declares it: its type token, in camelCase."""
    return _of(PLUGIN, resource)


def bridged(resource: Resource) -> Resource:
    """Return a resource as pulumi-auth0 declares it: its type token, properties in camelCase."""
    return _of(BRIDGED, resource)


def _of(family: Family, resource: Resource) -> Resource:
    return replace(resource, type=family.token(BY_TOKEN[resource.type]), props=family.spelled(resource.props))


def violations(policy: Policy, *resources: Resource, **config: Any) -> list[Violation]:
    """Run one policy, a stack policy over all resources at once, and return what it reports.

    `config` is the policy's configuration; defaults come from its schema, as in a run.
    """
    return Pack([policy], {policy.name: config}).validate(*resources)


def remediated(policy: Policy, resource: Resource, **config: Any) -> dict[str, Any] | None:
    """Run one policy's remediation and return the new properties, None where it changes nothing."""
    return Pack([policy], {policy.name: config}).remediate(resource)


class Pack:
    """Several policies with one configuration, by policy name, as in a policy pack's configuration file."""

    def __init__(
        self, policies: Sequence[Policy], config: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        self._policies = list(policies)
        self._config = config or {}

    def validate(self, *resources: Resource) -> list[Violation]:
        """Return what the resource policies report of each resource, then the stack policies of all."""
        analyzer = self._analyzer(proto.MANDATORY)
        answers = [analyzer.Analyze(analyze_request(resource), None) for resource in resources]
        if any(isinstance(policy, StackValidationPolicy) for policy in self._policies):
            answers.append(analyzer.AnalyzeStack(analyze_stack_request(*resources), None))
        return [_violation(diagnostic) for answer in answers for diagnostic in answer.diagnostics]

    def remediate(self, resource: Resource) -> dict[str, Any] | None:
        """Run the remediations in turn and return the last one's properties, secret ones as `Secret`."""
        answer = self._analyzer(proto.REMEDIATE).Remediate(analyze_request(resource), None)
        changed = [remediation.properties for remediation in answer.remediations if remediation.properties]
        if not changed:
            return None
        proxied: Any = deserialize_properties(json_format.MessageToDict(changed[-1]), proxy_secrets=True)
        return dict(proxied["__target"])

    def _analyzer(self, level: proto.EnforcementLevel.ValueType) -> Any:
        analyzer: Any = _PolicyAnalyzerServicer("test", "0.0.1", self._policies, EnforcementLevel.ADVISORY)
        configured = {policy.name: self._configured(policy, level) for policy in self._policies}
        analyzer.Configure(proto.ConfigureAnalyzerRequest(policyConfig=configured), None)
        return analyzer

    def _configured(self, policy: Policy, level: proto.EnforcementLevel.ValueType) -> proto.PolicyConfig:
        schema = policy.config_schema.properties if policy.config_schema else {}
        defaults = {key: entry["default"] for key, entry in schema.items() if "default" in entry}
        return proto.PolicyConfig(
            enforcementLevel=level, properties=_struct({**defaults, **self._config.get(policy.name, {})})
        )


def analyze_request(resource: Resource) -> proto.AnalyzeRequest:
    """Return what the engine sends to a pack's process to have one resource judged."""
    return proto.AnalyzeRequest(**_common(resource))


def analyze_stack_request(*resources: Resource) -> proto.AnalyzeStackRequest:
    """Return what the engine sends to a pack's process to have a whole stack judged."""
    return proto.AnalyzeStackRequest(resources=[_stack_resource(resource) for resource in resources])


def _stack_resource(resource: Resource) -> proto.AnalyzerResource:
    dependencies = {
        key: proto.AnalyzerPropertyDependencies(urns=[other.urn for other in others])
        for key, others in resource.property_dependencies.items()
    }
    return proto.AnalyzerResource(
        **_common(resource),
        parent=resource.parent.urn if resource.parent else "",
        dependencies=[urn for others in dependencies.values() for urn in others.urns],
        propertyDependencies=dependencies,
    )


def _common(resource: Resource) -> dict[str, Any]:
    family = family_of(resource.type) or DYNAMIC
    return {
        "type": resource.type,
        "properties": _struct(resource.props),
        "urn": resource.urn,
        "name": resource.name,
        "options": proto.AnalyzerResourceOptions(protect=resource.protect),
        "provider": proto.AnalyzerProviderResource(
            type=family.provider,
            properties=_struct({f"{_PREFIXES.get(family, '')}clientSecret": CONFIG_SECRET}),
            urn=f"urn:pulumi:test::test::{family.provider}::default",
            name="default",
        ),
    }


def _struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    struct = struct_pb2.Struct()
    struct.update(serialize_properties(values))
    return struct


def _violation(diagnostic: proto.AnalyzeDiagnostic) -> Violation:
    level = proto.EnforcementLevel.Name(diagnostic.enforcementLevel)
    return Violation(diagnostic.policyName, diagnostic.message, diagnostic.urn, level)
