"""What the pack enforces without a configuration, and what a stack's own file changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pulumi_policy import EnforcementLevel, Severity, StackValidationPolicy

from auth0_api_policies import RULES, exemption_used
from auth0_api_policies.preset import initial_config, level, own_configuration
from pulumi_auth0_apis.engine import Engine, PolicyPack, Result
from pulumi_auth0_apis.stacks.warm_start import PRELOAD

ROOT = Path(__file__).parents[2]
STOPPING = {
    "access-token-lifetime",
    "signing-algorithm",
    "signing-secret-strength",
    "rbac-enabled",
    "no-blanket-grants",
    "management-api-grants",
    "anonymous-grants",
    "single-scope-owner",
    "known-resources",
}
"""The rules that stop an update where nothing is configured."""


def preview(folder: Path, configurations: Mapping[str, Any], config: Path | None = None) -> Result:
    """Preview the example that the rules refuse, with a pack that has these files, on the stack `prod`."""
    project = shutil.copytree(ROOT / "examples" / "policy_violation", folder / "project")
    pack = shutil.copytree(ROOT / "policies", folder / "pack", ignore=shutil.ignore_patterns("config"))
    (pack / "config").mkdir()
    for name, document in configurations.items():
        (pack / "config" / f"{name}.json").write_text(json.dumps(document))
    environment = {"PULUMI_CONFIG_PASSPHRASE": "test"}
    engine = Engine(project, "prod", backend_url=f"file://{folder}", environment=environment, preload=PRELOAD)
    return engine.preview(policy_packs=[PolicyPack(pack, config)])


def levels(result: Result) -> dict[str, str]:
    """The level of each rule that is broken."""
    told = [event["policyEvent"] for event in result.events if "policyEvent" in event]
    return {each["policyName"]: each["enforcementLevel"] for each in told}


def test_dangerous_settings_stop_an_update_without_any_file(tmp_path: Path) -> None:
    """Month-long tokens, a shared secret and no RBAC are refused; what is of medium severity is advice."""
    result = preview(tmp_path, {})
    assert result.exit_code == 1
    assert {name for name, level in levels(result).items() if level == "mandatory"} == {
        "access-token-lifetime",
        "signing-algorithm",
        "rbac-enabled",
    }
    assert levels(result)["browser-token-lifetime"] == "advisory"


def test_a_stacks_own_file_names_a_preset(tmp_path: Path) -> None:
    """Under `strict` every rule stops the update, but those that the file spares, with the file's limits."""
    strict = {
        "preset": "strict",
        "token-profile": "advisory",
        "access-token-lifetime": {"maxSeconds": 2_592_000},
        "browser-token-lifetime": {"maxSeconds": 60},
    }
    found = levels(preview(tmp_path, {"prod": strict, "dev": {"preset": "recommended"}}))
    assert "access-token-lifetime" not in found
    assert found.pop("token-profile") == "advisory"
    assert set(found.values()) == {"mandatory"}
    assert {"browser-token-lifetime", "protected-in-production", "token-encryption"} <= found.keys()


def test_another_stacks_preset_is_not_this_ones(tmp_path: Path) -> None:
    """A file counts for the stack of its name alone."""
    assert levels(preview(tmp_path, {"dev": {"preset": "strict"}}))["token-profile"] == "advisory"


def test_a_file_without_a_preset_is_given_to_the_engine_or_not_used(tmp_path: Path) -> None:
    """What disarms a rule has no effect by merely lying there."""
    assert preview(tmp_path, {"prod": {"all": "disabled"}}).exit_code == 1


def test_a_given_configuration_lies_on_top_of_the_preset(tmp_path: Path) -> None:
    """Both engines lay `--policy-pack-config` over what the pack has."""
    given = tmp_path / "given.json"
    given.write_text('{"signing-algorithm": "advisory"}')
    found = levels(preview(tmp_path, {"prod": {"preset": "strict"}}, given))
    assert found["signing-algorithm"] == "advisory"
    assert found["token-profile"] == "mandatory"


def test_recommended_stops_what_is_severe() -> None:
    """High and critical are mandatory; whoever adds such a rule adds it to the list above."""
    assert {rule.name for rule in RULES if level(rule) is EnforcementLevel.MANDATORY} == STOPPING


def test_strict_leaves_advice_to_the_rule_that_only_reports() -> None:
    """An exemption that is used stops nothing, or it would be none."""
    advice = [rule for rule in RULES if level(rule, "strict") is not EnforcementLevel.MANDATORY]
    assert advice == [exemption_used]


@pytest.mark.parametrize(
    ("severity", "stops"), [(None, False), (Severity.MEDIUM, False), (Severity.HIGH, True)]
)
def test_a_teams_own_rule_goes_by_its_severity(severity: Severity | None, stops: bool) -> None:
    """One that names none is medium."""
    rule = StackValidationPolicy("own", "Own.", lambda *_: None, severity=severity)
    assert (level(rule) is EnforcementLevel.MANDATORY) is stops
    assert level(rule, "strict") is EnforcementLevel.MANDATORY


def test_limits_without_a_level_keep_that_of_the_preset() -> None:
    """pulumi-policy would send such an entry as advisory."""
    document = {"preset": "recommended", "access-token-lifetime": {"maxSeconds": 60}}
    assert initial_config(document, RULES) == {
        "access-token-lifetime": {"maxSeconds": 60, "enforcementLevel": EnforcementLevel.MANDATORY}
    }


def test_a_file_with_a_mistake_is_nobodys_configuration(tmp_path: Path) -> None:
    """The pack refuses it when it is configured; until then nothing of it counts."""
    file = tmp_path / "prod.json"
    file.write_text('{"preset": "strict", "all": "advisory"}')
    assert own_configuration([file], "prod", RULES) == {}
