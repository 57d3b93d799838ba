"""What a look-up finds: objects of the tenant, whose settings are attributes, and keys as well.

And what it says where it finds nothing, or cannot ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_auth0_apis.errors import CredentialsError, NotFoundError


class Found:
    """An object as the tenant tells it. `vars` of it is a dict, the caller's own to change.

    A setting that the class names and the tenant did not tell is None as an attribute, and no key. What the
    tenant tells beyond that is a key as well. Raises AttributeError for a name that the class does not have
    and KeyError for what was not told.

    It is no dict itself: `Output.all` makes another dict of each that it meets, without its attributes.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        vars(self).update(told)

    if not TYPE_CHECKING:  # a type checker knows the attributes, and is to refuse any other

        def __getattr__(self, name: str) -> Any:
            if name in type(self).__annotations__:
                return None
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}", name=name, obj=self)

    def __getitem__(self, name: str) -> Any:
        return vars(self)[name]

    def __contains__(self, name: object) -> bool:
        return name in vars(self)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment] # it may be changed

    def __repr__(self) -> str:
        return f"{type(self).__name__}({vars(self)})"


class ResourceServerResult(Found):
    """An API, without its signing secret."""

    id: str
    identifier: str
    name: str | None
    token_lifetime: int
    token_lifetime_for_web: int
    token_lifetime_for_anonymous_access_tokens: int | None
    token_dialect: str | None
    signing_alg: str
    token_encryption: dict[str, Any] | None
    enforce_policies: bool | None
    skip_consent_for_verifiable_first_party_clients: bool
    allow_offline_access: bool
    allow_online_access: bool | None
    allow_online_access_with_ephemeral_sessions: bool | None
    proof_of_possession: dict[str, Any] | None
    subject_type_authorization: dict[str, Any]
    scopes: list[dict[str, Any]] | None
    consent_policy: str | None
    require_consent_non_repudiation: bool | None
    authorization_details: list[dict[str, Any]] | None
    authorization_policy: dict[str, Any] | None
    access_token: dict[str, Any] | None
    verification_location: str | None
    is_system: bool | None
    """True for the APIs of Auth0's own, such as the Management API."""


class ClientGrantResult(Found):
    """A client grant; its permissions are named `scopes`, as `ClientGrant` names them."""

    id: str
    client_id: str | None
    default_for: str | None
    audience: str
    subject_type: str
    scopes: list[str] | None
    allow_all_scopes: bool | None
    organization_usage: str | None
    allow_any_organization: bool | None
    authorization_details_types: list[str] | None
    is_system: bool | None
    """True for grants that Auth0 itself made and nobody can change."""


class ClientResult(Found):
    """An application, without its secrets. Its many other settings are keys, by Auth0's names.

    Fact: https://auth0.com/docs/api/management/v2/clients/get-clients
    """

    client_id: str
    """Its id."""
    name: str | None
    """Its name, which another application may have as well."""
    description: str | None
    """What it is for."""
    app_type: str | None
    """What kind of application it is, such as `non_interactive`."""
    is_first_party: bool | None
    """Whether it is the tenant's own."""
    grant_types: list[str] | None
    """The grant types that it may use."""
    token_endpoint_auth_method: str | None
    """How it authenticates for a token."""
    client_metadata: dict[str, str] | None
    """What its owners note of it."""


def no_such_api(error: NotFoundError, identifier: str) -> NotFoundError:
    """The error of a look-up by an identifier that no API of the tenant has."""
    return error.restated(
        f"The tenant has no API of the identifier {identifier}.",
        "Identifiers are compared to the letter, a slash at the end included; an API that this program makes "
        "is there after the first update.",
    )


def needs_credentials(error: CredentialsError) -> CredentialsError:
    """The error of a look-up that cannot ask: a preview of resources needs no credentials."""
    because = f"{error.problem} A look-up reads the tenant, in a preview too."
    return CredentialsError(because, error.next_step)
