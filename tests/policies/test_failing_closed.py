"""What is wrong with a pack or its configuration ends the run; in tests/parity the real engine's too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule
from pulumi_auth0_apis.engine import PolicyPack
from pulumi_auth0_apis.testing.policies import resource_server, violations

from ..engine.stacks import TestStack, said
from .failing_packs import CASES, SHIPPED, Case


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_run_ends_and_says_why(tmp_path: Path, case: Case) -> None:
    """Nothing is made, nothing hangs, and one paragraph names what is wrong."""
    stack = TestStack(tmp_path).program('Thing("a")')
    result = stack.engine.up(policy_packs=[pack(tmp_path, case)])
    assert result.exit_code == 1
    assert case.told in said(result)
    assert "Traceback" not in said(result)
    if "StackValidationPolicy" not in case.pack:
        assert stack.calls() == []


def test_a_pack_whose_files_are_right_runs(tmp_path: Path) -> None:
    """The shipped rules with a configuration that they understand."""
    config = json.dumps({"all": "mandatory", "access-token-lifetime": {"maxSeconds": 60, "only": ["*"]}})
    stack = TestStack(tmp_path).program('Thing("a")')
    assert stack.engine.up(policy_packs=[pack(tmp_path, Case(SHIPPED, "", config, config))]).ok


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_a_rule_of_the_frame_that_exits_breaks_itself(error: type[BaseException]) -> None:
    """In anybody's pack it is a violation like every other bug of a rule."""

    @resource_rule(ResourceServer, name="exits", remedy="wait.")
    def exits(api: ResourceServer, _: Configuration) -> list[str]:
        """Exits."""
        raise error(api.identifier)

    (violation,) = violations(exits, resource_server(identifier="a-secret"))
    assert f"The rule itself failed ({error.__name__}, test_failing_closed.py:" in violation.message


def pack(folder: Path, case: Case) -> PolicyPack:
    """Write a pack, its configuration, and the file of another stack beside it."""
    directory = folder / "pack"
    (directory / "config").mkdir(parents=True)
    (directory / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 1.2.3\n")
    (directory / "__main__.py").write_text(case.pack)
    if case.beside:
        (directory / "config" / "stack.json").write_text(case.beside)
    config = folder / "policies.json"
    config.write_text(case.config)
    return PolicyPack(directory, config)
