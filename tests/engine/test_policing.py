"""Policy packs: what they stop, correct and say."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from pulumi_auth0_apis.engine import PolicyPack

from .stacks import TestStack, ops, said

PACK = """
    from pulumi_policy import *

    def small(args, report):
        if args.props.get("size", 0) > (args.get_config() or {}).get("limit", 5):
            report(f"size is {args.props['size']}")

    def kind(args, report):
        if args.resource_type.endswith("Thing"):
            args.props["kind"] == "x"

    def shrink(args):
        if args.props.get("size", 0) > 5:
            return {**args.props, "size": 5}

    def few(args, report):
        things = [each for each in args.resources if each.resource_type.endswith("Thing")]
        if len(things) > 2:
            report(f"{len(things)} things", things[-1].urn)

    limit = PolicyConfigSchema({"limit": {"type": "integer"}, "mode": {"type": "string"}}, REQUIRED)
    PolicyPack("pack", [
        ResourceValidationPolicy("small", "Things are small.", small, EnforcementLevel.MANDATORY, limit,
                                 severity=Severity.HIGH),
        ResourceValidationPolicy("kind", "Kinds are known.", kind, EnforcementLevel.ADVISORY,
                                 severity=Severity.LOW),
        ResourceValidationPolicy("shrink", "Things are shrunk.", remediate=shrink,
                                 enforcement_level=EnforcementLevel.DISABLED),
        StackValidationPolicy("few", "There are few things.", few, EnforcementLevel.MANDATORY),
    ])
