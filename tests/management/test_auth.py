"""How requests are authenticated."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.errors import CredentialsError
from pulumi_auth0_apis.management.auth import LEEWAY_SECONDS, ClientCredentials, auth_for
from pulumi_auth0_apis.management.settings import ConnectionSettings

from .conftest import Clock, Respond, answer, settings

BY_SECRET = settings(api_token="", client_id="id", client_secret="s3cret")


class Issuer:
    """A tenant that issues tokens named one after the other, and answers with what a request carried."""

    def __init__(self, **token: Any) -> None:
        self.token = token
        self.forms: list[dict[str, list[str]]] = []
        self.refused: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            assert request.headers["content-type"] == "application/x-www-form-urlencoded"
            self.forms.append(parse_qs(request.content.decode()))
            return answer(
                200, {"access_token": f"token-{len(self.forms)}", "expires_in": 86400, **self.token}
            )
        sent = request.headers["authorization"].removeprefix("Bearer ")
        return answer(401 if sent in self.refused else 200, sent)


def connect(respond: Respond, auth: httpx.Auth) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(respond), auth=auth, base_url="https://example.com")


def ask(client: httpx.Client) -> str:
    text: str = client.get("/api/v2/clients").json()
    return text


def test_a_static_token_is_sent_as_it_is() -> None:
    """With a token of the user's nothing is fetched, and a refusal is the answer."""
    issuer = Issuer()
    issuer.refused.add("t0ken")
    with connect(issuer, auth_for(settings())) as client:
        assert client.get("/").status_code == 401
    assert issuer.forms == []


def test_a_token_is_fetched_by_client_credentials() -> None:
    """The token request is the recorded form: client credentials and the Management API's audience."""
    issuer = Issuer()
    with connect(issuer, auth_for(BY_SECRET)) as client:
        assert ask(client) == "token-1"
    assert issuer.forms == [
        {
            "grant_type": ["client_credentials"],
            "client_id": ["id"],
            "client_secret": ["s3cret"],
            "audience": ["https://example.eu.auth0.com/api/v2/"],
        }
    ]


def test_a_token_is_kept_until_shortly_before_it_expires(clock: Clock) -> None:
    """One fetch serves all requests of a token's life, and the next comes a minute early."""
    issuer = Issuer(expires_in=600)
    with connect(issuer, ClientCredentials(BY_SECRET, clock)) as client:
        assert ask(client) == ask(client) == "token-1"
        clock.now += 600 - LEEWAY_SECONDS - 1
        assert ask(client) == "token-1"
        clock.now += 1
        assert ask(client) == "token-2"


def test_threads_share_one_fetch() -> None:
    """Four threads that start together fetch one token."""
    issuer = Issuer()
    together = threading.Barrier(4)
    with connect(issuer, auth_for(BY_SECRET)) as client, ThreadPoolExecutor(4) as threads:
        tokens = threads.map(lambda _: (together.wait(), ask(client))[1], range(4))
    assert set(tokens) == {"token-1"}
    assert len(issuer.forms) == 1


def test_a_refused_token_is_fetched_anew_once() -> None:
    """A token revoked in the middle of a run costs one more fetch; a second refusal is the answer."""
    issuer = Issuer()
    issuer.refused.add("token-1")
    with connect(issuer, auth_for(BY_SECRET)) as client:
        assert ask(client) == "token-2"
        issuer.refused.add("token-2")
        issuer.refused.add("token-3")
        assert client.get("/").status_code == 401
    assert len(issuer.forms) == 3


def test_a_private_key_signs_an_assertion(clock: Clock) -> None:
    """Private-key JWT has the claims that Auth0 documents, signed as the settings say."""
    key = RSAKey.generate_key(2048)
    issuer = Issuer()
    by_key = settings(
        api_token="",
        client_id="id",
        client_assertion_private_key=key.as_pem(private=True).decode(),
        client_assertion_signing_alg="PS256",
    )
    with connect(issuer, ClientCredentials(by_key, clock)) as client:
        ask(client)
    form = issuer.forms[0]
    assert form["client_assertion_type"] == ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
    assert "client_secret" not in form
    token = jwt.decode(form["client_assertion"][0], key, algorithms=["PS256"])
    assert token.claims.pop("jti")
    audience = "https://example.eu.auth0.com/"
    assert token.claims == {"iss": "id", "sub": "id", "aud": audience, "iat": 1000, "exp": 1060}


@pytest.mark.parametrize(
    "text", ["not a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"]
)
def test_a_key_that_is_none_is_named_and_not_shown(text: str) -> None:
    """A malformed key is an error about its setting, without the key in it."""
    auth = auth_for(settings(api_token="", client_id="id", client_assertion_private_key=text))
    with connect(Issuer(), auth) as client, pytest.raises(CredentialsError) as caught:
        ask(client)
    assert "auth0:clientAssertionPrivateKey" in str(caught.value)
    assert text not in str(caught.value)


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (
            answer(401, {"error": "access_denied", "error_description": "Unauthorized"}),
            "access_denied: Unauthorized",
        ),
        (answer(403, {"error": "invalid_grant"}), "answered 403 (invalid_grant)"),
        (httpx.Response(200, text="<html>"), "answered 200. "),
        (answer(200, ["token"]), "answered 200. "),
    ],
)
def test_a_token_that_is_not_issued_is_an_error_of_credentials(response: httpx.Response, said: str) -> None:
    """The error has Auth0's words, the client and the audience, and never the secret."""
    with (
        connect(lambda _: response, auth_for(BY_SECRET)) as client,
        pytest.raises(CredentialsError) as caught,
    ):
        ask(client)
    assert said in str(caught.value)
    assert "the client id and" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_failed_fetch_does_not_block_the_next() -> None:
    """After an error the next request fetches again, from whichever thread."""
    answers = [answer(500), answer(200, {"access_token": "token"}), answer(200, "fine")]
    with connect(lambda _: answers.pop(0), auth_for(BY_SECRET)) as client:
        with pytest.raises(CredentialsError):
            ask(client)
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(ask, client).result() == "fine"


def test_the_settings_choose_the_way(clock: Clock) -> None:
    """A token is used as it is, anything else is exchanged for one."""
    del clock
    resolved = ConnectionSettings.resolve({"auth0:domain": "x.auth0.com", "auth0:apiToken": "t"}, {})
    assert not isinstance(auth_for(resolved), ClientCredentials)
    assert isinstance(auth_for(BY_SECRET), ClientCredentials)
