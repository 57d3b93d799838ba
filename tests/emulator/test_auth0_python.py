"""Auth0's own Python client drives every route that it has for the three families."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from auth0.management import ManagementClient
from auth0.management.client import Auth0
from auth0.management.client_grants.client import ClientGrantsClient
from auth0.management.client_grants.organizations.client import (
    OrganizationsClient as GrantOrganizationsClient,
)
from auth0.management.clients.client import ClientsClient
from auth0.management.clients.connections.client import ConnectionsClient
from auth0.management.clients.credentials.client import CredentialsClient
from auth0.management.core.api_error import ApiError
from auth0.management.organizations.client_grants.client import (
    ClientGrantsClient as OrganizationGrantsClient,
)
from auth0.management.resource_servers.client import ResourceServersClient

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox

AUDIENCE = "https://orders.example.com"


@pytest.fixture(params=["http", "https"])
def auth0(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Auth0]:
    """The client with a token over HTTP, and with credentials over TLS, as it is meant to be used."""
    with Sandbox(tls=request.param == "https") as sandbox:
        if sandbox.certificate is not None:
            monkeypatch.setenv("SSL_CERT_FILE", sandbox.certificate)
        with httpx.Client() as connection:
            yield (
                _with_credentials(sandbox, connection)
                if sandbox.certificate
                else _with_token(sandbox, connection)
            )


def _with_token(sandbox: Sandbox, connection: httpx.Client) -> Auth0:
    url = f"{sandbox.domain}/api/v2"
    return Auth0(base_url=url, token=sandbox.api_token, httpx_client=connection, max_retries=0)


def _with_credentials(sandbox: Sandbox, connection: httpx.Client) -> Auth0:
    client = ManagementClient(
        domain=sandbox.domain.removeprefix("https://"),
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        httpx_client=connection,
    )
    return client._api


def test_resource_servers(auth0: Auth0) -> None:
    """Creates, reads, updates, searches, lists and deletes APIs."""
    apis = auth0.resource_servers
    made = apis.create(
        identifier=AUDIENCE,
        name="Orders",
        scopes=[{"value": "read:orders", "description": "Read"}],
        request_options={"additional_body_parameters": {"token_lifetime_for_web": 600}},
    )
    assert made.id is not None
    assert made.token_lifetime_for_web == 600
    assert apis.update(made.id, token_lifetime=3600).token_lifetime == 3600
    for reference in (made.id, AUDIENCE):
        assert apis.get(reference).name == "Orders"
    assert [api.identifier for api in apis.list(identifiers=[AUDIENCE])] == [AUDIENCE]
    assert [api.id for api in apis.search(q="name:Orders")] == [made.id]
    assert len(list(apis.list(per_page=1))) == 2
    apis.delete(made.id)
    with pytest.raises(ApiError) as refused:
        apis.get(made.id)
    assert refused.value.status_code == 404


def test_client_grants(auth0: Auth0) -> None:
    """Creates, reads, updates, searches, lists and deletes grants."""
    auth0.resource_servers.create(identifier=AUDIENCE)
    grants = auth0.client_grants
    made = grants.create(client_id=BILLING_CLIENT_ID, audience=AUDIENCE, scope=["read:orders"])
    assert made.id is not None
    assert grants.update(made.id, scope=["write:orders"]).scope == ["write:orders"]
    assert grants.get(made.id).scope == ["write:orders"]
    assert [grant.id for grant in grants.list(audience=AUDIENCE)] == [made.id]
    assert len(list(grants.list(take=1))) == 2
    query = f'client_id eq "{BILLING_CLIENT_ID}" and audience sw "https://orders"'
    assert [grant.id for grant in grants.search(q=query, parser="scim")] == [made.id]
    grants.delete(made.id)
    assert list(grants.list(audience=AUDIENCE)) == []


CLAIM = {"name": "country", "expression": "anonymous_session.metadata.country"}
NEW: dict[str, tuple[Any, Any]] = {
    "signing_alg": ("RS512", "PS256"),
    "token_lifetime_for_anonymous_access_tokens": (172_800, None),
    "access_token": ({"claims_mapping": {"custom_claims": [CLAIM]}}, None),
    "subject_type_authorization": (
        {"anonymous_user": {"policy": "require_client_grant"}},
        {"anonymous_user": {"policy": "deny_all"}},
    ),
    "require_consent_non_repudiation": (True, False),
    "authorization_details": ([{"type": "payment", "limits": {"most": [1, 2.5, None]}}], None),
    "verification_location": ("https://a.example.com/keys", "https://b.example.com/keys"),
}
"""What each newer setting is made with and changed to; null clears it."""


@pytest.mark.parametrize("setting", NEW)
def test_newer_settings_of_an_api(auth0: Auth0, setting: str) -> None:
    """Each is created, read and updated as the client sends it, or as an extra field where it has none."""
    apis = auth0.resource_servers
    first, second = NEW[setting]
    known = setting in inspect.signature(apis.create).parameters

    def sent(value: Any) -> dict[str, Any]:
        extra = {"additional_body_parameters": {setting: value}}
        return {setting: value} if known else {"request_options": extra}

    made = apis.create(identifier=AUDIENCE, **sent(first))
    assert made.id is not None
    for answer in (made, apis.get(made.id), next(iter(apis.list(identifiers=[AUDIENCE])))):
        assert answer.model_dump(exclude_unset=True)[setting] == first
    assert apis.update(made.id, **sent(second)).model_dump(exclude_unset=True).get(setting) == second
    assert apis.get(made.id).model_dump(exclude_unset=True).get(setting) == second


def test_grants_of_anonymous_sessions(auth0: Auth0) -> None:
    """A grant of the newest subject type is created, read, found and updated."""
    auth0.resource_servers.create(identifier=AUDIENCE)
    grants = auth0.client_grants
    made = grants.create(
        client_id=BILLING_CLIENT_ID, audience=AUDIENCE, scope=["read"], subject_type="anonymous_user"
    )
    assert made.id is not None
    assert grants.get(made.id).subject_type == "anonymous_user"
    assert [each.id for each in grants.list(subject_type="anonymous_user")] == [made.id]
    assert grants.update(made.id, scope=["write"]).scope == ["write"]


def test_clients_and_credentials(auth0: Auth0, public_pem: str) -> None:
    """Creates, reads, updates, searches, lists and deletes applications and their keys."""
    clients = auth0.clients
    made = clients.create(name="Reports", app_type="non_interactive")
    assert made.client_id is not None
    assert clients.update(made.client_id, description="Monthly").description == "Monthly"
    assert clients.get(made.client_id).name == "Reports"
    assert clients.rotate_secret(made.client_id).client_secret != made.client_secret
    assert made.client_id in [client.client_id for client in clients.list(app_type="non_interactive")]
    assert [client.client_id for client in clients.search(q="name:Reports")] == [made.client_id]
    keys = clients.credentials
    key = keys.create(made.client_id, credential_type="public_key", name="k", pem=public_pem)
    assert key.id is not None
    assert keys.get(made.client_id, key.id).kid == key.kid
    assert [each.id for each in keys.list(made.client_id)] == [key.id]
    expiry = datetime(2030, 1, 1, tzinfo=UTC)
    assert keys.update(made.client_id, key.id, expires_at=expiry).expires_at == expiry
    assert list(clients.connections.get(made.client_id)) == []
    keys.delete(made.client_id, key.id)
    clients.delete(made.client_id)
    with pytest.raises(ApiError):
        clients.get(made.client_id)


def test_organizations_of_a_grant(auth0: Auth0) -> None:
    """Assigns a grant to an organization and takes it away again."""
    auth0.resource_servers.create(identifier=AUDIENCE)
    grant = auth0.client_grants.create(client_id=BILLING_CLIENT_ID, audience=AUDIENCE, scope=[])
    organization = auth0.organizations.create(name="acme")
    assert grant.id is not None
    assert organization.id is not None
    assigned = auth0.organizations.client_grants
    assigned.create(organization.id, grant_id=grant.id)
    assert [each.id for each in assigned.list(organization.id)] == [grant.id]
    assert [each.id for each in auth0.client_grants.organizations.list(grant.id)] == [organization.id]
    assigned.delete(organization.id, grant.id)
    assert list(assigned.list(organization.id)) == []


def test_metadata_documents_are_not_modelled(auth0: Auth0) -> None:
    """The two routes that would fetch an application's description from elsewhere say 501."""
    document = "https://client.example.com/metadata.json"
    for call in (auth0.clients.preview_cimd_metadata, auth0.clients.register_cimd_client):
        with pytest.raises(ApiError) as refused:
            call(external_client_id=document)
        assert refused.value.status_code == 501
        assert "The sandbox does not model POST /api/v2/clients/cimd/" in str(refused.value.body)


def test_no_route_is_left_out() -> None:
    """The tests above call every method that the client has for the three families and their relations."""
    source = Path(__file__).read_text()
    families = (
        (ResourceServersClient, "apis"),
        (ClientGrantsClient, "grants"),
        (ClientsClient, "clients"),
        (CredentialsClient, "keys"),
        (ConnectionsClient, "clients.connections"),
        (GrantOrganizationsClient, "auth0.client_grants.organizations"),
        (OrganizationGrantsClient, "assigned"),
    )
    methods = {
        f"{name}.{method}"
        for family, name in families
        for method, _ in inspect.getmembers(family, inspect.isfunction)
        if not method.startswith("_")
    }
    assert [each for each in sorted(methods) if each not in source] == []
