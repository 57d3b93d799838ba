"""The pack in its own process, over gRPC, as both engines run it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime import proto

from auth0_api_policies import RULES

PACK = Path(__file__).parents[2] / "policies"


def test_the_process_tells_every_rule(start_analyzer: Callable[[Path], Any]) -> None:
    """The engine learns of each rule its id, level, severity, schema and remedy."""
    info = start_analyzer(PACK).GetAnalyzerInfo(empty_pb2.Empty())
    assert [policy.name for policy in info.policies] == [rule.name for rule in RULES]
    assert all(policy.enforcementLevel == proto.ADVISORY for policy in info.policies)
    assert all(policy.severity and policy.remediation_steps and policy.url for policy in info.policies)
    assert all("onUnknown" in policy.configSchema.properties for policy in info.policies)


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
    assert found["rbac-enabled"].enforcementLevel == proto.ADVISORY
