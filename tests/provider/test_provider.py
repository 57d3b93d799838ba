"""What every provider has in common: no BaseException, nothing unsaid, one tenant per explicit provider."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from pulumi.dynamic import Config, ConfigureRequest

from pulumi_auth0_apis import _api_lifecycle
from pulumi_auth0_apis._dynamic import DynamicProvider
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._lifecycle import TenantRun
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.errors import Auth0ApisError, ConfigurationError
from pulumi_auth0_apis.management import Session, session_for
from pulumi_auth0_apis.resources import resource_server

from .conftest import Kind

ORDERS = "https://orders.example.com"


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt(), KeyError("secret")])
def test_nothing_unexpected_leaves_a_method(
    apis: Kind, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """An exit or a defect becomes an ordinary error without its text: the SDK would hang on the first."""

    def fail(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(_api_lifecycle.ResourceServerProvider, "create", fail)
    with pytest.raises(Auth0ApisError, match=f"Unexpected {type(error).__name__}") as raised:
        apis.create(identifier=ORDERS)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_another_value_than_asked_for_is_told(apis: Kind, said: list[str], session: Session) -> None:
    """Where the tenant keeps something else than asked, the outputs have it and the user hears of it."""
    found = session.resource_servers.create({"identifier": ORDERS, "token_lifetime": 60})
    asked = {"identifier": ORDERS, "token_lifetime": 90}
    provider = apis.provider
    assert isinstance(provider, DynamicProvider)
    run = TenantRun(session, provider.operations.holdings)
    outputs = provider.operations._recorded(run, found, asked, {}, None)
    assert outputs["token_lifetime"] == 60
    assert said == [f"API {ORDERS}: the tenant keeps another value than asked for token_lifetime."]


def test_a_tenant_of_its_own_hears_no_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider with settings of its own works in that tenant, whatever the environment says."""
    monkeypatch.setattr(sys, "tracebacklimit", 1000, raising=False)
    with Sandbox() as other:
        config = {
            "auth0:tenant": "eu",
            "auth0:domain": other.domain,
            "auth0:clientId": other.client_id,
            "auth0:clientSecret": other.client_secret,
        }
        provider = DynamicProvider(resource_server.PROVIDER, Holdings())
        provider.configure(ConfigureRequest(Config(config, "project")))
        made = provider.create({"identifier": ORDERS, "__provider": ""})
        assert session_for(config).resource_servers.get(made.id)["identifier"] == ORDERS
    assert session_for({}).resource_servers.find(ORDERS) is None


def test_a_tenant_without_credentials_takes_none_from_elsewhere(sandbox: Sandbox) -> None:
    """An explicit tenant that lacks its secret is an error, and never uses the environment's."""
    provider = DynamicProvider(resource_server.PROVIDER, Holdings())
    config = {"auth0:tenant": "eu", "auth0:domain": sandbox.domain, "auth0:clientId": sandbox.client_id}
    provider.configure(ConfigureRequest(Config(config, "project")))
    with pytest.raises(ConfigurationError, match="clientSecret"):
        provider.create({"identifier": ORDERS, "__provider": ""})


def test_one_cause_is_told_once(sandbox: Sandbox) -> None:
    """What keeps every resource from the tenant is explained for one of them, and the others point there."""
    config = {
        "auth0:tenant": "eu",
        "auth0:domain": sandbox.domain,
        "auth0:clientId": "x",
        "auth0:clientSecret": "y",
    }
    provider = DynamicProvider(resource_server.PROVIDER, Holdings())
    provider.configure(ConfigureRequest(Config(config, "project")))
    told: list[str] = []
    for name in "abc":
        with pytest.raises(Auth0ApisError) as raised:
            provider.create({"identifier": name, "__provider": ""})
        told.append(str(raised.value))
    assert "Check the client id and secret" in told[0]
    reason = f"Auth0 issued no token for the client x and the audience {sandbox.domain}/api/v2/"
    assert told[1:] == [f"For the reason that another resource tells: {reason}."] * 2