"""


def pack(folder: Path, config: Any = None, required: str = "[]") -> list[PolicyPack]:
    """A pack in a folder, and its configuration."""
    folder.mkdir(exist_ok=True)
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 1.2.3\n")
    (folder / "__main__.py").write_text(dedent(PACK).replace("REQUIRED", required))
    if config is None:
        return [PolicyPack(folder)]
    (folder / "config.json").write_text(config if isinstance(config, str) else json.dumps(config))
    return [PolicyPack(folder, folder / "config.json")]


def running(folder: Path) -> list[str]:
    """The processes of a pack that still run."""
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if "pulumi.policy" in line and str(folder) in line]


def found(result: Any) -> list[tuple[str, str, str]]:
    """Violations: (policy, level, name of the resource)."""
    return [
        (each["policyName"], each["enforcementLevel"], each["resourceUrn"].rpartition("::")[2])
        for each in result.violations
    ]


def test_a_mandatory_policy_stops_an_update_before_any_call(stack: TestStack, tmp_path: Path) -> None:
    """The violation names pack, policy, severity and resource; the provider is not called."""
    result = stack.program('Thing("a", kind="x", size=9)').engine.up(policy_packs=pack(tmp_path / "pack"))
    assert result.exit_code == 1
    assert stack.calls() == []
    (violation,) = result.violations
    assert violation["policyPackName"] == "pack"
    assert violation["policyPackVersion"] == "1.2.3"
    assert violation["severity"] == "high"
    assert violation["message"] == "Things are small.\nsize is 9.0\n"
    assert found(result) == [("small", "mandatory", "a")]


def test_a_preview_shows_all_violations_and_fails(stack: TestStack, tmp_path: Path) -> None:
    """A preview goes on after the first one."""
    stack.program('Thing("a", kind="x", size=9)\nThing("b", kind="x", size=8)')
    result = stack.engine.preview(policy_packs=pack(tmp_path / "pack"))
    assert result.exit_code == 1
    assert sorted(found(result)) == [("small", "mandatory", "a"), ("small", "mandatory", "b")]
    assert sorted(ops(result)) == [("create", "a"), ("create", "b")]


def test_a_failing_check_hides_no_broken_rule(stack: TestStack, tmp_path: Path) -> None:
    """A resource that its provider refuses is judged all the same, so that one run tells everything."""
    stack.program('Thing("a", kind="x", size=9, wrong="size")')
    for command in (stack.engine.preview, stack.engine.up):
        result = command(policy_packs=pack(tmp_path / "pack"))
        assert result.exit_code == 1
        assert "property size value {9} has a problem: must not be wrong" in said(result)
        assert found(result) == [("small", "mandatory", "a")]


def tallies(result: Any, kind: str) -> dict[str, tuple[list[str], list[str]]]:
    """The policies that passed and failed, by the name of what they judged."""
    told = [event[kind] for event in result.events if kind in event]
    return {
        each.get("resourceUrn", "").rpartition("::")[2]: (each.get("passed", []), each.get("failed", []))
        for each in told
    }


def test_what_passes_is_told_as_well(stack: TestStack, tmp_path: Path) -> None:
    """For each resource, and for the stack: which rules found nothing, without those that did not run."""
    stack.program('Thing("a", kind="x", size=9)\nThing("b", kind="x")')
    packs = pack(tmp_path / "pack", {"small": "advisory", "kind": "disabled", "shrink": "remediate"})
    result = stack.engine.preview(policy_packs=packs)
    remediated = tallies(result, "policyRemediateSummaryEvent")
    assert (remediated["a"], remediated["b"]) == ((["small"], ["shrink"]), (["shrink", "small"], []))
    assert tallies(result, "policyAnalyzeSummaryEvent")["a"] == (["small"], [])
    assert tallies(result, "policyAnalyzeStackSummaryEvent") == {"": (["few"], [])}
    (told,) = [each["summaryEvent"]["PolicyPacks"] for each in result.events if "summaryEvent" in each]
    assert told == {f"pack|local|{tmp_path / 'pack'}": "1.2.3"}


def test_an_advisory_policy_only_says_so(stack: TestStack, tmp_path: Path) -> None:
    """The configured level counts, for one policy and for all."""
    for config in ({"small": "advisory"}, {"all": "advisory"}):
        result = stack.program('Thing("a", kind="x", size=9)').engine.preview(
            policy_packs=pack(tmp_path / "pack", config)
        )
        assert result.ok
        assert found(result) == [("small", "advisory", "a")]


def test_a_disabled_policy_does_not_run(stack: TestStack, tmp_path: Path) -> None:
    """Switched off is switched off."""
    packs = pack(tmp_path / "pack", {"small": {"enforcementLevel": "disabled"}})
    result = stack.program('Thing("a", kind="x", size=9)').engine.preview(policy_packs=packs)
    assert result.ok
    assert result.violations == []


def test_a_remediation_changes_what_is_made(stack: TestStack, tmp_path: Path) -> None:
    """The corrected inputs reach provider and state, and the correction is told."""
    packs = pack(tmp_path / "pack", {"shrink": "remediate", "small": "disabled"})
    result = stack.up('Thing("a", kind="x", size=9)', policy_packs=packs)
    assert stack.things()["a-1"]["size"] == 5
    (told,) = [
        event["policyRemediationEvent"] for event in result.events if "policyRemediationEvent" in event
    ]
    assert (told["before"]["size"], told["after"]["size"]) == (9, 5)


def test_configured_properties_reach_the_policy(stack: TestStack, tmp_path: Path) -> None:
    """A limit of the configuration replaces the policy's own."""
    packs = pack(tmp_path / "pack", {"small": {"limit": 10}})
    assert stack.program('Thing("a", kind="x", size=9)').engine.preview(policy_packs=packs).ok


