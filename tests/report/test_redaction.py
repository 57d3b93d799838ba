from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.report import Report, as_json, junit, markdown, sarif

MARKED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
CLEAR = "correct-horse-battery"


def everything(report: Report) -> str:
    """Return the report in all formats."""
    return markdown(report) + as_json(report) + junit(report) + sarif(report)


def test_a_marked_secret_is_not_shown_but_its_change_is(log: Any) -> None:
    """The engine blinds it; that it changes still shows."""
    blind = {**MARKED, "ciphertext": "[secret]"}
    log.step(
        "update",
        "ResourceServer::orders",
        {"signing_secret": blind},
        {"signing_secret": blind},
        diffs=["signing_secret"],
    )
    (change,) = log.report().settings
    assert (change.label, change.old, change.new) == ("Signing Secret", "[secret]", "[secret] (changed)")


def test_a_marked_secret_in_clear_is_hidden_everywhere(log: Any) -> None:
    """A log written with --show-secrets holds plain text."""
    secret = {**MARKED, "plaintext": f'"{CLEAR}"'}
    log.step("create", "ResourceServer::orders", None, {"name": secret}).violation(f'it is "{CLEAR}"')
    assert CLEAR not in everything(log.report())


def test_a_secret_that_nobody_marked_is_hidden_everywhere(log: Any) -> None:
    """pulumi-auth0 does not mark the signing secret, so the log has it, and a careless rule prints it."""
    kind = "auth0:index/resourceServer:ResourceServer::orders"
    log.step("create", kind, None, {"identifier": "a", "signingSecret": CLEAR})
    log.violation(f"signingSecret is {CLEAR}")
    log.event("diagnosticEvent", severity="error", message=f"refused: {CLEAR}")
    written = everything(log.summary("failed").report())
    assert CLEAR not in written
    assert "signingSecret is [secret]" in written


def test_the_engines_own_properties_are_left_out(log: Any) -> None:
    """`__provider` is no setting."""
    log.step("create", "ResourceServer::orders", None, {"__provider": "blob", "name": "Orders"})
    assert [change.setting for change in log.report().settings] == ["name"]
