"""What an answer that is no success becomes."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from pulumi_auth0_apis.errors import (
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    ForbiddenError,
    ManagementError,
    NotFoundError,
    RateLimitError,
    ServerError,
    UnauthorizedError,
    UnexpectedAnswerError,
)
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.failures import CAUSES, NOT_SENT
from pulumi_auth0_apis.management.transport import MOST_FAILURES

from .conftest import Clock, Respond, Script, answer, patient, refused, settings

MakeClient = Callable[..., ManagementClient]
DOING = 'create the API "https://orders.example.com"'


def every_subclass(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(every_subclass(child) for child in kind.__subclasses__()))


TRANSPORT_ERRORS = sorted(
    every_subclass(httpx.TransportError) | {httpx.DecodingError}, key=lambda kind: kind.__name__
)


def failure(client: MakeClient, respond: Respond, method: str = "POST", json: object = None) -> Exception:
    with pytest.raises((ManagementError, ConnectionFailedError)) as caught:
        client(respond).request(method, "resource-servers", DOING, json=json)
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, UnauthorizedError),
        (402, ManagementError),
        (403, ForbiddenError),
        (404, NotFoundError),
        (409, ConflictError),
        (429, RateLimitError),
        (500, ServerError),
        (524, ServerError),
    ],
)
def test_a_status_is_its_most_specific_class(
    client: MakeClient, status: int, kind: type[ManagementError]
) -> None:
    """The class tells the status; its message is a paragraph of doing, place, answer and next step."""
    error = failure(client, lambda _: refused(status, "Because.", "some_code"))
    assert type(error) is kind
    assert str(error) == (
        f'Could not create the API "https://orders.example.com": POST /api/v2/resource-servers answered '
        f"{status} some_code: Because. {kind.usual_step}"
    )
    assert (error.status, error.error_code, error.reason) == (status, "some_code", "Because.")
    assert (error.method, error.path) == ("POST", "/api/v2/resource-servers")


def test_a_missing_scope_is_named_with_the_place_to_grant_it(client: MakeClient) -> None:
    """403 with Auth0's recorded sentence says which scope to grant, and where."""
    reason = "Insufficient scope, expected any of: create:resource_servers"
    error = failure(client, lambda _: refused(403, reason, "insufficient_scope"))
    assert "Grant create:resource_servers on the Management API to the application" in str(error)


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (httpx.Response(502, text="<html>Bad gateway", headers={"content-type": "text/html"}), "text/html"),
        (httpx.Response(400, content=b""), "no content type"),
        (answer(400, ["not", "an", "object"]), "not what the Management API sends"),
        (answer(401, {"error": "Unauthorized"}), "answered 401: Unauthorized. "),
    ],
)
def test_an_answer_that_is_not_auth0s_is_told_as_such(
    client: MakeClient, response: httpx.Response, said: str
) -> None:
    """A proxy's page or an envelope with parts missing still makes one clear paragraph."""
    assert said in str(failure(client, lambda _: response))


def test_a_secret_that_auth0_quotes_is_masked(client: MakeClient) -> None:
    """An answer may repeat what was sent; secrets of the request do not reach the message."""
    body = {"signing_secret": "hushhush", "token_encryption": {"encryption_key": {"pem": "PEM"}}}
    reason = "Payload validation error: 'String is too short: hushhush' on signing_secret; PEM"
    error = failure(client, lambda _: refused(400, reason, "invalid_body"), json=body)
    assert "String is too short: [secret]" in str(error)
    assert "PEM" not in str(error)


def test_a_success_without_json_is_an_error(client: MakeClient) -> None:
    """A captive portal answers 200 with a page: that is not the tenant's answer."""
    error = failure(client, lambda _: httpx.Response(200, text="<html>"))
    assert type(error) is UnexpectedAnswerError
    assert "check auth0:domain and the proxy" in str(error)


@pytest.mark.parametrize("kind", TRANSPORT_ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_of_httpx_is_mapped(client: MakeClient, kind: type[httpx.RequestError]) -> None:
    """No transport error of httpx leaves as itself, and each says whether the request may have arrived."""

    def respond(_: httpx.Request) -> httpx.Response:
        raise kind("why")

    error = failure(client, respond)
    assert isinstance(error, ConnectionFailedError)
    assert error.ambiguous is not issubclass(kind, NOT_SENT)
    assert ("It may have been carried out." in str(error)) is error.ambiguous
    cause = next(text for parent, text in CAUSES.items() if issubclass(kind, parent))
    assert f"example.eu.auth0.com {cause} ({kind.__name__}: why)" in str(error)


def test_a_read_that_fails_is_never_ambiguous(client: MakeClient) -> None:
    """A read changes nothing, whether it arrived or not."""

    def respond(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    error = failure(client, respond, method="GET")
    assert isinstance(error, ConnectionFailedError)
    assert not error.ambiguous


def test_a_lost_token_leaves_no_write_open(clock: Clock) -> None:
    """While the token is fetched the write has not been sent, so nothing can have come of it."""
    by_secret = settings(api_token="", client_id="id", client_secret="s3cret")
    script = Script([httpx.ReadTimeout("slow")] * (MOST_FAILURES + 1))
    error = failure(lambda respond: ManagementClient(by_secret, patient(respond, clock)), script)
    assert isinstance(error, ConnectionFailedError)
    assert error.path == "/oauth/token"
    assert not error.ambiguous
    assert "carried out" not in str(error)
