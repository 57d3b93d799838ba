"""Rules and resources as JUnit XML, for CI servers: a suite a policy pack, a case a rule and resource.

A case that breaks a rule has the attributes `file` and `line` of its resource's declaration, as those that
pytest writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as xml

from auth0_api_vocabulary import name_of
from pulumi_auth0_apis.escaping import xml as escaped
from pulumi_auth0_apis.report.declarations import Declaration
from pulumi_auth0_apis.report.log import LoggedViolation
from pulumi_auth0_apis.report.report import Report


def junit(report: Report, location: str = "Pulumi.yaml") -> str:
    """Return the run as JUnit text: mandatory violations fail, advisory ones are output of a passing case.

    `location` is the project's file, whose folder has the program.
    """
    places = report.declarations(location)
    root = _element(None, "testsuites", name=f"auth0-apis {report.title}")
    packs = {pack for pack, _, _ in report.run.passed} | {violation.pack for violation in report.violations}
    for pack in sorted(packs):
        _suite(root, pack, report, places)
    if report.errors or (report.stopped and not report.mandatory):
        suite = _element(root, "testsuite", name="engine", tests="1", failures="1", errors="0")
        case = _element(suite, "testcase", classname=report.title, name=report.run.result)
        errors = "\n".join(f"{resource} {message}".strip() for resource, message in report.errors)
        _element(case, "failure", errors, message=report.verdict)
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: xml.Element, pack: str, report: Report, places: Mapping[str, Declaration]) -> None:
    violations = [violation for violation in report.violations if violation.pack == pack]
    broken = {(violation.rule, violation.finding.urn) for violation in violations}
    passed = sorted({(rule, urn) for name, rule, urn in report.run.passed if name == pack} - broken)
    failures = sum(violation.level == "mandatory" for violation in violations)
    counts = {"tests": str(len(passed) + len(violations)), "failures": str(failures), "errors": "0"}
    suite = _element(root, "testsuite", name=pack, **counts)
    for rule, urn in passed:
        _element(suite, "testcase", classname=rule, name=name_of(urn) or "stack")
    for violation in violations:
        _failure(suite, violation, places.get(violation.finding.urn))


def _failure(suite: xml.Element, violation: LoggedViolation, place: Declaration | None) -> None:
    where = {"file": place.file, "line": str(place.line)} if place else {}
    case = _element(suite, "testcase", classname=violation.rule, name=violation.resource or "stack", **where)
    if violation.level == "mandatory":
        _element(case, "failure", violation.finding.text, message=violation.description)
    else:
        _element(case, "system-out", violation.finding.text)


def _element(parent: xml.Element | None, tag: str, text: str = "", **attributes: str) -> xml.Element:
    """Return a new element, whose text and attributes may be anybody's."""
    values = {name: escaped(value) for name, value in attributes.items()}
    element = xml.Element(tag, values) if parent is None else xml.SubElement(parent, tag, values)
    element.text = escaped(text) or None
    return element
