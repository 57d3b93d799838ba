"""Error answers of the tenant.

Refusal
├── ApiError      the Management API's envelope: statusCode, error, message, errorCode
│   └── AuthenticationError    401, with attributes
└── OAuthError    the Authentication API's envelope: error, error_description

Bodies marked *recorded* were seen in recorded traffic of Auth0's public clients, to the byte. The others
follow the public documentation, because no public recording holds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class ErrorAnswer(Exception):
    """An answer of 4xx or 5xx, raised where the rule is and formatted at the door."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The JSON body, keys in the order of the wire."""
        raise NotImplementedError


class ApiError(ErrorAnswer):
    """A refusal of the Management API; `code` is its errorCode, absent from the body when None."""

    def __init__(
        self, status: int, message: str, code: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, message, headers)
        self.code = code

    def body(self) -> dict[str, Any]:
        reason = HTTPStatus(self.status).phrase
        body = {"statusCode": self.status, "error": reason, "message": self.message}
        return body if self.code is None else body | {"errorCode": self.code}


class AuthenticationError(ApiError):
    """401 of a token that is not good, in the shape of https://community.auth0.com/t/11660."""

    def __init__(self, message: str) -> None:
        super().__init__(401, message)

    def body(self) -> dict[str, Any]:
        return super().body() | {"attributes": {"error": self.message}}


class OAuthError(ErrorAnswer):
    """A refusal of the token endpoint, in the shape of RFC 6749 section 5.2."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(status, description)
        self.error = error

    def body(self) -> dict[str, Any]:
        return {"error": self.error, "error_description": self.message}


def invalid_body(message: str) -> ApiError:
    """400 of a request body that breaks a rule (recorded: business rules use the same errorCode)."""
    return ApiError(400, message, "invalid_body")


def missing_authentication() -> ApiError:
    """401 of a call without a token: the words of hapi, which Auth0's other 401 bodies share."""
    return ApiError(401, "Missing authentication")


def too_many_entities() -> ApiError:
    """403 at a plan's entity limit, as users report it."""
    return ApiError(
        403, "You reached the limit of entities of this type for this tenant.", "too_many_entities"
    )


def unknown_audience(audience: str) -> ApiError:
    """404 of a grant for an API that is not there (https://github.com/auth0/auth0-deploy-cli/issues/59)."""
    return ApiError(404, f"No resource with identifier {audience}", "inexistent_resource_server")


def unknown_grant_holder() -> ApiError:
    """404 of a grant to a client that is not there (https://github.com/auth0/auth0-deploy-cli/issues/144)."""
    return ApiError(404, "Client not found", "inexistent_client")


def resource_server_conflict() -> ApiError:
    """409 of an identifier that is taken; users report the errorCode, the sentence is not recorded."""
    return ApiError(
        409, "A resource server with the same identifier already exists", "resource_server_conflict"
    )


def client_grant_conflict(holder: str, audience: str) -> ApiError:
    """409 of a second grant (https://github.com/auth0/terraform-provider-auth0/issues/255)."""
    return ApiError(
        409, f"A client grant already exists between {holder} and {audience}", "client_grant_conflict"
    )


def inexistent_resource_server() -> ApiError:
    """404, recorded; without a full stop, unlike the grant's."""
    return ApiError(404, "The resource server does not exist", "inexistent_resource_server")


def inexistent_client_grant() -> ApiError:
    """404, recorded; with a full stop."""
    return ApiError(404, "The grant does not exist.", "inexistent_client_grant")


def inexistent_client() -> ApiError:
    """404, recorded."""
    return ApiError(404, "The client does not exist", "inexistent_client")


def inexistent_organization() -> ApiError:
    """404, recorded; it carries no errorCode."""
    return ApiError(404, "No organization found by that id or name")


def inexistent_credential() -> ApiError:
    """404 of a client's credential."""
    return ApiError(404, "The credential does not exist", "inexistent_credential")


def organization_conflict() -> ApiError:
    """409 of an organization's name."""
    return ApiError(409, "An organization with this name already exists.", "organization_conflict")


def organization_grant_conflict() -> ApiError:
    """409 of a grant that the organization has already."""
    return ApiError(409, "The grant is already assigned to the organization.", "grant_conflict")


def insufficient_scope(scopes: tuple[str, ...]) -> ApiError:
    """403, recorded."""
    return ApiError(403, f"Insufficient scope, expected any of: {','.join(scopes)}", "insufficient_scope")


def not_modelled(method: str, path: str) -> ApiError:
    """501 of a route that Auth0 has, or may have, and the sandbox does not."""
    return ApiError(501, f"The sandbox does not model {method} {path}", "not_modelled")
