"""How a request proves who sends it: a token fetched once and kept, or a token that was given."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import httpx

from pulumi_auth0_apis.errors import CredentialsError
from pulumi_auth0_apis.management.failures import envelope, quoted
from pulumi_auth0_apis.management.settings import TOKEN, ConnectionSettings

LEEWAY_SECONDS = 60
"""A token is fetched anew this long before it expires."""

LONGEST_TOKEN_SECONDS = 2_592_000
"""Thirty days: Auth0 lets no access token live longer (Auth0 docs, "Update Access Token Lifetime")."""

USUAL_TOKEN_SECONDS = 86_400
"""A Management API token's life, where the answer does not tell it."""

ASSERTION_LIFETIME_SECONDS = 60
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

Flow = Generator[httpx.Request, httpx.Response, None]


class StaticToken(httpx.Auth):
    """A Management API token that the user fetched."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Flow:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class ClientCredentials(httpx.Auth):
    """The client credentials grant, by secret or by private key.

    The token is fetched by the first request and kept until shortly before it expires. Requests on other
    threads wait for that one fetch. A token that Auth0 no longer accepts (401) is fetched anew once.
    """

    requires_response_body = True

    def __init__(self, settings: ConnectionSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._expires_at = 0.0

    def sync_auth_flow(self, request: httpx.Request) -> Flow:
        token = yield from self._current("")
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code == 401:
            token = yield from self._current(token)
            request.headers["Authorization"] = f"Bearer {token}"
            yield request

    def _current(self, rejected: str) -> Generator[httpx.Request, httpx.Response, str]:
        """The token, fetched where there is none, it expires, or it is the one that was `rejected`."""
        with self._lock:
            if self._token in ("", rejected) or self._clock() >= self._expires_at - LEEWAY_SECONDS:
                response = yield self._token_request()
                response.read()
                self._keep(response)
            return self._token

    def _token_request(self) -> httpx.Request:
        settings = self._settings
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.client_id,
            "audience": settings.audience,
        }
        if settings.client_secret:
            form["client_secret"] = settings.client_secret
        else:
            form |= {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self._assertion()}
        return httpx.Request("POST", f"{settings.base_url}/oauth/token", data=form)

    def _assertion(self) -> str:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import RSAKey

        settings, now = self._settings, int(self._clock())
        alg = settings.client_assertion_signing_alg
        claims = {
            "iss": settings.client_id,
            "sub": settings.client_id,
            "aud": f"{settings.base_url}/",
            "iat": now,
            "exp": now + ASSERTION_LIFETIME_SECONDS,
            "jti": secrets.token_urlsafe(16),
        }
        try:
            key = RSAKey.import_key(settings.client_assertion_private_key)
            return jwt.encode({"alg": alg}, claims, key, algorithms=[alg])
        except (JoseError, ValueError, TypeError):
            raise CredentialsError(
                "auth0:clientAssertionPrivateKey (AUTH0_CLIENT_ASSERTION_PRIVATE_KEY) is not a private RSA "
                "key in PEM format.",
                "Set it to the whole file, with its BEGIN and END lines.",
            ) from None

    def _keep(self, response: httpx.Response) -> None:
        body = envelope(response) or {}
        token, seconds = body.get("access_token"), body.get("expires_in", USUAL_TOKEN_SECONDS)
        if response.status_code != 200 or not isinstance(token, str):
            raise _no_token(self._settings, response, body)
        if odd := _odd(token, seconds):
            raise CredentialsError(
                f"Auth0 issued a token that cannot be used: {odd}.",
                "Something between here and Auth0 may have answered instead: check auth0:domain and the "
                "proxy, and run again.",
            )
        self._token = token
        self._expires_at = self._clock() + seconds


def _odd(token: str, seconds: Any) -> str:
    if not TOKEN.fullmatch(token):
        return "its access_token is none that a header can carry"
    if type(seconds) is not int or not 1 <= seconds <= LONGEST_TOKEN_SECONDS:
        return f"its expires_in is no whole number of seconds from 1 to {LONGEST_TOKEN_SECONDS:,}"
    return ""


def _no_token(
    settings: ConnectionSettings, response: httpx.Response, body: dict[str, Any]
) -> CredentialsError:
    texts = [body[key] for key in ("error", "error_description") if isinstance(body.get(key), str)]
    said = quoted(": ".join(filter(None, texts)), response.request)
    proof = (
        "the client id and secret"
        if settings.client_secret
        else "the client id, that the public half of the key is a credential of this application for "
        f"{settings.client_assertion_signing_alg} and has not expired (Dashboard: Applications → "
        "Credentials), that this machine's clock is right"
    )
    return CredentialsError(
        f"Auth0 issued no token for the client {settings.client_id} and the audience {settings.audience}: "
        f"POST /oauth/token answered {response.status_code}{f' ({said})' if said else ''}.",
        f"Check {proof}, and that the application is authorized for the Auth0 Management API "
        "(Dashboard: Applications → APIs → Auth0 Management API → Machine to Machine Applications).",
    )


def auth_for(settings: ConnectionSettings) -> httpx.Auth:
    """The way of authentication that `settings` hold credentials for."""
    return StaticToken(settings.api_token) if settings.api_token else ClientCredentials(settings)
