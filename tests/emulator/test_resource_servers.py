"""Resource servers over HTTP: defaults, merging, refusals, system APIs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from pulumi_auth0_apis.emulator import EmulatedTenant

URL = "/api/v2/resource-servers"
IDENTIFIER = "https://orders.example.com"


def create(api: httpx.Client, **settings: Any) -> dict[str, Any]:
    answer = api.post(URL, json={"identifier": IDENTIFIER} | settings)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["statusCode"] == answer.status_code
    return answer.status_code, body["message"]


def claims(*rules: Any) -> dict[str, Any]:
    return {"identifier": "x", "access_token": {"claims_mapping": {"custom_claims": list(rules)}}}


def test_minimal_api_has_the_recorded_defaults_and_nothing_else(api: httpx.Client) -> None:
    """An API made from its identifier alone answers the recorded keys in the recorded order."""
    answer = api.post(URL, json={"identifier": IDENTIFIER})
    id_ = answer.json()["id"]
    assert answer.text == (
        f'{{"id":"{id_}","identifier":"{IDENTIFIER}","allow_offline_access":false,'
        '"skip_consent_for_verifiable_first_party_clients":false,"subject_type_authorization":{"client":'
        '{"policy":"require_client_grant"},"user":{"policy":"allow_all"}},"token_lifetime":86400,'
        '"token_lifetime_for_web":7200,"signing_alg":"RS256"}'
    )


def test_id_begins_with_the_second_of_creation(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """Ids are 24 hex digits whose first eight are the tenant's time."""
    assert create(api)["id"][:8] == f"{int(tenant.clock()):08x}"


@pytest.mark.parametrize("encode", [1, 2])
def test_an_identifier_is_as_good_as_an_id(api: httpx.Client, encode: int) -> None:
    """Reads, updates and deletes take the identifier, encoded once or twice."""
    kept = create(api)
    path = IDENTIFIER
    for _ in range(encode):
        path = quote(path, safe=":")
    assert api.get(f"{URL}/{path}").json() == kept
    assert api.patch(f"{URL}/{path}", json={"name": "Orders"}).json()["id"] == kept["id"]
    assert api.delete(f"{URL}/{path}").status_code == 204
    assert api.get(f"{URL}/{kept['id']}").status_code == 404


def test_update_merges_one_level_deep(api: httpx.Client) -> None:
    """What is not sent stays, what is sent is replaced whole, and null removes."""
    kept = create(
        api,
        proof_of_possession={"mechanism": "dpop", "required": True, "required_for": "all_clients"},
        consent_policy="transactional-authorization-with-mfa",
    )
    changes = {"proof_of_possession": {"mechanism": "mtls", "required": True}, "consent_policy": None}
    changed = api.patch(f"{URL}/{kept['id']}", json=changes).json()
    del kept["consent_policy"]
    assert changed == kept | {"proof_of_possession": changes["proof_of_possession"]}


def test_scopes_keep_their_order_and_stay_when_emptied(api: httpx.Client) -> None:
    """Scopes come back as sent, and an emptied list is there and empty."""
    scopes = [{"value": "z", "description": ""}, {"value": "a"}]
    kept = create(api, scopes=scopes)
    assert kept["scopes"] == scopes
    assert api.patch(f"{URL}/{kept['id']}", json={"scopes": []}).json()["scopes"] == []


def test_hs256_brings_a_secret_that_outlives_it(api: httpx.Client) -> None:
    """An HS256 API gets a secret of 32 characters, which a switch to RS256 leaves in place."""
    kept = create(api, signing_alg="HS256")
    assert len(kept["signing_secret"]) == 32
    changed = api.patch(f"{URL}/{kept['id']}", json={"signing_alg": "RS256"}).json()
    assert changed == kept | {"signing_alg": "RS256"}


