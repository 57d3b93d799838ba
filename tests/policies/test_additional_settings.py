from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pulumi_policy import Secret

from auth0_api_policies import additional_settings
from pulumi_auth0_apis import ClientGrant, ResourceServer
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.policies import (
    UNKNOWN,
    Resource,
    client_grant,
    permission,
    resource_server,
    violations,
)

PACK = Path(__file__).parents[2] / "policies"
GIVEN: dict[str, Any] = {"color": "s3cret", "mode": {"deep": UNKNOWN}}


@pytest.mark.parametrize("resource", [resource_server(), client_grant(), permission(scope="read")])
def test_what_passes_on_nothing_passes(resource: Resource) -> None:
    """Most resources say nothing that no rule could judge."""
    assert violations(additional_settings, resource) == []


@pytest.mark.parametrize("given", [GIVEN, Secret({"color": "s3cret", "mode": 1})])
def test_each_is_named_and_its_value_is_not(given: Any) -> None:
    """Names are known where values are not, or are secret."""
    for resource in (
        resource_server(additional_settings=given),
        client_grant(additional_settings=given),
    ):
        color, mode = violations(additional_settings, resource)
        assert "\ncolor in additional_settings is judged by no other rule.\n" in color.message
        assert "\nmode in additional_settings" in mode.message
        assert "s3cret" not in color.message + mode.message


def test_a_name_that_somebody_has_looked_up_passes() -> None:
    """The configuration allows it by Auth0's name, its value known or not."""
    api = resource_server(additional_settings=GIVEN)
    (violation,) = violations(additional_settings, api, allowed=["mode"])
    assert "\ncolor in" in violation.message


@pytest.mark.parametrize("given", [UNKNOWN, "color", ["color"], 1])
def test_what_cannot_be_read_breaks_the_rule(given: Any) -> None:
    """What is not known in preview, or is no object, does not pass."""
    (violation,) = violations(additional_settings, resource_server(additional_settings=given))
    assert "additional_settings" in violation.message


def passing_on() -> None:
    """A program whose API and grant have a setting that no version knows."""
    api = ResourceServer("b", identifier="https://b.example.com", additional_settings={"color": "red"})
    ClientGrant(
        "c",
        client_id=BILLING_CLIENT_ID,
        audience=api.identifier,
        scopes=[],
        additional_settings={"reason": api.id},
    )


def test_nothing_evades_the_pack_that_way(pulumi_program: MakeProgram, tmp_path: Path) -> None:
    """Both are named in a preview, and mandatory the rule stops them before a write."""
    config = tmp_path / "strict.json"
    config.write_text('{"all": "disabled", "additional-settings": "mandatory"}')
    run = pulumi_program(passing_on, policies=[(PACK, config)]).preview(fails=True)
    assert run.violations == {("additional-settings", "b"), ("additional-settings", "c")}
