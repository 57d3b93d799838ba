"""Logs of the provider plugin's resources: they are told as those of the classes are."""

from __future__ import annotations

from typing import Any

import pytest

from auth0_api_vocabulary import kinds
from auth0_api_vocabulary.families import DYNAMIC, PLUGIN, Family
from auth0_api_vocabulary.marks import SECRET, SIGNATURE
from pulumi_auth0_apis.report import markdown

from .conftest import Log

API = "https://orders.example.com"
OLD = {
    "identifier": API,
    "token_lifetime": 60,
    "signing_secret": {SIGNATURE: SECRET},
    "scopes": [{"value": "read:a"}],
    "additional_settings": {"colorScheme": {"darkMode": False}},
}
NEW = {
    **OLD,
    "token_lifetime": 3600,
    "signing_alg": "HS256",
    "additional_settings": {"colorScheme": {"darkMode": True}},
}
KEY = {"resource_server_identifier": API, "scope": "read:orders"}
GRANT = {"client_id": "c", "audience": API, "scopes": ["read:a"]}
FAMILIES = pytest.mark.parametrize("family", [DYNAMIC, PLUGIN], ids=lambda family: family.package)


def on(family: Family, kind: Any, name: str) -> str:
    """A resource of a family, as a log's step takes it."""
    return f"{family.token(kind)}::{name}"


def told(family: Family) -> str:
    """A log in which a change of every sort happens, as Markdown."""
    log, spell = Log(), family.spelled
    log.step(
        "replace",
        on(family, kinds.API, "orders"),
        spell(OLD),
        spell(NEW),
        keys=[family.spell("signing_alg")],
        diffs=[family.spell(name) for name in ("token_lifetime", "signing_alg", "signing_secret")],
    )
    log.step("delete", on(family, kinds.PERMISSION, "a"), spell(KEY))
    log.step("update", on(family, kinds.GRANT, "g"), spell(GRANT), spell({**GRANT, "allow_all_scopes": True}))
    log.event(
        "policyRemediationEvent",
        resourceUrn=f"urn:pulumi:dev::shop::{on(family, kinds.API, 'orders')}",
        policyName="access-token-lifetime",
        policyPackName="pack",
        before=spell({"token_lifetime": 7200}),
        after=spell({"token_lifetime": 3600}),
    )
    report = log.summary().report()
    return markdown(report)


def test_every_part_of_a_report_is_the_same() -> None:
    """Labels, access, consequences, corrections and secrets: only the URNs differ, and `force`."""
    ours, theirs = (told(family) for family in (DYNAMIC, PLUGIN))
    assert theirs.replace("force: true", "force=True") == ours != theirs
    assert "JSON Web Token (JWT) Signing Algorithm" in theirs
    assert "darkMode" in theirs


@FAMILIES
def test_what_moves_between_the_families_by_its_alias_has_not_changed(log: Log, family: Family) -> None:
    """The engine writes the new type with the old state: nothing differs but the spelling."""
    other = PLUGIN if family is DYNAMIC else DYNAMIC
    log.step("update", on(family, kinds.API, "orders"), other.spelled(OLD), family.spelled(OLD))
    report = log.summary().report()
    assert (report.changed, report.moves) == ([], [])


@FAMILIES
def test_what_moves_without_an_alias_is_told_the_alias(log: Log, family: Family) -> None:
    """The object is deleted and created: an alias with the type that was makes them one."""
    other = PLUGIN if family is DYNAMIC else DYNAMIC
    log.step("delete", on(other, kinds.PERMISSION, "a"), other.spelled(KEY))
    log.step("create", on(family, kinds.PERMISSION, "b"), None, family.spelled(KEY))
    (advice,) = log.summary().report().moves
    assert advice.move.renamed
    assert other.token(kinds.PERMISSION) in advice.code


def test_a_take_over_is_said_in_the_words_of_the_program(log: Log) -> None:
    """Two permissions that swap their objects: no alias helps, `adopt` does."""
    one, two = (PLUGIN.spelled({**KEY, "scope": scope}) for scope in ("one", "two"))
    log.step("replace", on(PLUGIN, kinds.PERMISSION, "a"), one, two)
    log.step("replace", on(PLUGIN, kinds.PERMISSION, "b"), two, one)
    assert "Set adopt: true on a, b" in log.summary().report().moves[0].step
