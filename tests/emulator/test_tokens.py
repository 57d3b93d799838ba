"""The token endpoint: tokens as the API's settings say, and its refusals."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from joserfc import jwe, jws, jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from joserfc.jwt import Token

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant, ManualClock

AUDIENCE = "https://orders.example.com"
URL = "/oauth/token"


@pytest.fixture
def form(tenant: EmulatedTenant) -> dict[str, str]:
    """What a machine-to-machine application sends."""
    return {
        "grant_type": "client_credentials",
        "client_id": BILLING_CLIENT_ID,
        "client_secret": tenant.clients.get(BILLING_CLIENT_ID)["client_secret"],
        "audience": AUDIENCE,
    }


def register(tenant: EmulatedTenant, scope: list[str] | None = None, **settings: Any) -> dict[str, Any]:
    """An API with these settings, granted to the billing service with these scopes."""
    scope = ["read:orders", "write:orders"] if scope is None else scope
    api = tenant.resource_servers.create({"identifier": AUDIENCE} | settings)
    grant = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "scope": scope}
    tenant.client_grants.create(grant)
    return api


def keys(api: httpx.Client) -> KeySet:
    return KeySet.import_key_set(api.get("/.well-known/jwks.json").json())


def decode(api: httpx.Client, token: str, algorithm: str = "RS256") -> Token:
    return jwt.decode(token, keys(api), algorithms=[algorithm])


def test_auth0_profile(api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]) -> None:
    """The default is the Auth0 profile, RS256, dated by token_lifetime, with every granted scope."""
    register(tenant, token_lifetime=300)
    answer = api.post(URL, data=form).json()
    now = int(tenant.clock())
    assert {name: answer[name] for name in ("scope", "expires_in", "token_type")} == {
        "scope": "read:orders write:orders",
        "expires_in": 300,
        "token_type": "Bearer",
    }
    token = decode(api, answer["access_token"])
    assert token.header["typ"] == "JWT"
    assert token.claims == {
        "iss": f"{tenant.domain}/",
        "sub": f"{BILLING_CLIENT_ID}@clients",
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 300,
        "scope": "read:orders write:orders",
        "gty": "client-credentials",
        "azp": BILLING_CLIENT_ID,
    }


def test_rfc_9068_profile(api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]) -> None:
    """The RFC 9068 profile is at+jwt, with jti and client_id in the place of azp and gty."""
    register(tenant, token_dialect="rfc9068_profile")
    token = decode(api, api.post(URL, data=form).json()["access_token"])
    assert token.header["typ"] == "at+jwt"
    assert token.claims["client_id"] == BILLING_CLIENT_ID
    assert token.claims["jti"]
    assert token.claims.keys().isdisjoint({"azp", "gty", "permissions"})


@pytest.mark.parametrize("dialect", ["access_token_authz", "rfc9068_profile_authz"])
@pytest.mark.parametrize("enforced", [True, False])
def test_permissions_need_rbac_and_an_authz_dialect(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str], dialect: str, enforced: bool
) -> None:
    """The permissions claim is there with RBAC on and a dialect that adds it, and only then."""
    register(tenant, token_dialect=dialect, enforce_policies=enforced)
    claims = decode(api, api.post(URL, data=form).json()["access_token"]).claims
    assert claims.get("permissions") == (["read:orders", "write:orders"] if enforced else None)


def test_ps256(api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]) -> None:
    """A PS256 API's tokens verify with the same published key."""
    register(tenant, signing_alg="PS256")
    token = api.post(URL, data=form).json()["access_token"]
    public = RSAKey.import_key({n: v for n, v in keys(api).keys[0].as_dict().items() if n != "alg"})
    assert jwt.decode(token, public, algorithms=["PS256"]).header["alg"] == "PS256"


def test_rs512(api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]) -> None:
    """An RS512 API's tokens are signed so."""
    register(tenant, signing_alg="RS512")
    token = api.post(URL, data=form).json()["access_token"]
    assert jws.extract_compact(token.encode()).headers()["alg"] == "RS512"


