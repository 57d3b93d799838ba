"""What counts as an answer: the documented status, with a body of the documented shape, about what was asked.

Whatever else comes is not the Management API's, or not one that we understand. It is never taken for done: a
DELETE that a login page answered with 200 has revoked nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx
from pydantic import ValidationError

from pulumi_auth0_apis.management.documents import Object, document
from pulumi_auth0_apis.management.failures import content_type, envelope, refusal, unexpected
from pulumi_auth0_apis.management.shapes import COLLECTIONS, Shape
from pulumi_auth0_apis.management.transport import LOCATION

STATUSES = {"GET": (200,), "POST": (201,), "PATCH": (200, 201), "DELETE": (204,)}
"""The statuses of success. A PATCH is recorded with 200 throughout, while Auth0's OpenAPI document says 201
for APIs: both are documented, and the object in the body is looked at either way."""


class _Odd(Exception):
    """What is odd about an answer, as it follows on `answered 200`."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks, as far as its answer depends on it; `name` is empty for a list."""

    method: str
    collection: str
    name: str
    params: Mapping[str, str]
    sent: Object

    @classmethod
    def of(cls, request: httpx.Request) -> Question:
        path = request.url.raw_path.partition(b"?")[0].decode().removeprefix("/api/v2/")
        collection, _, name = path.partition("/")
        if "/" in name:  # what belongs to an object is a collection of its own
            collection, name = f"{collection}/*/{name.partition('/')[2]}", ""
        sent = json.loads(request.content or b"null")
        return cls(request.method, collection, unquote(name), request.url.params, sent or {})

    @property
    def documented(self) -> str:
        """The status and the body that the API documents, for people."""
        if self.method == "DELETE":
            return "204 without a body"
        if self.method == "POST":
            return "201 with the new object"
        return "200 with the object" if self.name else "200 with a page of the list"

    @property
    def shape(self) -> type[Shape] | None:
        """The shape of the body; None for a collection that is not described."""
        if self.collection not in COLLECTIONS:
            return None
        if self.params.get("include_fields") == "true":  # only some fields, which need not name the object
            return Shape
        shapes = COLLECTIONS[self.collection]
        if self.name or self.method == "POST":
            return shapes.object
        return shapes.checkpoint if "take" in self.params else shapes.page


def answer_of(response: httpx.Response, doing: str) -> Any:
    """The body of a success, None for one without. `doing` completes "Could not …" in the error otherwise.

    Raises UnexpectedAnswerError for what the API does not document, and for what it refuses the
    ManagementError of its status. Only the API's own 404 means that there is no such object.
    """
    question = Question.of(response.request)
    try:
        if response.status_code >= 400:
            raise _refusal(response, doing)
        return _success(question, response)
    except _Odd as odd:
        raise unexpected(response, doing, str(odd), question.documented) from None


def _refusal(response: httpx.Response, doing: str) -> Exception:
    if response.status_code == 404 and (envelope(response) or {}).get("statusCode") != 404:
        return _Odd(f" without the API's own error ({content_type(response)})")
    return refusal(response, doing)


def _success(question: Question, response: httpx.Response) -> Any:
    if response.status_code not in STATUSES.get(question.method, (200,)):
        raise _Odd(_redirect(response) or f" ({content_type(response)})")
    if question.method == "DELETE":
        if response.content:
            raise _Odd(f" with a body ({content_type(response)})")
        return None
    try:
        body = document(response.content)
    except ValueError:
        raise _Odd(f" with a body that is not JSON ({content_type(response)})") from None
    if shape := question.shape:
        _check(question, shape, body)
        return _without_nulls(body) if b"null" in response.content else body
    return body


def _check(question: Question, shape: type[Shape], body: Any) -> None:
    """Refuse a body of another shape, and one that answers another question."""
    try:
        found = shape.model_validate(body)
    except ValidationError as error:
        raise _Odd(f" with an odd body ({_first(error)})") from None
    if question.name and shape.names and question.name not in (getattr(found, n) for n in shape.names):
        raise _Odd(" with another object")
    if question.method == "POST" and any(
        getattr(found, name) != question.sent[name] for name in shape.key if name in question.sent
    ):
        raise _Odd(" with another object")
    if not question.name and _is_another_page(question.params, body):
        raise _Odd(" with another page")


def _is_another_page(params: Mapping[str, str], body: Object) -> bool:
    if "take" in params:
        return "from" in params and body.get("next") == params["from"]
    start = int(params.get("page", 0)) * int(params.get("per_page", 0))
    return bool(body.get("start", start) != start)


def _first(error: ValidationError) -> str:
    """Where a body is odd first, and how; never what stands there."""
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
    reason = problem["msg"].replace("Input should", "should")
    return f"{path.removeprefix('.')}: {reason}" if path else reason


def _without_nulls(body: Object) -> Object:
    """A setting that is null is documented for some, and recorded for none: it is as good as absent."""
    return {
        name: [_without_nulls(item) if isinstance(item, dict) else item for item in value]
        if isinstance(value, list)
        else value
        for name, value in body.items()
        if value is not None
    }


def _redirect(response: httpx.Response) -> str:
    """Where a redirect leads, by its host alone: an address may carry a state or a password."""
    location = response.extensions.get(LOCATION)
    if location is None:
        return ""
    try:
        host = urlsplit(urljoin(str(response.request.url), location)).hostname
    except ValueError:
        host = None
    told = host if location and location.isprintable() and host else "another place"
    return f", a redirect to {told}"
