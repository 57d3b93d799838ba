"""Which tenant an import is about, and states that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.sources import configured_domain, read_state
from pulumi_auth0_apis.management.settings import is_loopback

HALF = {"version": 4, "resources": [{"mode": "managed", "type": "auth0_resource_server", "instances": [{}]}]}
EXPORT = {"deployment": {"resources": [{"urn": "x", "type": "auth0:index/client:Client", "id": "c"}]}}


@pytest.mark.parametrize(
    ("kind", "content", "domain", "told"),
    [
        ("terraform-state", "{", "shop.auth0.com", "cannot be read as JSON"),
        ("terraform-state", json.dumps(HALF), "shop.auth0.com", "is not a whole state.*Export it again"),
        ("terraform-state", json.dumps(HALF), "", "set AUTH0_DOMAIN"),
        ("pulumi-state", json.dumps(EXPORT), "shop.auth0.com", "is not a whole state.*Export it again"),
        ("pulumi-state", json.dumps(EXPORT), "", "does not say which tenant"),
        ("cdktf-state", "{}", "shop.auth0.com", "takes pulumi-state or terraform-state, and not cdktf-state"),
    ],
)
def test_a_state_that_cannot_be_read_says_why(
    tmp_path: Path, kind: str, content: str, domain: str, told: str
) -> None:
    """One paragraph, with the file and the next step, instead of a traceback."""
    file = tmp_path / "state.json"
    file.write_text(content)
    with pytest.raises(ConfigurationError, match=told):
        read_state(kind, file, domain)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A misspelt path is told as that."""
    with pytest.raises(ConfigurationError, match=r"nowhere\.json cannot be read"):
        read_state("pulumi-state", tmp_path / "nowhere.json", "shop.auth0.com")


def test_the_stack_names_the_tenant_before_the_environment(tmp_path: Path) -> None:
    """The environment counts where there is no project yet, in whatever spelling."""
    environment: dict[str, Any] = {"AUTH0_DOMAIN": "https://Shop.eu.auth0.com/"}
    assert configured_domain(tmp_path, "dev", environment) == "shop.eu.auth0.com"
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  auth0:domain: dev.eu.auth0.com\n")
    assert configured_domain(tmp_path, "dev", environment) == "dev.eu.auth0.com"
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  auth0-apis:domain: plugin.eu.auth0.com\n")
    assert configured_domain(tmp_path, "dev", environment) == "plugin.eu.auth0.com"


@pytest.mark.parametrize(
    ("domain", "here"), [("http://127.0.0.1:8080", True), ("[::1]:1", True), ("a.com", False)]
)
def test_a_sandbox_is_on_this_machine(domain: str, here: bool) -> None:
    """Only a tenant on loopback is the local engine's."""
    assert is_loopback(domain) is here
