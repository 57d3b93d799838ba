from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2

from auth0_api_policies import RULES
from pulumi_auth0_apis.testing.policies import analyze_request, resource_server

EXAMPLE = Path(__file__).parents[2] / "examples" / "own_policy_pack"


def test_a_teams_own_pack_holds_our_rules_and_its_own(start_analyzer: Callable[[Path], Any]) -> None:
    """The example starts as any pack does."""
    info = start_analyzer(EXAMPLE).GetAnalyzerInfo(empty_pb2.Empty())
    assert info.name == "acme"
    assert [policy.name for policy in info.policies] == [*(rule.name for rule in RULES), "names-have-a-team"]


def test_its_own_rule_judges_an_api(start_analyzer: Callable[[Path], Any]) -> None:
    """A name without a team breaks the team's rule, one with a team does not."""
    analyzer = start_analyzer(EXAMPLE)

    def broken(name: str) -> set[str]:
        answer = analyzer.Analyze(analyze_request(resource_server(name=name)))
        return {diagnostic.policyName for diagnostic in answer.diagnostics}

    assert "names-have-a-team" in broken("Orders")
    assert "names-have-a-team" not in broken("Orders (shop)")
