"""What is read from a tenant, and what the filters let through."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, EmulatedTenant
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.found_objects import FoundObjects

from .bench import DOMAIN, found_in


@pytest.fixture
def tenant() -> EmulatedTenant:
    """Two APIs; the billing service has grants on both, the reporting service on one."""
    tenant = EmulatedTenant(DOMAIN)
    for name in ("orders", "users"):
        tenant.resource_servers.create({"identifier": f"https://{name}.example.com"})
        tenant.client_grants.create(
            {"client_id": BILLING_CLIENT_ID, "audience": f"https://{name}.example.com", "scope": []}
        )
    tenant.client_grants.create(
        {"client_id": REPORTING_CLIENT_ID, "audience": "https://users.example.com", "scope": []}
    )
    return tenant


def apis_of(finding: FoundObjects) -> list[str]:
    return [api.identifier for api in finding.apis if api.settings is not None]


def test_auth0s_own_things_are_left_out_with_a_line(tenant: EmulatedTenant) -> None:
    """The Management API, and Pulumi's own grant on it, are named and not brought over."""
    finding = found_in(tenant)
    assert len(apis_of(finding)) == 2 and len(finding.objects) == 3
    assert any("Auth0's own API" in sentence for sentence in finding.left_out)
    assert any("Pulumi's own access" in sentence for sentence in finding.left_out)


def test_an_identifier_pattern_selects_apis_and_their_grants(tenant: EmulatedTenant) -> None:
    """Grants of other APIs stay out."""
    finding = found_in(tenant, identifiers=["https://users.*"])
    assert apis_of(finding) == ["https://users.example.com"] and len(finding.objects) == 2


@pytest.mark.parametrize("who", [REPORTING_CLIENT_ID, "Reporting service"])
def test_an_application_selects_its_grants_and_their_apis(tenant: EmulatedTenant, who: str) -> None:
    """By client id or by name: only what the application may call."""
    finding = found_in(tenant, applications=[who])
    assert apis_of(finding) == ["https://users.example.com"] and len(finding.objects) == 1


def test_a_pattern_that_matches_nothing_is_an_error(tenant: EmulatedTenant) -> None:
    """Each pattern has to match: a slip is no import that is done. The error says what there is."""
    with pytest.raises(
        ConfigurationError, match=r"like https://orders; .*There are: .*https://users\."
    ) as told:
        found_in(tenant, identifiers=["https://users.*", "https://orders"])
    assert "https://users.*" not in str(told.value)


def test_an_application_without_a_grant_is_an_error(tenant: EmulatedTenant) -> None:
    """An application that may call none of the APIs that were asked for brings nothing in."""
    with pytest.raises(ConfigurationError, match=r"has no grant on these APIs .*Leave --application out"):
        found_in(tenant, identifiers=["https://orders.*"], applications=["Reporting service"])


def test_an_unknown_application_is_an_error(tenant: EmulatedTenant) -> None:
    """A misspelt name imports nothing instead of everything."""
    with pytest.raises(ConfigurationError, match="Bulling"):
        found_in(tenant, applications=["Bulling service"])


def test_a_setting_that_no_input_is_for_is_named() -> None:
    """It is left as it is, its value unread, and told once for all that have it."""
    further: dict[str, Any] = {
        "resource-servers": {"color": {}, "updated_at": {}},
        "client-grants": {"reason": {}},
    }
    tenant = EmulatedTenant(DOMAIN, additional_properties=further)
    for name in ("orders", "users"):
        api = {"identifier": f"https://{name}.example.com", "color": "s3cret", "updated_at": "today"}
        tenant.resource_servers.create(api)
    grant = {"client_id": BILLING_CLIENT_ID, "audience": "https://users.example.com", "scope": []}
    id_ = tenant.client_grants.create({**grant, "reason": "s3cret"})["id"]
    told = [sentence for sentence in found_in(tenant).left_out if "no input for it" in sentence]
    assert [sentence.partition(":")[0] for sentence in told] == [
        "The setting color of the APIs https",
        f"The setting reason of the client grant {id_}",
    ]
    assert "https://orders.example.com, https://users.example.com:" in told[0]
    assert "s3cret" not in str(told)
