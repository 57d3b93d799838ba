from __future__ import annotations

import re
from typing import Any, get_args

from pulumi_auth0_apis._grant_settings import SubjectType
from pulumi_auth0_apis.report import Report, markdown, read
from pulumi_auth0_apis.report.declared_access import FOR_WHOM
from pulumi_auth0_apis.report.markdown import LIMIT


def test_the_summary_comes_first_and_details_are_folded(stopped: Report) -> None:
    """Verdict, settings, access, consequences, broken rules; warnings and lists behind a fold."""
    text = markdown(stopped)
    order = [
        "## ❌ Auth0 APIs of shop/dev: stopped by 2 broken rules",
        "1 to create, 3 to replace, 1 to delete, 0 unchanged.",
        "### Settings",
        "### Access",
        "### Replaced and deleted",
        "### Rules broken",
        "<details><summary>Warnings (5)",
        "<details><summary>Resources that change (5)",
    ]
    positions = [text.index(part) for part in order]
    assert positions == sorted(positions)


def test_everything_a_reviewer_must_see_is_named(stopped: Report) -> None:
    """A lifetime of 40 days, HS256, a blanket grant and a permission dropped in use."""
    text = markdown(stopped)
    for part in (
        "`3600 s (1 h)` | `3456000 s (40 d)`",
        "`RS256` | `HS256`",
        "**every permission, future ones included**",
        "| `billingServiceSandbox00000000001` | Orders |  | `write:orders` |",
    ):
        assert part in text


def test_in_whose_name_an_application_asks_is_told(log: Any) -> None:
    """A grant for users and one for anybody say so; each subject type that a grant may have is told apart."""
    for subject in FOR_WHOM:
        grant = {"audience": "urn:a", "client_id": "app", "subject_type": subject, "scopes": ["x"]}
        log.step("create", f"ClientGrant::{subject}", None, grant)
    text = markdown(log.summary().report())
    assert FOR_WHOM.keys() == set(get_args(SubjectType))
    for whom in ("", " for its users", " for anybody, without a login"):
        assert f"| `app`{whom} |" in text


def test_the_report_names_the_engine(log: Any) -> None:
    """The local engine names itself in the log; a log that names none is of Pulumi's CLI."""
    log.event("preludeEvent", config={})
    assert "No resource was compared. Previewed by pulumi." in markdown(log.summary().report())
    log.event("preludeEvent", config={}, engine="auth0-apis")
    assert "Previewed by auth0-apis." in markdown(log.report())


def test_a_large_preview_stays_under_the_limit_and_says_what_is_left_out(log: Any) -> None:
    """Lists of resources go before settings, settings before access, and broken rules stay."""
    for number in range(2_000):
        api = {"identifier": f"https://api-{number}.example.com", "name": f"API {number}"}
        log.step(
            "update",
            f"ResourceServer::api-{number}",
            {**api, "token_lifetime": 60},
            {**api, "token_lifetime": 120},
        )
    log.violation("The one that matters.")
    text = markdown(log.summary("failed").report())
    assert len(text) <= LIMIT
    assert "The one that matters." in text
    left_out = {
        int(number) for number in re.findall(r"_(\d+) more left out to keep this comment short._", text)
    }
    assert max(left_out) > 1_990
    assert text.count("| Maximum Access Token Lifetime |") > 400


def test_a_tiny_limit_keeps_the_verdict(stopped: Report) -> None:
    """Whatever the limit, the verdict stays."""
    text = markdown(stopped, 2_000)
    assert len(text) <= 2_000
    assert "stopped by 2 broken rules" in text
    assert "more left out" in text


def test_names_cannot_write_markup_or_mention_anyone(log: Any) -> None:
    """A pull request's text is not taken for the report's own."""
    evil = "@team <script> | [x](https://evil) `code` #1\n## Approved"
    log.step("create", f"ResourceServer::{evil}", None, {"name": evil, "identifier": evil})
    log.violation(evil, on=evil)
    text = markdown(log.summary("failed").report())
    outside_code = "".join(text.split("``")[::2])
    for markup in ("@team", "<script>", "[x](", "\n## Approved"):
        assert markup not in outside_code


def test_an_error_that_is_no_rules_is_shown(log: Any) -> None:
    """What the provider refused is in the report."""
    log.event(
        "diagnosticEvent", severity="error", message="Auth0 refused the request (403)", urn="a::b::c::orders"
    )
    assert "- `orders` Auth0 refused the request (403)" in markdown(log.summary("failed").report())


def test_nothing_to_do_is_said_in_a_line(log: Any) -> None:
    """No section stands empty."""
    text = markdown(log.step("same", "ResourceServer::orders", {}, {}).summary().report())
    assert "✅ Auth0 APIs of shop/dev: no changes" in text
    assert "###" not in text.replace("## ✅", "")


def test_what_many_resources_have_in_common_is_told_once(log: Any) -> None:
    """A rule that every API breaks is a row, and one broken rule in the verdict."""
    for number in range(8):
        log.violation("protect is off.", rule="protected", on=f"api-{number}")
    text = markdown(log.summary("failed").report())
    assert text.count("protect is off.") == 1
    assert "`api-4` and 3 more" in text
    assert "stopped by 1 broken rule\n" in text


def test_the_most_severe_rule_comes_first(warned: Report) -> None:
    """A reviewer who reads one row reads the one that matters."""
    text = markdown(warned)
    assert text.index("(critical): ") < text.index("(high): ") < text.index("(medium): ")


def test_a_name_cannot_break_the_limit_or_out_of_its_comment() -> None:
    """The first line is a comment, by which a workflow finds the report again, whatever the name."""
    text = markdown(Report(read([]), "--> # " + "x" * 5_000), 2_000)
    assert len(text) <= 2_000
    first, _ = text.split("\n", 1)
    assert first.startswith("<!-- auth0-apis report ") and first.count("-->") == 1 and first.endswith(" -->")
