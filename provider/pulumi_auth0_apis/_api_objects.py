"""The values and nested objects that an API's settings are made of.

The text below a key says what it is; the pages of docs/resources have it from here. Auth0 replaces a nested
object as a whole, so a program gives it as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict

import pulumi

SigningAlg = Literal["RS256", "HS256", "PS256", "RS512"]
TokenDialect = Literal["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
ConsentPolicy = Literal["transactional-authorization-with-mfa"]


class Scope(TypedDict):
    """One permission of an API, as `ResourceServer.scopes` lists them."""

    value: pulumi.Input[str]
    """The permission, such as `read:orders`; no white space."""
    description: NotRequired[pulumi.Input[str]]
    """What it allows, as a user reads it who is asked for consent."""


class EncryptionKey(TypedDict):
    """The public key that access tokens are encrypted to: an RSA key or certificate in PEM.

    Auth0 never reads `pem` back; what it keeps is compared by the key's RFC 7638 thumbprint.
    """

    name: NotRequired[pulumi.Input[str]]
    """Name of the key."""
    alg: pulumi.Input[Literal["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]]
    """Algorithm used to encrypt the token."""
    kid: NotRequired[pulumi.Input[str]]
    """Id of the key."""
    pem: pulumi.Input[str]
    """The RSA public key or certificate, in PEM."""


class TokenEncryption(TypedDict):
    """JSON Web Encryption of access tokens."""

    format: pulumi.Input[Literal["compact-nested-jwe"]]
    """Format of the encrypted token: a signed JWT inside of a compact JWE."""
    encryption_key: pulumi.Input[EncryptionKey]
    """The public key of the API."""


AuthorizationDetail = Mapping[str, Any]
"""One type of rich authorization request that the API takes: `type`, its name, and what else Auth0 takes.

RFC 9396 asks for `type` (section 2) and leaves the rest to the type; the Management API's reference leaves
all of it open.
"""


class ProofOfPossession(TypedDict):
    """Whether access tokens are bound to their sender, and how."""

    mechanism: pulumi.Input[Literal["mtls", "dpop"]]
    """What binds a token: the client's certificate (`mtls`) or a key that it proves to have (`dpop`)."""
    required: pulumi.Input[bool]
    """Whether an application gets no token without it."""
    required_for: NotRequired[pulumi.Input[Literal["public_clients", "all_clients"]]]
    """Which applications it is required for."""


class UserAccess(TypedDict):
    """Which applications may ask for the API in the name of a user."""

    policy: pulumi.Input[Literal["allow_all", "deny_all", "require_client_grant"]]
    """Every application, none, or those with a client grant of subject type `user`."""


class ClientAccess(TypedDict):
    """Which applications may ask for the API in their own name."""

    policy: pulumi.Input[Literal["deny_all", "require_client_grant"]]
    """None, or those with a client grant of subject type `client`."""


class AnonymousAccess(TypedDict):
    """Which applications may ask for the API in the name of a user who has not logged in."""

    policy: pulumi.Input[Literal["deny_all", "require_client_grant"]]
    """None, or those with a client grant for anonymous sessions."""


class SubjectTypeAuthorization(TypedDict):
    """Which applications may ask for the API, by the subject of the token."""

    user: NotRequired[pulumi.Input[UserAccess]]
    """For tokens in the name of a user."""
    client: NotRequired[pulumi.Input[ClientAccess]]
    """For tokens in an application's own name."""
    anonymous_user: NotRequired[pulumi.Input[AnonymousAccess]]
    """For tokens of anonymous sessions (Early Access); `deny_all` while it is left out."""


class AuthorizationPolicy(TypedDict):
    """The authorization policy that guards an API (My Account API)."""

    policy_id: pulumi.Input[str]
    """Id of the policy."""


class CustomClaim(TypedDict):
    """One claim of the access tokens that anonymous sessions get."""

    name: pulumi.Input[str]
    """Its name, in the casing that the token gets; no name that Auth0 or a standard has taken."""
    expression: pulumi.Input[str]
    """The path of its value in the session, such as `anonymous_session.metadata.country`."""


class ClaimsMapping(TypedDict):
    """How values of an anonymous session become claims."""

    custom_claims: pulumi.Input[Sequence[pulumi.Input[CustomClaim]]]
    """The claims, 20 at most; the list is the whole of them."""


class AccessTokenSettings(TypedDict):
    """What the access tokens of an API hold beside the usual."""

    claims_mapping: pulumi.Input[ClaimsMapping]
    """The claims of anonymous sessions."""
