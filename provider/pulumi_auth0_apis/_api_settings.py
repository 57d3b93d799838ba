"""The inputs of an API: every setting of its Settings and Permissions tabs.

Limits and defaults: https://auth0.com/docs/get-started/apis/api-settings and the Management API's reference,
https://auth0.com/docs/api/management/v2/resource-servers; where these are silent, recorded traffic of the
Terraform provider and of Auth0's Deploy CLI.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pulumi_auth0_apis._api_objects import (
    AccessTokenSettings,
    AuthorizationDetail,
    AuthorizationPolicy,
    ConsentPolicy,
    ProofOfPossession,
    Scope,
    SigningAlg,
    SubjectTypeAuthorization,
    TokenDialect,
    TokenEncryption,
)
from pulumi_auth0_apis._inputs import Setting

SETTINGS_PAGE = "https://auth0.com/docs/get-started/apis/api-settings"
LIMITS_PAGE = "https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy"
ANONYMOUS_PAGE = (
    "https://auth0.com/docs/manage-users/sessions/anonymous-sessions/configure-anonymous-sessions"
)
CLAIMS_PAGE = f"{ANONYMOUS_PAGE.rpartition('/')[0]}/configure-custom-claims-for-anonymous-sessions"
TERRAFORM_PAGE = "https://registry.terraform.io/providers/auth0/auth0/latest/docs/resources/resource_server"
"""The limits of anonymous sessions, and what becomes of a setting that is taken out, where Auth0's own pages
are silent."""
MAX_CLAIMS = 20
"""Custom claims of one API (TERRAFORM_PAGE)."""
DAY = 86_400
WEB_LIFETIME = 7_200
"""Seconds that a token for a browser lives unless it is told (recorded)."""

SETTINGS = (
    Setting(
        "identifier",
        str,
        label="Identifier",
        description="Unique identifier of the API, and the audience of its tokens. A URL is recommended; it "
        "need not be reachable, since Auth0 never calls it. It cannot be modified once it is set.",
        at_least=1,
        unit="character",
        required=True,
        on_change="replace",
        source=SETTINGS_PAGE,
    ),
    Setting(
        "name",
        str,
        label="Name",
        description="Friendly name of the API. It does not affect any functionality.",
        at_least=1,
        unit="character",
        note="without `<` and `>`",
        on_removal="keep",
        source=SETTINGS_PAGE,
    ),
    Setting(
        "token_lifetime",
        int,
        label="Maximum Access Token Lifetime",
        description="Time in seconds before an access token for the API expires.",
        at_least=1,
        at_most=30 * DAY,
        unit="s",
        answered=True,
        default=DAY,
        source=SETTINGS_PAGE,
    ),
    Setting(
        "token_lifetime_for_web",
        int,
        label="Implicit / Hybrid Flow Access Token Lifetime",
        description="Time in seconds before an access token expires that was issued in an implicit or hybrid "
        "flow, where it passes through the browser.",
        at_least=1,
        at_most=30 * DAY,
        unit="s",
        note="not over `token_lifetime`, which it follows while it is unset",
        answered=True,
        default=WEB_LIFETIME,
        source=SETTINGS_PAGE,
    ),
    Setting(
        "token_lifetime_for_anonymous_access_tokens",
        int,
        label="Anonymous Access Token Lifetime",
        description="Time in seconds before an access token of an anonymous session expires (Early Access). "
        "Auth0 does not say what it is while it is unset.",
        at_least=DAY,
        at_most=30 * DAY,
        unit="s",
        on_removal="null",
        source=TERRAFORM_PAGE,
    ),
    Setting(
        "token_dialect",
        TokenDialect,
        label="JSON Web Token (JWT) Profile",
        description="Format of the access tokens: Auth0's own profile (`access_token`) or that of RFC 9068 "
        "(`rfc9068_profile`). Those that end in `_authz` also carry the permissions of RBAC.",
        default="access_token",
        source=SETTINGS_PAGE,
    ),
    Setting(
        "signing_alg",
        SigningAlg,
        label="JSON Web Token (JWT) Signing Algorithm",
        description="Algorithm that the tokens are signed with: by the tenant's private key (RS256, which is "
        "recommended, PS256 and RS512) or by `signing_secret` (HS256). RS512 is in the Management API's "
        "reference alone, PS256 an add-on.",
        answered=True,
        default="RS256",
        on_change="replace",
        source=SETTINGS_PAGE,
    ),
    Setting(
        "signing_secret",
        str,
        label="Signing Secret",
        description="Secret that HS256 signs the tokens with. Auth0 makes one where none is given. Given or "
        "made, it is a Pulumi secret, and encrypted in state.",
        at_least=16,
        unit="characters",
        note="HS256 only",
        on_removal="keep",
        secret=True,
    ),
    Setting(
        "token_encryption",
        TokenEncryption,
        label="JSON Web Encryption (JWE)",
        description="Encryption of the access tokens, so that none but the holder of the API's private key "
        "reads them.",
        on_removal="null",
        source=SETTINGS_PAGE,
    ),
    Setting(
        "enforce_policies",
        bool,
        label="RBAC",
        description="Whether the policies of role-based access control (RBAC) are enforced or ignored.",
        default=False,
        source=SETTINGS_PAGE,
    ),
    Setting(
        "skip_consent_for_verifiable_first_party_clients",
        bool,
        label="Allow Skipping User Consent",
        description="Whether users are not asked for consent to applications flagged as first-party.",
        answered=True,
        default=False,
        source=SETTINGS_PAGE,
    ),
    Setting(
        "allow_offline_access",
        bool,
        label="Allow Offline Access",
        description="Whether applications may ask for refresh tokens for the API.",
        answered=True,
        default=False,
        source=SETTINGS_PAGE,
    ),
    Setting(
        "allow_online_access",
        bool,
        label="Allow Online Access",
        description="Whether online refresh tokens can be issued for the API.",
        default=False,
    ),
    Setting(
        "allow_online_access_with_ephemeral_sessions",
        bool,
        label="Allow Online Access with Ephemeral Sessions",
        description="Whether online refresh tokens can be issued even where sessions are configured as "
        "ephemeral.",
        note="only with `allow_online_access`",
        default=False,
    ),
    Setting(
        "proof_of_possession",
        ProofOfPossession,
        label="Token Sender-Constraining",
        description="Whether access tokens are bound to the application that asked for them, and how.",
        on_removal="null",
    ),
    Setting(
        "subject_type_authorization",
        SubjectTypeAuthorization,
        label="Application Access Policy",
        description="Which applications may ask for tokens for the API: in a user's name (`user`), in their "
        "own (`client`) and in that of a user who has not logged in (`anonymous_user`).",
        answered=True,
        default={"user": {"policy": "allow_all"}, "client": {"policy": "require_client_grant"}},
    ),
    Setting(
        "scopes",
        Sequence[Scope],
        label="Permissions",
        description="The permissions (scopes) of the API, as a whole list; their order means nothing. Use "
        "this or `Permission` resources for an API, not both.",
        at_most=1_000,
        unit="permissions",
        note="values unique",
        default=(),
        on_removal="keep",
        unordered=True,
        source=LIMITS_PAGE,
    ),
    Setting(
        "consent_policy",
        ConsentPolicy,
        label="Consent Policy",
        description="Policy by which users consent. Its one value stands for transactional authorization "
        "with multi-factor authentication.",
        on_removal="null",
    ),
    Setting(
        "require_consent_non_repudiation",
        bool,
        label="Consent Non-Repudiation",
        description="Whether every consent has to be signed, so that who gave it cannot deny it later (Early "
        "Access). The tenant keeps and tells it also where its plan no longer has it.",
        default=False,
    ),
    Setting(
        "authorization_details",
        Sequence[AuthorizationDetail],
        label="Rich Authorization Requests",
        description="Types of rich authorization requests (RFC 9396) that the API takes: each an object with "
        "a `type`, such as `payment`, and whatever else Auth0 takes with it.",
        on_removal="null",
    ),
    Setting(
        "authorization_policy",
        AuthorizationPolicy,
        label="Authorization Policy",
        description="Authorization policy that applies to the API.",
        note="My Account API",
        on_removal="null",
    ),
    Setting(
        "access_token",
        AccessTokenSettings,
        label="Claim Mapping",
        description="Claims that the access tokens of anonymous sessions get from the session's metadata "
        "(Early Access).",
        note=f"at most {MAX_CLAIMS} claims; names unique and not reserved",
        on_removal="null",
        source=CLAIMS_PAGE,
    ),
    Setting(
        "verification_location",
        str,
        label="Verification Location",
        description="URL of the keys (JWKS) by which Auth0 verifies what the API sends it for token "
        "introspection. Auth0's Terraform provider has it, its reference and its SDKs do not: a tenant may "
        "refuse it.",
        note="an `https://` or `http://` URL",
        on_removal="keep",
        source=TERRAFORM_PAGE,
    ),
)

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}

SYSTEM_IDENTIFIER = re.compile(
    r"(https://[^/]+\.auth0\.com|http://(127\.0\.0\.1|localhost)(:\d+)?)/(api/v2|me|my-org)/"
    r"|urn:auth0:express-configure"
)
"""Management API, My Account API and My Organization API, on a sandbox too, and Auth0's template."""
MANAGEMENT_IDENTIFIER = re.compile(r"https?://[^/]+/api/v2/")
"""Of these, the Management API."""
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
