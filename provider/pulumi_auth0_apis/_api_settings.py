"""What an API can be told: every setting of its Settings and Permissions tabs.

Limits and defaults: https://auth0.com/docs/get-started/apis/api-settings and the Management API's reference,
https://auth0.com/docs/api/management/v2/resource-servers; where these are silent, recorded traffic of the
Terraform provider and of Auth0's Deploy CLI.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

import pulumi

from pulumi_auth0_apis._inputs import Setting

SETTINGS_PAGE = "https://auth0.com/docs/get-started/apis/api-settings"
LIMITS_PAGE = "https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy"
DAY = 86_400
WEB_LIFETIME = 7_200
"""Seconds that a token for a browser lives unless it is told (recorded)."""

SigningAlg = Literal["RS256", "HS256", "PS256"]
TokenDialect = Literal["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
ConsentPolicy = Literal["transactional-authorization-with-mfa"]


class Scope(TypedDict):
    """One permission of an API, as `ResourceServer.scopes` lists them."""

    value: pulumi.Input[str]
    description: NotRequired[pulumi.Input[str]]


class EncryptionKey(TypedDict):
    """The public key that access tokens are encrypted to: an RSA key or certificate in PEM.

    Auth0 never reads `pem` back; what it keeps is compared by the key's RFC 7638 thumbprint.
    """

    name: NotRequired[pulumi.Input[str]]
    alg: pulumi.Input[Literal["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]]
    kid: NotRequired[pulumi.Input[str]]
    pem: pulumi.Input[str]


class TokenEncryption(TypedDict):
    """JSON Web Encryption of access tokens."""

    format: pulumi.Input[Literal["compact-nested-jwe"]]
    encryption_key: pulumi.Input[EncryptionKey]


class AuthorizationDetail(TypedDict):
    """One type of rich authorization request (RFC 9396) that the API takes."""

    type: pulumi.Input[str]


class ProofOfPossession(TypedDict):
    """Whether access tokens are bound to their sender, and how."""

    mechanism: pulumi.Input[Literal["mtls", "dpop"]]
    required: pulumi.Input[bool]
    required_for: NotRequired[pulumi.Input[Literal["public_clients", "all_clients"]]]


class UserAccess(TypedDict):
    """Which applications may ask for the API in the name of a user."""

    policy: pulumi.Input[Literal["allow_all", "deny_all", "require_client_grant"]]


class ClientAccess(TypedDict):
    """Which applications may ask for the API in their own name."""

    policy: pulumi.Input[Literal["deny_all", "require_client_grant"]]


class SubjectTypeAuthorization(TypedDict):
    """Which applications may ask for the API, by the subject of the token."""

    user: NotRequired[pulumi.Input[UserAccess]]
    client: NotRequired[pulumi.Input[ClientAccess]]


class AuthorizationPolicy(TypedDict):
    """The authorization policy that guards an API (My Account API)."""

    policy_id: pulumi.Input[str]


SETTINGS = (
    Setting("identifier", str, at_least=1, required=True, on_change="replace", source=SETTINGS_PAGE),
    Setting("name", str, at_least=1, note="without `<` and `>`", on_removal="keep", source=SETTINGS_PAGE),
    Setting("token_lifetime", int, at_least=1, at_most=30 * DAY, unit="s", default=DAY, source=SETTINGS_PAGE),
    Setting(
        "token_lifetime_for_web",
        int,
        at_least=1,
        at_most=30 * DAY,
        unit="s",
        note="not over `token_lifetime`, which it follows while it is unset",
        default=WEB_LIFETIME,
        source=SETTINGS_PAGE,
    ),
    Setting("token_dialect", TokenDialect, default="access_token", source=SETTINGS_PAGE),
    Setting("signing_alg", SigningAlg, default="RS256", on_change="replace", source=SETTINGS_PAGE),
    Setting(
        "signing_secret",
        str,
        at_least=16,
        unit="characters",
        note="HS256 only",
        on_removal="keep",
        secret=True,
    ),
    Setting("token_encryption", TokenEncryption, on_removal="null", source=SETTINGS_PAGE),
    Setting("enforce_policies", bool, default=False, source=SETTINGS_PAGE),
    Setting("skip_consent_for_verifiable_first_party_clients", bool, default=False, source=SETTINGS_PAGE),
    Setting("allow_offline_access", bool, default=False, source=SETTINGS_PAGE),
    Setting("allow_online_access", bool, default=False),
    Setting(
        "allow_online_access_with_ephemeral_sessions",
        bool,
        note="only with `allow_online_access`",
        default=False,
    ),
    Setting(
        "scopes",
        Sequence[Scope],
        at_most=1_000,
        unit="permissions",
        note="values unique",
        default=(),
        on_removal="keep",
        unordered=True,
        source=LIMITS_PAGE,
    ),
    Setting("consent_policy", ConsentPolicy, on_removal="null"),
    Setting("authorization_details", Sequence[AuthorizationDetail], on_removal="null"),
    Setting("proof_of_possession", ProofOfPossession, on_removal="null"),
    Setting(
        "subject_type_authorization",
        SubjectTypeAuthorization,
        default={"user": {"policy": "allow_all"}, "client": {"policy": "require_client_grant"}},
    ),
    Setting("authorization_policy", AuthorizationPolicy, note="My Account API", on_removal="null"),
)

SYSTEM_IDENTIFIER = re.compile(
    r"(https://[^/]+\.auth0\.com|http://(127\.0\.0\.1|localhost)(:\d+)?)/(api/v2|me|my-org)/"
    r"|urn:auth0:express-configure"
)
"""Management API, My Account API and My Organization API, on a sandbox too, and Auth0's template."""
SYSTEM_SETTINGS = frozenset(
    {
        "identifier",
        "token_lifetime",
        "skip_consent_for_verifiable_first_party_clients",
        "proof_of_possession",
        "subject_type_authorization",
        "authorization_policy",
    }
)
"""What Auth0 lets change on its own APIs: the settings that its Deploy CLI and Terraform provider send.

A `name` in a PATCH of one is refused as an unknown property (recorded by the length of the answer's body).
"""
