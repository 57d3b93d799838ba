"""An API, Auth0's resource server, as a program declares it. What is done to it is in `_api_lifecycle`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from pulumi_auth0_apis._api_lifecycle import PROVIDER as PROVIDER
from pulumi_auth0_apis._api_objects import (
    AccessTokenSettings,
    AuthorizationPolicy,
    ConsentPolicy,
    ProofOfPossession,
    Scope,
    SigningAlg,
    SubjectTypeAuthorization,
    TokenDialect,
    TokenEncryption,
)
from pulumi_auth0_apis._declared import provider_of
from pulumi_auth0_apis._named_api import remember
from pulumi_auth0_apis._object_inputs import refuse_objects
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis._scope_owner import claim


class ResourceServer(Auth0Resource, provider=PROVIDER):
    """An API in an Auth0 tenant.

    Only the settings that the program gives are compared and sent; the tenant decides the others. A setting
    that is taken out of the program goes back to Auth0's default where there is one.

    Args:
        identifier: Unique identifier of the API, and the audience of its tokens. A URL is recommended; it
            need not be reachable, since Auth0 never calls it. It cannot be modified once it is set. At least
            1 character. A change replaces.
        name: Friendly name of the API. It does not affect any functionality. At least 1 character; without
            `<` and `>`.
        token_lifetime: Time in seconds before an access token for the API expires. 1 … 2,592,000 s. Default:
            86400.
        token_lifetime_for_web: Time in seconds before an access token expires that was issued in an implicit
            or hybrid flow, where it passes through the browser. 1 … 2,592,000 s; not over `token_lifetime`,
            which it follows while it is unset. Default: 7200.
        token_lifetime_for_anonymous_access_tokens: Time in seconds before an access token of an anonymous
            session expires (Early Access). Auth0 does not say what it is while it is unset. 86,400 …
            2,592,000 s.
        token_dialect: Format of the access tokens: Auth0's own profile (`access_token`) or that of RFC 9068
            (`rfc9068_profile`). Those that end in `_authz` also carry the permissions of RBAC. One of
            `access_token`, `access_token_authz`, `rfc9068_profile`, `rfc9068_profile_authz`. Default:
            'access_token'.
        signing_alg: Algorithm that the tokens are signed with: by the tenant's private key (RS256, which is
            recommended, PS256 and RS512) or by `signing_secret` (HS256). RS512 is in the Management API's
            reference alone, PS256 an add-on. One of `RS256`, `HS256`, `PS256`, `RS512`. Default: 'RS256'. A
            change replaces.
        signing_secret: Secret that HS256 signs the tokens with. Auth0 makes one where none is given. Given or
            made, it is a Pulumi secret, and encrypted in state. At least 16 characters; HS256 only.
        token_encryption: Encryption of the access tokens, so that none but the holder of the API's private
            key reads them.
        enforce_policies: Whether the policies of role-based access control (RBAC) are enforced or ignored.
            Default: False.
        skip_consent_for_verifiable_first_party_clients: Whether users are not asked for consent to
            applications flagged as first-party. Default: False.
        allow_offline_access: Whether applications may ask for refresh tokens for the API. Default: False.
        allow_online_access: Whether online refresh tokens can be issued for the API. Default: False.
        allow_online_access_with_ephemeral_sessions: Whether online refresh tokens can be issued even where
            sessions are configured as ephemeral. Only with `allow_online_access`. Default: False.
        proof_of_possession: Whether access tokens are bound to the application that asked for them, and how.
        subject_type_authorization: Which applications may ask for tokens for the API: in a user's name
            (`user`), in their own (`client`) and in that of a user who has not logged in (`anonymous_user`).
            Default: {'user': {'policy': 'allow_all'}, 'client': {'policy': 'require_client_grant'}}.
        scopes: The permissions (scopes) of the API, as a whole list; their order means nothing. Use this or
            `Permission` resources for an API, not both. At most 1,000 permissions; values unique.
        consent_policy: Policy by which users consent. Its one value stands for transactional authorization
            with multi-factor authentication. One of `transactional-authorization-with-mfa`.
        require_consent_non_repudiation: Whether every consent has to be signed, so that who gave it cannot
            deny it later (Early Access). The tenant keeps and tells it also where its plan no longer has it.
            Default: False.
        authorization_details: Types of rich authorization requests (RFC 9396) that the API takes: each an
            object with a `type`, such as `payment`, and whatever else Auth0 takes with it.
        authorization_policy: Authorization policy that applies to the API. My Account API.
        access_token: Claims that the access tokens of anonymous sessions get from the session's metadata
            (Early Access). At most 20 claims; names unique and not reserved.
        verification_location: URL of the keys (JWKS) by which Auth0 verifies what the API sends it for token
            introspection. Auth0's Terraform provider has it, its reference and its SDKs do not: a tenant may
            refuse it. An `https://` or `http://` URL.
        additional_settings: Settings that Auth0 has and this version has no input for, by Auth0's own names.
            Each is sent as it is given, compared, and watched for drift. None that has an input of its own.
        adopt: Take over the object where the tenant has it already, and apply these settings to it. Default:
            False.
        force: Delete the object even while grants hold it, those of other stacks and people too. Default:
            False.
    """

    identifier: pulumi.Output[str]
    name: pulumi.Output[str | None]
    token_lifetime: pulumi.Output[int]
    token_lifetime_for_web: pulumi.Output[int]
    token_lifetime_for_anonymous_access_tokens: pulumi.Output[int | None]
    token_dialect: pulumi.Output[str | None]
    signing_alg: pulumi.Output[str]
    signing_secret: pulumi.Output[str | None]
    token_encryption: pulumi.Output[dict[str, Any] | None]
    enforce_policies: pulumi.Output[bool | None]
    skip_consent_for_verifiable_first_party_clients: pulumi.Output[bool]
    allow_offline_access: pulumi.Output[bool]
    allow_online_access: pulumi.Output[bool | None]
    allow_online_access_with_ephemeral_sessions: pulumi.Output[bool | None]
    proof_of_possession: pulumi.Output[dict[str, Any] | None]
    subject_type_authorization: pulumi.Output[dict[str, Any]]
    scopes: pulumi.Output[list[dict[str, Any]] | None]
    consent_policy: pulumi.Output[str | None]
    require_consent_non_repudiation: pulumi.Output[bool | None]
    authorization_details: pulumi.Output[list[dict[str, Any]] | None]
    authorization_policy: pulumi.Output[dict[str, Any] | None]
    access_token: pulumi.Output[dict[str, Any] | None]
    verification_location: pulumi.Output[str | None]
    additional_settings: pulumi.Output[dict[str, Any] | None]
    is_system: pulumi.Output[bool | None]
    """True for the APIs that Auth0 itself owns, such as the Management API."""
    client_id: pulumi.Output[str | None]
    """The application that is linked to this API, where there is one."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        identifier: pulumi.Input[str],
        name: pulumi.Input[str | None] = None,
        token_lifetime: pulumi.Input[int | None] = None,
        token_lifetime_for_web: pulumi.Input[int | None] = None,
        token_lifetime_for_anonymous_access_tokens: pulumi.Input[int | None] = None,
        token_dialect: pulumi.Input[TokenDialect | None] = None,
        signing_alg: pulumi.Input[SigningAlg | None] = None,
        signing_secret: pulumi.Input[str | None] = None,
        token_encryption: pulumi.Input[TokenEncryption | None] = None,
        enforce_policies: pulumi.Input[bool | None] = None,
        skip_consent_for_verifiable_first_party_clients: pulumi.Input[bool | None] = None,
        allow_offline_access: pulumi.Input[bool | None] = None,
        allow_online_access: pulumi.Input[bool | None] = None,
        allow_online_access_with_ephemeral_sessions: pulumi.Input[bool | None] = None,
        proof_of_possession: pulumi.Input[ProofOfPossession | None] = None,
        subject_type_authorization: pulumi.Input[SubjectTypeAuthorization | None] = None,
        scopes: pulumi.Input[Sequence[pulumi.Input[Scope]] | None] = None,
        consent_policy: pulumi.Input[ConsentPolicy | None] = None,
        require_consent_non_repudiation: pulumi.Input[bool | None] = None,
        authorization_details: pulumi.Input[Sequence[pulumi.Input[Mapping[str, Any]]] | None] = None,
        authorization_policy: pulumi.Input[AuthorizationPolicy | None] = None,
        access_token: pulumi.Input[AccessTokenSettings | None] = None,
        verification_location: pulumi.Input[str | None] = None,
        additional_settings: pulumi.Input[Mapping[str, Any] | None] = None,
        adopt: bool = False,
        force: bool = False,
    ) -> None:
        inputs = self._given(locals())
        refuse_objects("ResourceServer", resource_name, inputs)
        tenant = provider_of(opts)
        if scopes is not None:
            claim("scopes", resource_name, identifier, tenant)
        if signing_secret is not None:
            inputs["signing_secret"] = pulumi.Output.secret(signing_secret)
        self._register(resource_name, inputs, opts)
        self._named = remember(
            self,
            self.identifier,
            identifier,
            tenant,
            goes=not (self._protect or (opts and opts.retain_on_delete)),
        )
        if scopes is not None:
            claim("scopes", resource_name, self.identifier, tenant)
