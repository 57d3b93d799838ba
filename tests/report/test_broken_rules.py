from __future__ import annotations

from auth0_api_vocabulary.finding import Finding
from pulumi_auth0_apis.report.broken_rules import Breach, broken_rules, counted
from pulumi_auth0_apis.report.log import LoggedViolation


def violation(
    name: str,
    message: str = "Wrong.",
    *,
    rule: str = "rule",
    level: str = "mandatory",
    remedy: str = "mend it.",
    pack: str = "acme",
) -> LoggedViolation:
    """A violation by a resource of this name."""
    finding = Finding(f"urn:pulumi:dev::shop::a:b:C::{name}", message, remedy)
    return LoggedViolation(level, rule, finding, "It is right.", "high", pack)


def test_a_rule_is_told_once_with_its_resources_below() -> None:
    """Those that are wrong alike share a line."""
    (broken,) = broken_rules([violation("a"), violation("b"), violation("c", "Worse.")])
    assert (broken.rule, broken.description, broken.remedy) == ("rule", "It is right.", "mend it.")
    assert broken.breaches == (Breach("Wrong.", "", ("a", "b")), Breach("Worse.", "", ("c",)))


def test_another_way_out_stays_with_its_resource() -> None:
    """What cannot be judged has a remedy of its own."""
    told = [violation("a"), violation("b"), violation("c", "Not known.", remedy="declare it.")]
    (broken,) = broken_rules(told)
    assert [breach.remedy for breach in broken.breaches] == ["", "declare it."]


def test_what_stops_the_update_comes_first() -> None:
    """A rule that advises on one resource and stops another is told at each level."""
    told = [violation("a", rule="a", level="advisory"), violation("b", rule="z"), violation("c", rule="a")]
    assert [(each.level, each.rule) for each in broken_rules(told)] == [
        ("mandatory", "a"),
        ("mandatory", "z"),
        ("advisory", "a"),
    ]


def test_two_packs_rules_of_one_name_are_two() -> None:
    """What one of them asks is not told of the other's."""
    assert len(broken_rules([violation("a"), violation("a", pack="shop")])) == 2


def test_violations_are_counted_by_level() -> None:
    """How many there are, and of how many rules."""
    told = [violation("a"), violation("b"), violation("a", rule="z"), violation("a", level="advisory")]
    assert counted(told) == "3 mandatory of 2 rules; 1 advisory of 1 rule"
    assert counted([]) == ""
