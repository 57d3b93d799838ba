"""The shapes of answers against recorded traffic of the real Management API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.errors import NotFoundError
from pulumi_auth0_apis.management.answers import STATUSES, answer_of
from pulumi_auth0_apis.management.shapes import COLLECTIONS

RECORDINGS = Path(__file__).parents[2].parent / "shared" / "recordings"

pytestmark = pytest.mark.skipif(
    not RECORDINGS.is_dir(), reason="the recordings are not beside the repository"
)


def exchanges() -> Iterator[dict[str, Any]]:
    for recording in sorted(RECORDINGS.rglob("*.jsonl")):
        for line in recording.read_text().splitlines():
            exchange = json.loads(line)
            if exchange.get("path", "").removeprefix("/api/v2/").split("/")[0].split("?")[0] in COLLECTIONS:
                yield {**exchange, "recording": recording.name}


def response_of(exchange: dict[str, Any]) -> httpx.Response:
    path = exchange["path"].replace("%25", "%")  # some of the recorded clients encode twice
    url = f"https://example.eu.auth0.com{path}"
    sent, said = exchange["request"], exchange["response"]
    request = (
        httpx.Request(exchange["method"], url, json=sent) if sent else httpx.Request(exchange["method"], url)
    )
    content = b"" if said in (None, "") else json.dumps(said).encode()
    return httpx.Response(exchange["status"], content=content, request=request)


def test_every_recorded_success_is_an_answer() -> None:
    """No recorded answer of APIs, grants and applications is odd, whatever its year."""
    answered = 0
    for exchange in exchanges():
        if exchange["status"] < 300:
            assert exchange["status"] in STATUSES[exchange["method"]]
            answer_of(response_of(exchange), f"replay {exchange['recording']}#{exchange.get('seq')}")
            answered += 1
    assert answered > 200


def test_every_recorded_404_means_gone() -> None:
    """Each recorded 404, whatever it is about, is told as the API's own."""
    errors = (RECORDINGS / "reference" / "all-distinct-errors.jsonl").read_text().splitlines()
    gone = [body for body in map(json.loads, errors) if body["status"] == 404]
    for exchange in gone:
        with pytest.raises(NotFoundError):
            answer_of(response_of({"request": None, **exchange}), "read it")
    assert len(gone) > 20
