"""Values that no tenant should send: each is an error of one paragraph, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pulumi_auth0_apis.errors import Auth0ApisError, ConnectionFailedError, CredentialsError
from pulumi_auth0_apis.management.auth import LONGEST_TOKEN_SECONDS
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.transport import LONGEST_WAIT_SECONDS, MOST_WAITS

from .conftest import NONE, Clock, Respond, Script, X, answer, done, patient, refused, settings

MakeClient = Callable[..., ManagementClient]

BY_SECRET = settings(api_token="", client_id="id", client_secret="cl1ent-s3cret")
REQUESTS = [("GET", "x"), ("POST", ""), ("PATCH", "x"), ("DELETE", "x")]
DEEP = "[" * 100_000

CONTENTS = [
    DEEP.encode(),
    b'{"message":' * 100_000,
    b"NaN",
    b'{"id": 1e999}',
    b"1" * 5_000,
    '{"id": "é"}'.encode("latin-1"),
    '{"id": "é"}'.encode("utf-16"),
    b"\x00\xff\xfe",
    b"null",
    b"[]",
    b"7",
    b'"text"',
]
MESSAGES: list[Any] = [{"a": 1}, ["a"], 7, None, True, "", "two\nlines\r\n\tof text", "long " * 100_000]


def one_paragraph(error: Auth0ApisError) -> bool:
    """Whether it is short, on one line, and does not call itself a defect."""
    text = str(error)
    return text.isprintable() and len(text.encode()) <= 4096 and "defect" not in text


def failure(client: ManagementClient, method: str, name: str) -> Auth0ApisError:
    with pytest.raises(Auth0ApisError) as caught:
        client.request(method, f"resource-servers/{name}".rstrip("/"), "do it", json={})
    return caught.value


@pytest.mark.parametrize(("method", "name"), REQUESTS)
@pytest.mark.parametrize("status", [200, 201, 204, 400, 404, 409, 500])
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: ascii(content[:20]))
def test_an_odd_body_is_a_paragraph(
    client: MakeClient, method: str, name: str, status: int, content: bytes
) -> None:
    """Whatever stands in a body, and with whatever status, it is an error of ours."""
    error = failure(client(lambda _: httpx.Response(status, content=content)), method, name)
    assert one_paragraph(error)


@pytest.mark.parametrize("field", ["message", "errorCode", "error", "statusCode"])
@pytest.mark.parametrize("value", MESSAGES, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize("status", [400, 403, 404, 409, 503])
def test_an_odd_refusal_is_a_paragraph(client: MakeClient, status: int, field: str, value: Any) -> None:
    """A message that is no text, or no end of it, leaves the status and the next step to read."""
    envelope = {"statusCode": status, "error": "…", "message": "Because.", "errorCode": "code", field: value}
    error = failure(client(lambda _: answer(status, envelope)), "POST", "")
    assert one_paragraph(error)
    assert f"answered {status}" in str(error)


@pytest.mark.parametrize(("method", "name"), REQUESTS)
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_bad_compression_is_a_paragraph(client: MakeClient, method: str, name: str, encoding: str) -> None:
    """A body that cannot be unpacked is an answer that cannot be read, and leaves a write open."""

    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": encoding}, stream=httpx.ByteStream(b"no"))

    error = failure(client(respond), method, name)
    assert isinstance(error, ConnectionFailedError)
    assert one_paragraph(error)
    assert error.ambiguous is (method != "GET")


def test_a_name_that_is_too_long_for_a_path_is_a_paragraph(client: MakeClient) -> None:
    """What no URL can hold is never sent."""
    script = Script([])
    error = failure(client(script), "DELETE", "x" * 70_000)
    assert one_paragraph(error)
    assert not error.ambiguous
    assert script.requests == []


ODD_NUMBERS = ["-100000", "-1", "1e9", "nan", "inf", "", "soon", "٣", "0x10", "1_000", "9" * 400, "9" * 5_000]


@pytest.mark.parametrize("value", [*ODD_NUMBERS, "0", "999999999999"])
@pytest.mark.parametrize(
    "header", ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"]
)
def test_an_odd_rate_limit_holds_nothing_up(
    client: MakeClient, clock: Clock, header: str, value: str
) -> None:
    """A header that makes no sense, among usual ones, costs a run no time worth mentioning."""
    usual = {"x-ratelimit-limit": "10", "x-ratelimit-remaining": "9", "x-ratelimit-reset": "1001"}
    headers = {**usual, header: value}
    odd = httpx.Response(200, json=NONE, headers=[(k.encode(), v.encode()) for k, v in headers.items()])
    management = client(Script([odd, *(answer(200, NONE, **_named(usual)) for _ in range(5))]))
    for _ in range(6):
        management.request("GET", "resource-servers", "…")
    assert sum(clock.slept) <= 5


@pytest.mark.parametrize("value", ODD_NUMBERS)
@pytest.mark.parametrize("header", ["x-ratelimit-reset", "retry-after"])
def test_a_refusal_with_an_odd_wait_waits_a_second(
    client: MakeClient, clock: Clock, header: str, value: str
) -> None:
    """A time that makes no sense is no time: the request is sent again after a second."""
    raw = [(header.encode(), value.encode())]
    script = Script([httpx.Response(429, headers=raw), done("GET")])
    assert client(script).request("GET", "resource-servers/x", "…") == X
    assert sum(clock.slept) == pytest.approx(1)


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "Mon, 01 Jan 0001 00:00:00 -0000", "Fri, 31 Dec 9999 23:59:59 -2359", "1" * 5_000],
)
def test_an_odd_date_is_no_clock(client: MakeClient, clock: Clock, date: str) -> None:
    """A date that nobody can read does not tell the time, and a far one only until the longest wait."""
    script = Script([refused(429, "…", "…", x_ratelimit_reset="1009", date=date), done("GET")])
    assert client(script).request("GET", "resource-servers/x", "…") == X
    assert sum(clock.slept) <= 120


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in headers.items()}


def token_failure(clock: Clock, respond: Respond) -> CredentialsError:
    with pytest.raises(CredentialsError) as caught:
        ManagementClient(BY_SECRET, patient(respond, clock)).request("GET", "resource-servers", "…")
    return caught.value


@pytest.mark.parametrize(
    "expires_in",
    ["abc", None, "86400", -1, 0, LONGEST_TOKEN_SECONDS + 1, 10**400, 1.5, True, [86400], {}],
    ids=lambda value: ascii(value)[:20],
)
def test_an_odd_lifetime_of_a_token_is_a_paragraph(clock: Clock, expires_in: Any) -> None:
    """A token lives a whole number of seconds, up to the thirty days that Auth0 grants at most."""
    token = {"access_token": "t0ken", "expires_in": expires_in}
    error = token_failure(clock, lambda _: answer(200, token))
    assert one_paragraph(error)
    assert "expires_in" in str(error) or expires_in == 10**400  # which is no JSON
    assert "t0ken" not in str(error)


@pytest.mark.parametrize("seconds", [1, LONGEST_TOKEN_SECONDS])
def test_a_token_may_live_as_long_as_auth0_lets_it(clock: Clock, seconds: int) -> None:
    """Both ends of the range are within it."""
    script = Script([answer(200, {"access_token": "t0ken", "expires_in": seconds}), answer(200, NONE)])
    assert ManagementClient(BY_SECRET, patient(script, clock)).request("GET", "clients", "…") == NONE


@pytest.mark.parametrize(
    "token", ["two\nlines", "a b", "é", "", "\x00", 7, None, ["t0ken"], "x\r\nHost: y"], ids=ascii
)
def test_an_odd_token_is_a_paragraph(clock: Clock, token: Any) -> None:
    """What no header can carry is no token, and is not shown."""
    error = token_failure(clock, lambda _: answer(200, {"access_token": token, "expires_in": 60}))
    assert one_paragraph(error)
    assert "lines" not in str(error)


@pytest.mark.parametrize("status", [200, 302, 400, 404])
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: ascii(content[:20]))
def test_an_odd_answer_to_a_token_request_is_a_paragraph(clock: Clock, status: int, content: bytes) -> None:
    """The token endpoint is believed no more than the API."""
    headers = {"location": "javascript:x"} if status == 302 else {}
    error = token_failure(clock, lambda _: httpx.Response(status, content=content, headers=headers))
    assert one_paragraph(error)
    assert f"answered {status}" in str(error)


@pytest.mark.parametrize("value", MESSAGES, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize("field", ["error", "error_description"])
def test_an_odd_refusal_of_a_token_is_a_paragraph(clock: Clock, field: str, value: Any) -> None:
    """An error that is no text leaves the status and the next step to read."""
    said = {"error": "access_denied", "error_description": "Unauthorized", field: value}
    assert one_paragraph(token_failure(clock, lambda _: answer(403, said)))


def test_an_echo_of_the_token_request_shows_no_secret(clock: Clock) -> None:
    """A refusal that repeats the form, as it was sent or decoded, hides the secret in it."""

    def echo(request: httpx.Request) -> httpx.Response:
        return answer(403, {"error": request.content.decode(), "error_description": "cl1ent-s3cret?"})

    error = token_failure(clock, echo)
    assert "cl1ent-s3cret" not in str(error)
    assert "client_secret=[secret]" in str(error)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
names = [*X, "scopes", "token_encryption", "statusCode", "error", "message", "errorCode"]
documents = st.fixed_dictionaries({}, optional=dict.fromkeys(names, values))
counts = [f"x-ratelimit-{name}" for name in ("limit", "remaining", "reset")]
headers = st.fixed_dictionaries(
    {},
    optional={
        "location": st.sampled_from(["http://[", "javascript:1", "", "//x"]),
        "content-encoding": st.sampled_from(["gzip", "deflate", "x"]),
        "date": st.text(st.characters(max_codepoint=255)),
        **dict.fromkeys(["retry-after", *counts], st.integers().map(str)),
    },
)


@given(
    st.sampled_from(REQUESTS),
    st.sampled_from([200, 201, 204, 302, 400, 403, 404, 429, 500]),
    st.binary() | (values | documents).map(lambda value: json.dumps(value).encode()),
    headers,
)
@examples(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_answers_is_an_answer_or_an_error_of_ours(
    asked: tuple[str, str], status: int, content: bytes, given_headers: dict[str, str]
) -> None:
    """No answer makes anything else leave than the documented document or an error for people."""
    clock, (method, name) = Clock(), asked

    def respond(_: httpx.Request) -> httpx.Response:
        raw = [(key.encode(), value.encode("latin-1")) for key, value in given_headers.items()]
        return httpx.Response(status, headers=raw, stream=httpx.ByteStream(content))

    try:
        found = ManagementClient(settings(), patient(respond, clock)).request(
            method, f"resource-servers/{name}".rstrip("/"), "do it", json={}
        )
    except Auth0ApisError as error:
        assert len(str(error).encode()) <= 4096
    else:
        assert found is None or found["id"]
    assert sum(clock.slept) <= MOST_WAITS * LONGEST_WAIT_SECONDS