def test_hs256(api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]) -> None:
    """An HS256 API's tokens verify with the API's own secret."""
    secret = register(tenant, signing_alg="HS256")["signing_secret"]
    token = api.post(URL, data=form).json()["access_token"]
    assert jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"]).claims["aud"] == AUDIENCE


def test_encrypted(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str], private_key: RSAKey, public_pem: str
) -> None:
    """With token_encryption the signed token is nested in a JWE that only the API's key opens."""
    key = {"alg": "RSA-OAEP-256", "kid": "mine", "pem": public_pem}
    register(tenant, token_encryption={"format": "compact-nested-jwe", "encryption_key": key})
    token = api.post(URL, data=form).json()["access_token"]
    opened = jwe.decrypt_compact(token, private_key, algorithms=["RSA-OAEP-256", "A256GCM"])
    header = opened.headers()
    assert {name: header[name] for name in ("alg", "cty", "kid")} == {
        "alg": "RSA-OAEP-256",
        "cty": "JWT",
        "kid": "mine",
    }
    assert opened.plaintext is not None
    assert decode(api, opened.plaintext.decode()).claims["aud"] == AUDIENCE


def test_allow_all_scopes_grants_what_the_api_declares(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]
) -> None:
    """A grant of all scopes follows the API's list."""
    tenant.resource_servers.create({"identifier": AUDIENCE, "scopes": [{"value": "a"}, {"value": "b"}]})
    body = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "allow_all_scopes": True}
    tenant.client_grants.create(body)
    assert api.post(URL, data=form).json()["scope"] == "a b"


def test_a_part_of_the_scopes_may_be_asked_for(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]
) -> None:
    """`scope` narrows the token; the body may be JSON as well."""
    register(tenant)
    answer = api.post(URL, json=form | {"scope": "write:orders"}).json()
    assert answer["scope"] == "write:orders"


REFUSALS: dict[str, tuple[dict[str, str], int, str, str]] = {
    "no grant type": ({"grant_type": ""}, 400, "invalid_request", "Missing required parameter: grant_type"),
    "wrong secret": ({"client_secret": "wrong"}, 401, "access_denied", "Unauthorized"),
    "wrong client": ({"client_id": "nobody"}, 401, "access_denied", "Unauthorized"),
    "another flow": (
        {"grant_type": "password"},
        501,
        "unsupported_grant_type",
        "The sandbox does not model grant type password",
    ),
    "no audience": (
        {"audience": ""},
        403,
        "access_denied",
        "No audience parameter was provided, and no default audience has been configured",
    ),
    "not an assertion": (
        {"client_assertion": "x"},
        400,
        "invalid_request",
        "client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    ),
    "unknown API": ({"audience": "https://x"}, 403, "access_denied", "Service not found: https://x"),
    "scope not granted": (
        {"scope": "read:orders drop:orders"},
        403,
        "access_denied",
        "Client has not been granted scopes: drop:orders",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals(api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str], case: str) -> None:
    """Each refusal has the status, error and words that Auth0's users report."""
    register(tenant)
    changed, status, error, description = REFUSALS[case]
    answer = api.post(URL, data=form | changed)
    assert answer.status_code == status
    assert answer.json() == {"error": error, "error_description": description}


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"grant_type": 1}'])
def test_a_json_body_is_an_object_of_strings(api: httpx.Client, body: bytes) -> None:
    """Anything else in JSON is an invalid request."""
    answer = api.post(URL, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_an_application_may_lack_the_flow(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]
) -> None:
    """An application whose grant types leave client credentials out gets no token."""
    register(tenant)
    tenant.clients.update(BILLING_CLIENT_ID, {"grant_types": ["authorization_code"]})
    answer = api.post(URL, data=form)
    assert (answer.status_code, answer.json()["error"]) == (403, "unauthorized_client")


def test_no_grant_or_denied_by_policy(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]
) -> None:
    """Without a grant, or where the API denies applications, the token is refused."""
    kept = register(tenant)
    policy = {"subject_type_authorization": {"client": {"policy": "deny_all"}}}
    tenant.resource_servers.update(kept["id"], policy)
    denied = api.post(URL, data=form)
    tenant.client_grants.forget_client(BILLING_CLIENT_ID)
    tenant.resource_servers.update(kept["id"], {"subject_type_authorization": {}})
    ungranted = api.post(URL, data=form)
    for answer in (denied, ungranted):
        assert answer.status_code == 403
        assert answer.json()["error_description"].startswith(
            f'Client is not authorized to access "{AUDIENCE}". You need to create a "client-grant"'
        )