@pytest.mark.parametrize(
    ("config", "required", "told"),
    [
        ({"small": {"limit": "5"}}, "[]", "small: limit: Invalid type. Expected: integer, given: string"),
        ({"small": {"limit": 5}}, '["mode"]', "small: mode is required"),
        ({"small": "fatal"}, "[]", '"fatal" is not a valid enforcement level'),
        ({"other": {"limit": 5}}, "[]", 'invalid enforcement level ""'),
        ({"small": 5}, "[]", "must be a string or object"),
        ({"small": None}, "[]", 'config.json cannot be used: parsing "small": null is not a valid value'),
        ({"small": False}, "[]", 'parsing "small": false is not a valid value'),
        ({"small": ""}, "[]", '"" is not a valid enforcement level'),
        ({"small": {"enforcementLevel": None}}, "[]", "null is not a valid enforcement level"),
        ({"small": {"enforcementLevel": False}}, "[]", "false is not a valid enforcement level"),
        ("{", "[]", "is no JSON"),
        ("", "[]", "config.json is no JSON"),
        ("null", "[]", "config.json cannot be used: It must be a JSON object of policies."),
        (
            '{"small": "mandatory", "small": "disabled"}',
            "[]",
            'config.json cannot be used: "small" is there 2 times.',
        ),
    ],
)
def test_a_wrong_configuration_is_told_before_anything_is_made(
    stack: TestStack, tmp_path: Path, config: Any, required: str, told: str
) -> None:
    """A configuration that does not fit the pack stops the run."""
    packs = pack(tmp_path / "pack", config, required)
    result = stack.program('Thing("a", kind="x")').engine.up(policy_packs=packs)
    assert result.exit_code == 1
    assert told in said(result)
    assert stack.calls() == []
    assert not running(tmp_path / "pack")


def test_a_stack_policy_judges_all_resources_at_the_end(stack: TestStack, tmp_path: Path) -> None:
    """In a preview it stops everything; its violation may name a resource."""
    stack.program("for each in 'abc': Thing(each, kind='x')")
    result = stack.engine.preview(policy_packs=pack(tmp_path / "pack"))
    assert result.exit_code == 1
    assert [each[:2] for each in found(result)] == [("few", "mandatory")]


def test_a_rule_about_an_unknown_property_is_told(stack: TestStack, tmp_path: Path) -> None:
    """A preview says that a policy could not run, as advice that is as severe as the policy."""
    stack.program('a = Thing("a", kind="x")\nThing("b", kind=a.serial)')
    result = stack.engine.preview(policy_packs=pack(tmp_path / "pack"))
    assert result.ok
    assert found(result) == [("kind", "advisory", "b")]
    assert "can't run policy 'kind'" in result.violations[0]["message"]
    assert result.violations[0]["severity"] == "low"


def test_a_policy_that_raises_stops_the_run(stack: TestStack, tmp_path: Path) -> None:
    """A bug in a policy is no pass."""
    result = stack.program('Thing("a")').engine.up(policy_packs=pack(tmp_path / "pack"))
    assert result.exit_code == 1
    assert "failed to run policy" in said(result)
    assert stack.calls() == []


@pytest.mark.parametrize("broken", ["", "import nothing_like_it\n"])
def test_a_pack_that_is_none_is_told(stack: TestStack, tmp_path: Path, broken: str) -> None:
    """A folder without a pack, and a pack that does not start, are errors in plain words."""
    folder = tmp_path / "pack"
    pack(folder)
    if broken:
        (folder / "__main__.py").write_text(broken)
    else:
        (folder / "PulumiPolicy.yaml").unlink()
    result = stack.program("").engine.preview(policy_packs=[PolicyPack(folder)])
    assert result.exit_code == 1
    told = "before it was ready" if broken else "failed to load Pulumi policy project"
    assert said(result).count(told) == 1


def test_policies_see_no_serialized_provider(stack: TestStack, tmp_path: Path) -> None:
    """What begins with two underscores stays the engine's."""
    packs = pack(tmp_path / "pack")
    (tmp_path / "pack" / "__main__.py").write_text(
        "from pulumi_policy import *\n"
        "PolicyPack('pack', [ResourceValidationPolicy('keys', 'Keys.', lambda args, report: "
        "report(' '.join(sorted(args.props.keys()))), EnforcementLevel.ADVISORY)])"
    )
    result = stack.program('Thing("a", kind="x")').engine.preview(policy_packs=packs)
    assert [each["message"] for each in result.violations if each["resourceUrn"].endswith("::a")] == [
        "Keys.\nkind name size\n"
    ]
