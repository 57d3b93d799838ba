"""Rules and resources as JUnit XML, for CI servers: a suite a policy pack, a case a rule and resource."""

from __future__ import annotations

import re
from xml.etree import ElementTree as xml

from auth0_api_vocabulary import name_of

from .log import Violation
from .report import Report

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """Return the run as JUnit text: mandatory violations fail, advisory ones are output of a passing case."""
    root = xml.Element("testsuites", name=f"auth0-apis {report.title}")
    packs = {pack for pack, _, _ in report.run.passed} | {violation.pack for violation in report.violations}
    for pack in sorted(packs):
        _suite(root, pack, report)
    if report.errors or (report.stopped and not report.mandatory):
        suite = xml.SubElement(root, "testsuite", name="engine", tests="1", failures="1", errors="0")
        case = xml.SubElement(suite, "testcase", classname=report.title, name=report.run.result)
        errors = "\n".join(f"{resource} {message}".strip() for resource, message in report.errors)
        xml.SubElement(case, "failure", message=report.verdict).text = _clean(errors)
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: xml.Element, pack: str, report: Report) -> None:
    violations = [violation for violation in report.violations if violation.pack == pack]
    broken = {(violation.rule, violation.urn) for violation in violations}
    passed = sorted({(rule, urn) for name, rule, urn in report.run.passed if name == pack} - broken)
    failures = sum(violation.level == "mandatory" for violation in violations)
    suite = xml.SubElement(root, "testsuite", name=pack)
    suite.attrib.update(tests=str(len(passed) + len(violations)), failures=str(failures), errors="0")
    for rule, urn in passed:
        xml.SubElement(suite, "testcase", classname=rule, name=name_of(urn) or "stack")
    for violation in violations:
        _failure(suite, violation)


def _failure(suite: xml.Element, violation: Violation) -> None:
    case = xml.SubElement(suite, "testcase", classname=violation.rule, name=violation.resource or "stack")
    text = _clean(f"{violation.message}\nFix: {violation.remedy}" if violation.remedy else violation.message)
    if violation.level == "mandatory":
        xml.SubElement(case, "failure", message=_clean(violation.description)).text = text
    else:
        xml.SubElement(case, "system-out").text = text


def _clean(text: str) -> str:
    return NOT_XML.sub("�", text)
