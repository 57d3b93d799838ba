"""Policy packs and configurations that must end the run, on either engine, and what is then said."""

from __future__ import annotations

from typing import NamedTuple

HEAD = """
from pathlib import Path
from pulumi_policy import *
from auth0_api_policies import RULES
from auth0_api_policies.frame import resource_rule, ResourceServer
from auth0_api_policies.pack import PolicyPack

MANDATORY = EnforcementLevel.MANDATORY
CONFIGURATIONS = Path(__file__).with_name("config")

def harmless(args, report):
    pass
"""
OWN = 'PolicyPack("own", [ResourceValidationPolicy("own-rule", "Own.", rule, MANDATORY)])\n'
SHIPPED = f'{HEAD}PolicyPack("shipped", RULES, configurations=CONFIGURATIONS)\n'


class Case(NamedTuple):
    """A pack's source, its configuration, the text of another stack's file, and what the run says."""

    pack: str
    told: str
    config: str = "{}"
    beside: str = ""


def raising(error: str) -> str:
    """A pack of one plain rule that raises."""
    return f"{HEAD}def rule(args, report):\n    raise {error}\n\n{OWN}"


def configured(config: str, told: str) -> Case:
    """The shipped rules with a configuration that they do not understand."""
    return Case(SHIPPED, told, config)


CASES = {
    "a rule exits": Case(raising("SystemExit(0)"), "A rule raised SystemExit"),
    "a rule is interrupted": Case(raising("KeyboardInterrupt"), "A rule raised KeyboardInterrupt"),
    "a remediation exits": Case(
        f"{HEAD}def mend(args):\n    raise SystemExit(0)\n\n"
        'PolicyPack("own", [ResourceValidationPolicy("own-rule", "Own.", remediate=mend, '
        "enforcement_level=EnforcementLevel.REMEDIATE)])\n",
        "A rule raised SystemExit",
    ),
    "a rule of the stack exits": Case(
        raising("SystemExit(0)").replace("ResourceValidationPolicy(", "StackValidationPolicy("),
        "A rule raised SystemExit",
    ),
    "a rule yields": Case(
        f"{HEAD}def rule(args, report):\n    yield report('wrong')\n\n{OWN}", "The rule own-rule yields"
    ),
    "a rule of several yields": Case(
        f"{HEAD}def rule(args, report):\n    yield report('wrong')\n\n{OWN}".replace(
            " rule, ", " [harmless, rule], "
        ),
        "The rule own-rule yields",
    ),
    "a rule's class yields": Case(
        f"{HEAD}class Own(StackValidationPolicy):\n"
        "    def validate(self, args, report):\n        yield report('wrong')\n\n"
        'PolicyPack("own", [Own("own-rule", "Own.", enforcement_level=MANDATORY)])\n',
        "The rule own-rule yields",
    ),
    "a rule that is not there": configured(
        '{"signing-algoritm": "mandatory"}',
        "signing-algoritm is no rule of this pack; did you mean signing-algorithm?",
    ),
    "a rule that is not there, with a key": configured(
        '{"signing-algoritm": {"enforcementLevel": "mandatory"}}', "did you mean signing-algorithm?"
    ),
    "a key that is not there": configured(
        '{"access-token-lifetime": {"maxSecond": 60}}',
        "access-token-lifetime.maxSecond is no key of this rule; did you mean maxSeconds?",
    ),
    "All for all": configured('{"All": "mandatory"}', "All is no rule of this pack; did you mean all?"),
    "a rule for nothing": configured('{"rbac-enabled": {"only": []}}', "rbac-enabled: only: "),
    "null as a level": configured(
        '{"rbac-enabled": null}', "is not a valid value; must be a string or object"
    ),
    "false as a level": configured('{"rbac-enabled": false}', "is not a valid value"),
    "null as a level in an object": configured(
        '{"rbac-enabled": {"enforcementLevel": null}}', "is not a valid enforcement level"
    ),
    "a preset for an engine, which takes levels": configured(
        '{"preset": "strict"}', "is not a valid enforcement level"
    ),
    "a preset that is not there": Case(
        SHIPPED, 'stack.json: preset: "stict" is no preset', beside='{"preset": "stict"}'
    ),
    "an empty file among the pack's": Case(SHIPPED, "stack.json: is empty", beside=" "),
    "a key twice in a file of the pack's": Case(
        SHIPPED,
        "stack.json: rbac-enabled is there 2 times",
        beside='{"rbac-enabled": "mandatory", "rbac-enabled": "disabled"}',
    ),
}