def test_a_user_grant_is_not_for_machines(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]
) -> None:
    """A grant of subject type user lets no machine in."""
    tenant.resource_servers.create({"identifier": AUDIENCE})
    body = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "subject_type": "user"}
    tenant.client_grants.create(body)
    assert api.post(URL, data=form).status_code == 403


@pytest.mark.parametrize(
    ("grant", "assigned", "organization", "status"),
    [
        ({}, True, "", 200),
        ({}, True, "acme", 403),
        ({"organization_usage": "deny"}, True, "acme", 403),
        ({"organization_usage": "allow"}, True, "", 200),
        ({"organization_usage": "allow"}, True, "acme", 200),
        ({"organization_usage": "allow"}, False, "acme", 403),
        ({"organization_usage": "allow"}, True, "nowhere", 403),
        ({"organization_usage": "require"}, True, "", 400),
        ({"organization_usage": "require"}, True, "acme", 200),
        ({"organization_usage": "require", "allow_any_organization": True}, False, "acme", 200),
    ],
)
def test_organizations(
    api: httpx.Client,
    tenant: EmulatedTenant,
    form: dict[str, str],
    grant: dict[str, Any],
    assigned: bool,
    organization: str,
    status: int,
) -> None:
    """A token names the organization it is for, where the grant allows one and this is among its own."""
    tenant.resource_servers.create({"identifier": AUDIENCE})
    holder = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE}
    kept = tenant.client_grants.create(holder | grant)
    acme = tenant.organizations.create({"name": "acme"})["id"]
    if assigned:
        tenant.organizations.add_grant(acme, kept["id"])
    answer = api.post(URL, data=form | {"organization": organization})
    assert answer.status_code == status
    if status == 200:
        claims = decode(api, answer.json()["access_token"]).claims
        assert claims.get("org_id") == (acme if organization else None)


@pytest.mark.parametrize(
    ("secret", "status"), [(None, 200), ("wrong", 401), ("", 401)], ids=["right", "wrong", "none"]
)
def test_client_secret_basic(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str], secret: str | None, status: int
) -> None:
    """Id and secret may come in an Authorization header."""
    register(tenant)
    auth = (form.pop("client_id"), form.pop("client_secret") if secret is None else secret)
    form.pop("client_secret", None)
    assert api.post(URL, data=form, auth=auth).status_code == status


@pytest.mark.parametrize("header", ["Basic", "Basic ?", "Basic gICA"])
def test_a_basic_header_that_is_none_authenticates_nobody(
    api: httpx.Client, form: dict[str, str], header: str
) -> None:
    """A header that does not decode is as none at all."""
    body = {"grant_type": "client_credentials", "audience": AUDIENCE}
    assert api.post(URL, data=body, headers={"authorization": header}).status_code == 401


def test_a_rotated_secret_replaces_the_old_one(
    api: httpx.Client, tenant: EmulatedTenant, form: dict[str, str]
) -> None:
    """After rotation the new secret gets a token and the old one does not."""
    register(tenant)
    rotated = api.post(f"/api/v2/clients/{BILLING_CLIENT_ID}/rotate-secret").json()["client_secret"]
    assert api.post(URL, data=form).status_code == 401
    assert api.post(URL, data=form | {"client_secret": rotated}).status_code == 200


def test_discovery_leads_to_the_keys(api: httpx.Client, tenant: EmulatedTenant, clock: ManualClock) -> None:
    """openid-configuration names the issuer of the tokens and the address of the keys."""
    document = api.get("/.well-known/openid-configuration").json()
    assert document["issuer"] == tenant.issuer
    assert api.get(document["jwks_uri"]).json()["keys"][0]["kid"] == keys(api).keys[0].kid
