"""The configuration checker goes by the rules of the pack that a file belongs to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pulumi_policy
import pytest

from auth0_api_policies import RULES, exemption_used
from auth0_api_policies.__main__ import main
from auth0_api_policies.pack_of import PackError, pack_of, rules_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A team's own pack, with a folder of configurations."""
    folder = shutil.copytree(ROOT / "examples" / "own_policy_pack", tmp_path / "policies")
    (folder / "config").mkdir()
    return folder


def test_a_files_pack_is_found_by_its_place(pack: Path, tmp_path: Path) -> None:
    """In the pack's folder or in one below it."""
    assert pack_of(pack / "config" / "prod.json") == pack
    assert pack_of(pack / "prod.json") == pack
    assert pack_of(tmp_path / "prod.json") is None


def test_a_teams_own_rule_is_known(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And a rule that neither knows is named, with the nearest."""
    file = pack / "config" / "prod.json"
    file.write_text('{"preset": "strict", "names-have-a-team": "advisory"}')
    assert main([str(file)]) == 0
    file.write_text('{"names-have-a-teem": "advisory"}')
    assert main([str(file)]) == 1
    assert "did you mean names-have-a-team?" in capsys.readouterr().out


def test_a_pack_may_be_named(pack: Path, tmp_path: Path) -> None:
    """For a file that lies elsewhere."""
    file = tmp_path / "prod.json"
    file.write_text('{"names-have-a-team": "advisory"}')
    assert main([str(file)]) == 1
    assert main([str(file), "--pack", str(pack)]) == 0


def test_asking_a_pack_leaves_no_trace(pack: Path) -> None:
    """It is not served, and pulumi-policy's class is as it was."""
    before = pulumi_policy.PolicyPack.__init__
    assert [rule.name for rule in rules_of(pack)][-1] == "names-have-a-team"
    assert pulumi_policy.PolicyPack.__init__ is before
    assert rules_of(None) is RULES
    assert {rule.enforcement_level for rule in RULES if rule is not exemption_used} == {None}


@pytest.mark.parametrize(
    ("program", "told"), [("x = 1\n", "makes no PolicyPack"), ("import nowhere\n", "ModuleNotFoundError")]
)
def test_a_pack_that_is_none_is_named(
    pack: Path, capsys: pytest.CaptureFixture[str], program: str, told: str
) -> None:
    """Its files are not judged by other rules instead."""
    (pack / "__main__.py").write_text(program)
    with pytest.raises(PackError, match=told):
        rules_of(pack)
    assert main([str(pack / "config" / "prod.json")]) == 1
    assert told in capsys.readouterr().out


def test_without_arguments_the_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """What it does, an example and its exit codes."""
    assert main([]) == 2
    said = capsys.readouterr().out
    assert "usage: python -m auth0_api_policies" in said
    assert "Exit codes:" in said
