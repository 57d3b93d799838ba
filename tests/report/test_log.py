from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis.report import LogError, Report, read
from pulumi_auth0_apis.report.log import SEVERITIES


def test_a_recorded_log_is_read_whole(warned: Report) -> None:
    """All of a resource's steps count: a permission dropped with its API's replacement is gone."""
    operations = {change.name: change.operation for change in warned.run.changes.values()}
    assert operations == {
        "orders": "replace",
        "read-orders": "replace",
        "write-orders": "delete",
        "billing": "replace",
        "reporting": "create",
    }
    assert (warned.run.project, warned.run.stack, warned.run.result) == ("shop", "dev", "succeeded")


def test_what_a_policy_says_is_taken_apart(stopped: Report) -> None:
    """Description, finding and remedy are told apart."""
    violation = stopped.mandatory[0]
    assert violation.rule == "access-token-lifetime"
    assert violation.finding.message == "token_lifetime is 3456000 s (40 d), the limit is 7200 s (2 h)."
    assert violation.finding.remedy.startswith("lower token_lifetime")
    assert violation.description == "Access tokens of an API expire within the allowed time."


def test_a_violation_of_another_pack_needs_no_remedy(log: Any) -> None:
    """Messages that follow no convention are kept whole."""
    (violation,) = log.violation("something is off\nand more").report().run.violations
    assert (violation.finding.message, violation.finding.remedy) == ("something is off\nand more", "")


def test_the_clis_digest_is_refused_with_the_way_out() -> None:
    """Plain `--json` has no policy results, so a report of it would be wrong."""
    with pytest.raises(LogError, match="PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1"):
        read(["{\n", '  "steps": [\n', "]}"])


@pytest.mark.parametrize("line", ["not json", "[]", "{}"])
def test_anything_else_is_refused_with_its_line(log: Any, line: str) -> None:
    """The first line that is no event is named."""
    with pytest.raises(LogError, match="Line 2 is no engine event"):
        read([*log.summary().lines, line])


@pytest.mark.parametrize("ends_as", ["refresh", "update"])
def test_a_refresh_before_the_update_is_the_state_that_the_update_changes(log: Any, ends_as: str) -> None:
    """What someone changed by hand goes back to what the program says, and the report tells it."""
    asked, found = {"token_lifetime": 60}, {"token_lifetime": 90}
    log.step("refresh", "ResourceServer::orders", asked, asked)
    log.step(ends_as, "ResourceServer::orders", asked, found, ended=True)
    log.step("update", "ResourceServer::orders", found, asked)
    log.step("update", "ResourceServer::orders", found, asked, ended=True)
    (change,) = log.report().settings
    assert (change.old, change.new) == ("90 s (1 min 30 s)", "60 s (1 min)")


def test_a_refresh_alone_tells_what_it_found(log: Any) -> None:
    """Drift, and what is gone."""
    asked, found = {"token_lifetime": 60}, {"token_lifetime": 90}
    log.step("refresh", "ResourceServer::orders", asked, asked)
    log.step("update", "ResourceServer::orders", asked, found, ended=True)
    log.step("refresh", "Permission::gone", asked, asked)
    log.step("delete", "Permission::gone", asked, None, ended=True)
    operations = {change.name: change.operation for change in log.report().run.changes.values()}
    assert operations == {"orders": "update", "gone": "delete"}


def test_what_is_only_looked_up_is_no_change(log: Any) -> None:
    """`ResourceServer.get` reads an API that is managed elsewhere."""
    assert log.step("read", "ResourceServer::orders", None, {"name": "Orders"}).report().run.changes == {}


def test_the_order_does_not_depend_on_the_engines_timing(warned: Report) -> None:
    """Steps are sorted, and violations by severity, so that two runs of one change read the same."""
    assert list(warned.run.changes) == sorted(warned.run.changes)
    order = [
        (violation.severity, violation.rule, violation.finding.urn) for violation in warned.run.violations
    ]
    assert order == sorted(order, key=lambda one: (SEVERITIES.index(one[0]), one[1:]))