def test_encryption_key_is_read_back_as_its_thumbprint(api: httpx.Client, public_pem: str) -> None:
    """The PEM never comes back; the RFC 7638 thumbprint stands in its place."""
    key = {"name": "k", "alg": "RSA-OAEP-256", "kid": "one", "pem": public_pem}
    kept = create(api, token_encryption={"format": "compact-nested-jwe", "encryption_key": key})
    shown = kept["token_encryption"]["encryption_key"]
    assert list(shown) == ["name", "alg", "kid", "thumbprint_sha256"]
    assert len(shown["thumbprint_sha256"]) == 43
    assert (
        api.patch(f"{URL}/{kept['id']}", json={"token_encryption": None})
        .json()
        .keys()
        .isdisjoint({"token_encryption"})
    )


def test_deleting_is_idempotent_and_takes_the_grants_along(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """A second DELETE is 204 as well, with the content type, and the API's grants are gone."""
    kept = create(api)
    grant = {"client_id": tenant.client_id, "audience": IDENTIFIER, "scope": []}
    id_ = api.post("/api/v2/client-grants", json=grant).json()["id"]
    for _ in range(2):
        answer = api.delete(f"{URL}/{kept['id']}")
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert api.get(f"/api/v2/client-grants/{id_}").status_code == 404
    assert create(api)["id"] != kept["id"]


PAYLOAD = "Payload validation error: "


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, PAYLOAD + "'Missing required property: identifier'."),
        (
            {"identifier": "x", "nmae": "y"},
            PAYLOAD + "'Additional properties not allowed: nmae'.",
        ),
        (
            {"identifier": "x", "name": "a<b"},
            PAYLOAD + "'String does not match pattern ^[^<>]+$: a<b' on property name (Friendly name for this"
            " resource server. Can not contain `<` or `>` characters).",
        ),
        (
            {"identifier": "x", "token_lifetime": 2_592_001},
            PAYLOAD + "'Value 2592001 is greater than maximum 2592000' on property token_lifetime (Expiration"
            " value (in seconds) for access tokens issued for this API from the token endpoint).",
        ),
        (
            {"identifier": "x", "scopes": [{"value": "a"}, {"description": "b"}]},
            PAYLOAD + "'Missing required property: value' on property scopes[1].",
        ),
        ({"identifier": "x", "scopes": [{"value": "a"}, {"value": "a"}]}, "Scopes must be unique"),
        (
            {"identifier": "x", "token_lifetime": 60, "token_lifetime_for_web": 61},
            "token_lifetime_for_web cannot be greater than token_lifetime",
        ),
        (
            {"identifier": "x", "scopes": [{"value": str(n)} for n in range(1_001)]},
            "An API can have at most 1000 scopes",
        ),
        ({"identifier": "x", "allow_online_access_with_ephemeral_sessions": True}, None),
        ({"identifier": "x", "signing_secret": "short"}, None),
        ({"identifier": "x", "signing_alg": "none"}, None),
        (claims({"name": "Sub", "expression": "a.b"}), "The claim name Sub is reserved"),
        (claims(*[{"name": "x", "expression": "a.b"}] * 2), "Custom claims must be unique"),
        (claims({"name": "x", "expression": "a"}), None),
        (claims(*({"name": f"x{n}", "expression": "a.b"} for n in range(21))), None),
        ({"identifier": "x", "token_lifetime_for_anonymous_access_tokens": 86_399}, None),
        ({"identifier": ["x"]}, None),
    ],
)
def test_what_breaks_a_rule_is_refused(api: httpx.Client, settings: Any, message: str | None) -> None:
    """Each broken rule is 400 invalid_body in Auth0's wording, and nothing is kept."""
    answer = api.post(URL, json=settings)
    assert answer.json()["errorCode"] == "invalid_body"
    assert answer.status_code == 400
    assert message in (None, answer.json()["message"])
    assert len(api.get(URL).json()) == 1


def test_a_web_lifetime_that_was_not_sent_may_exceed_the_lifetime(api: httpx.Client) -> None:
    """Only a web lifetime that is sent is compared, as system APIs in recorded traffic exceed theirs."""
    kept = create(api, token_lifetime=300)
    assert kept["token_lifetime_for_web"] == 7200


