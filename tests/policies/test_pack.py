"""The pack in its own process, over gRPC, as both engines run it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime import proto

from auth0_api_policies import RULES, exemption_used
from pulumi_auth0_apis import __version__
from pulumi_auth0_apis.testing.policies import (
    CONFIG_SECRET,
    analyze_request,
    analyze_stack_request,
    client_grant,
    permission,
    resource_server,
)

from .test_preset import STOPPING

PACK = Path(__file__).parents[2] / "policies"

WRONG_IN_EVERY_WAY = [
    resource_server(
        identifier="orders",
        token_lifetime=2_592_000,
        token_lifetime_for_web=2_592_000,
        signing_alg="HS256",
        signing_secret="a" * 16,
        allow_offline_access=True,
        additional_settings={"color": "red"},
        skip_consent_for_verifiable_first_party_clients=True,
        scopes=[{"value": f"Permission number {number}"} for number in range(1000)],
    ),
    resource_server("reports", enforce_policies=True),
    permission(resource_server_identifier="orders", scope="read:orders"),
    client_grant(audience="orders", scopes=["drop:orders"], allow_all_scopes=True),
    client_grant("deploy", audience="https://acme.auth0.com/api/v2/", scopes=["update:clients"]),
]
"""Resources that break every rule between them."""


def test_the_process_tells_every_rule(start_analyzer: Callable[[Path], Any]) -> None:
    """The engine learns of each rule its id, level, severity, schema and remedy."""
    info = start_analyzer(PACK).GetAnalyzerInfo(empty_pb2.Empty())
    assert [policy.name for policy in info.policies] == [rule.name for rule in RULES]
    levels = {policy.name: policy.enforcementLevel for policy in info.policies}
    assert {name for name, level in levels.items() if level == proto.MANDATORY} == STOPPING
    assert {levels[name] for name in levels.keys() - STOPPING} == {proto.ADVISORY}
    assert all(policy.severity and policy.remediation_steps and policy.url for policy in info.policies)
    configurable = [policy.name for policy in info.policies if "onUnknown" in policy.configSchema.properties]
    assert configurable == [rule.name for rule in RULES if rule is not exemption_used]


def test_the_process_reports_and_obeys_its_configuration(start_analyzer: Callable[[Path], Any]) -> None:
    """A violation comes back over the wire at the configured level, against the configured limit."""
    analyzer = start_analyzer(PACK)
    properties = struct_pb2.Struct()
    properties.update({"maxSeconds": 60})
    config = proto.PolicyConfig(enforcementLevel=proto.MANDATORY, properties=properties)
    analyzer.Configure(proto.ConfigureAnalyzerRequest(policyConfig={"access-token-lifetime": config}))
    answer = analyzer.Analyze(
        proto.AnalyzeRequest(
            type="pulumi-python:dynamic/auth0:ResourceServer", urn="urn::orders", name="orders"
        )
    )
    found = {diagnostic.policyName: diagnostic for diagnostic in answer.diagnostics}
    assert "the limit is 60 s (1 min)" in found["access-token-lifetime"].message
    assert found["access-token-lifetime"].enforcementLevel == proto.MANDATORY
    assert found["rbac-enabled"].enforcementLevel == proto.MANDATORY
    assert found["token-profile"].enforcementLevel == proto.ADVISORY


def test_the_process_tells_what_it_exempted(start_analyzer: Callable[[Path], Any]) -> None:
    """What one rule spared on a resource another reports of the stack, once."""
    analyzer = start_analyzer(PACK)
    properties = struct_pb2.Struct()
    properties.update({"exemptions": [{"urn": "*", "reason": "moves in May", "expires": "9999-12-31"}]})
    config = proto.PolicyConfig(enforcementLevel=proto.MANDATORY, properties=properties)
    analyzer.Configure(proto.ConfigureAnalyzerRequest(policyConfig={"rbac-enabled": config}))
    told = analyzer.Analyze(analyze_request(resource_server())).diagnostics
    assert "rbac-enabled" not in {diagnostic.policyName for diagnostic in told}
    for expected in (1, 0):
        notes = [
            diagnostic.message
            for diagnostic in analyzer.AnalyzeStack(analyze_stack_request(resource_server())).diagnostics
            if diagnostic.policyName == "exemption-used"
        ]
        assert len(notes) == expected
        assert all("rbac-enabled was not enforced: moves in May" in note for note in notes)


def test_the_packs_version_is_the_packages() -> None:
    """Reports name the pack's version, which comes from its own file."""
    assert yaml.safe_load((PACK / "PulumiPolicy.yaml").read_text())["version"] == __version__


def test_no_violation_prints_a_secret(start_analyzer: Callable[[Path], Any]) -> None:
    """The signing secret and the provider's client secret reach every rule and leave none."""
    analyzer = start_analyzer(PACK)
    answers = [analyzer.Analyze(analyze_request(resource)) for resource in WRONG_IN_EVERY_WAY]
    printed = "".join(diagnostic.message for answer in answers for diagnostic in answer.diagnostics)
    assert "a" * 16 not in printed
    assert CONFIG_SECRET not in printed
