"""An operation of the tenant: the one description that routing, checks and OpenAPI share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pulumi_auth0_apis.emulator.authentication import AccessToken
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.schemas import Schema
from pulumi_auth0_apis.emulator.validation import Validator


@dataclass(frozen=True, slots=True)
class CheckedRequest:
    """A request that passed every check: path parameters and typed query, and the body where there is one."""

    path: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]
    token: AccessToken


@dataclass(frozen=True)
class HttpOperation:
    """One verb on one path of the Management API."""

    method: str
    path: str
    """With parameters in braces, as in the API reference: `/api/v2/client-grants/{id}`."""
    summary: str
    scopes: tuple[str, ...]
    """Any one of these lets a token in."""
    handle: Callable[[EmulatedTenant, CheckedRequest], Any]
    """Returns the JSON of the answer, None for no content."""
    query: Schema
    status: int = 200
    body: Schema | None = None
    answer: Schema | None = None
    """What an answer of success is, one item of it where `items` names a list."""
    items: str | None = None
    """The name of the list in an answer that comes in pages."""
    query_validator: Validator = field(init=False)
    body_validator: Validator | None = field(init=False)

    def __post_init__(self) -> None:
        query = Validator(self.query, "Query", "invalid_query_string")
        object.__setattr__(self, "query_validator", query)
        object.__setattr__(self, "body_validator", Validator(self.body) if self.body else None)

    @property
    def route(self) -> str:
        """The operation's name in counts and logs: `GET /api/v2/client-grants/{id}`."""
        return f"{self.method} {self.path}"