def test_identifier_cannot_change(api: httpx.Client) -> None:
    """PATCH refuses read-only keys as unknown properties, to the byte of the recorded body's length."""
    kept = create(api)
    answer = api.patch(f"{URL}/{kept['id']}", json={"identifier": "other"})
    assert answer.text == (
        '{"statusCode":400,"error":"Bad Request","message":"Payload validation error: \'Additional properties'
        ' not allowed: identifier\'.","errorCode":"invalid_body"}'
    )


def test_duplicate_identifier_is_a_conflict(api: httpx.Client) -> None:
    """A second API of one identifier is 409 and the first stays as it was."""
    kept = create(api)
    answer = api.post(URL, json={"identifier": IDENTIFIER})
    assert refusal(answer) == (409, "A resource server with the same identifier already exists")
    assert api.get(f"{URL}/{kept['id']}").json() == kept


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_unknown_api_is_404(api: httpx.Client, method: str) -> None:
    """Reading or updating what is not there answers the recorded body."""
    answer = api.request(method, f"{URL}/nowhere", json={})
    assert answer.text == (
        '{"statusCode":404,"error":"Not Found","message":"The resource server does not exist",'
        '"errorCode":"inexistent_resource_server"}'
    )


def test_management_api_is_there_and_stays(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """The Management API comes first in the list, takes few changes and cannot be deleted."""
    management = api.get(URL).json()[0]
    assert (management["identifier"], management["is_system"]) == (tenant.management_audience, True)
    assert list(management["scopes"][0]) == ["description", "value"]
    url = f"{URL}/{management['id']}"
    for name, value in {"name": "Mine", "token_lifetime_for_web": 600}.items():
        assert refusal(api.patch(url, json={name: value})) == (
            400,
            f"Payload validation error: 'Additional properties not allowed: {name}'.",
        )
    for subject in ("client", "anonymous_user"):
        changed = api.patch(url, json={"subject_type_authorization": {subject: {"policy": "deny_all"}}})
        assert refusal(changed) == (400, f"The access of {subject} to the Management API cannot be changed")
    assert api.patch(url, json={"token_lifetime": 3600}).json()["token_lifetime"] == 3600
    assert api.delete(url).status_code == 403


def test_my_account_api_is_special(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """Creating `/me/` makes Auth0's own API: the name sent is ignored, its settings are recorded."""
    made = create(api, identifier=f"{tenant.domain}/me/", name="Mine")
    assert (made["name"], made["is_system"]) == ("Auth0 My Account API", True)
    assert (made["token_lifetime"], made["token_lifetime_for_web"]) == (600, 600)
    assert len(made["scopes"]) == 3
    assert len(api.get(f"{URL}/{made['id']}").json()["scopes"]) == 8
    assert api.delete(f"{URL}/{made['id']}").status_code == 204


def test_express_configuration_api_is_special(api: httpx.Client) -> None:
    """Its web lifetime exceeds its lifetime, and its name cannot change (recorded)."""
    made = create(api, identifier="urn:auth0:express-configure")
    assert (made["token_lifetime"], made["token_lifetime_for_web"]) == (300, 7200)
    assert api.patch(f"{URL}/{made['id']}", json={"name": "Mine"}).status_code == 400


def test_fields_project(api: httpx.Client) -> None:
    """`fields` keeps the keys named, and leaves them out with include_fields=false."""
    kept = create(api, name="Orders")
    url = f"{URL}/{kept['id']}"
    assert api.get(url, params={"fields": "id,name"}).json() == {"id": kept["id"], "name": "Orders"}
    without = api.get(url, params={"fields": "id,name", "include_fields": "false"}).json()
    assert without.keys() == kept.keys() - {"id", "name"}


def test_identifiers_filter(api: httpx.Client) -> None:
    """`identifiers` may be repeated and keeps the order of creation; eleven are too many."""
    for identifier in ("a", "b", "c"):
        create(api, identifier=identifier)
    found = api.get(URL, params={"identifiers": ["c", "a"], "fields": "identifier"}).json()
    assert [one["identifier"] for one in found] == ["a", "c"]
    assert api.get(URL, params={"identifiers": ["x"] * 11}).status_code == 400
