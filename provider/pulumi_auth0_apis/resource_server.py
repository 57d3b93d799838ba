"""An API, Auth0's resource server: what is done to it, and the class that a program declares it by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi

from pulumi_auth0_apis._adoption import create_or_find, take_over
from pulumi_auth0_apis._api_check import NOT_OURS, RULES
from pulumi_auth0_apis._api_objects import (
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
from pulumi_auth0_apis._api_settings import (
    DEFAULTS,
    SETTINGS,
    SYSTEM_IDENTIFIER,
    SYSTEM_SETTINGS,
    WEB_LIFETIME,
)
from pulumi_auth0_apis._declared import provider_of
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._inputs import Failure, Setting, known
from pulumi_auth0_apis._lifecycle import ADOPT, FORCE, Object, Provider, Run
from pulumi_auth0_apis._named_api import remember
from pulumi_auth0_apis._object_inputs import refuse_objects
from pulumi_auth0_apis._removal import is_forced, still_granted
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis._scope_owner import claim
from pulumi_auth0_apis._telling import inform
from pulumi_auth0_apis._thumbprint import thumbprint
from pulumi_auth0_apis.errors import SettingsError, abridged

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session


class ResourceServerProvider(Provider):
    """The lifecycle of an API."""

    title = "API"
    settings = SETTINGS
    key = ("identifier",)
    names = ("id", "identifier")
    import_filters: ClassVar[dict[str, str]] = {"identifier": "--identifier"}
    options = (ADOPT, FORCE)
    computed = ("is_system", "client_id", "signing_secret")

    def check(self, inputs: Mapping[str, Any]) -> list[Failure]:
        return [failure for rule in RULES for failure in rule(inputs)]

    def completed(self, inputs: Object, before: Mapping[str, Any]) -> Object:
        """With a browser lifetime as short as `token_lifetime`, where the program gives that alone.

        Auth0 says that one cannot exceed the other (SETTINGS_PAGE), and a tenant still keeps 7,200 s for
        browsers beside 300 s (recorded: its template API). Said here it is an input like any other: shown,
        judged by policies, watched for drift.
        """
        lifetime = inputs.get("token_lifetime")
        short = isinstance(lifetime, int) and lifetime < WEB_LIFETIME
        if not short or "token_lifetime_for_web" in inputs or _keeps_web_lifetime(inputs, before):
            return inputs
        return {**inputs, "token_lifetime_for_web": lifetime}

    def create(self, run: Run, inputs: Mapping[str, Any], adopt: bool | str) -> tuple[str, Object]:
        servers, identifier = run.session.resource_servers, inputs["identifier"]
        made = may_be_ours = False
        if isinstance(adopt, str) and not run.holdings.was_deleted(self.key_of(inputs)):
            found = servers.get(adopt)
        elif SYSTEM_IDENTIFIER.fullmatch(identifier):
            found, may_be_ours = _system_api(run.session, identifier), True  # Auth0's: it is never deleted
        else:
            found, made, may_be_ours = create_or_find(
                lambda: servers.create(dict(inputs)), lambda: servers.find(identifier)
            )
        if not made:
            change = partial(servers.update, found["id"])
            found = take_over(self, run, found, inputs, adopt, change, may_be_ours=may_be_ours)
        if "scopes" in inputs:
            run.holdings.list_scopes(identifier, _values(inputs["scopes"]))
        return found["id"], found

    def find(self, session: Session, inputs: Mapping[str, Any]) -> Object | None:
        return session.resource_servers.find(inputs["identifier"])

    def read(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> tuple[str, Object]:
        del outputs
        found = session.resource_servers.get(id_)
        return found["id"], found

    def update(self, run: Run, id_: str, outputs: Mapping[str, Any], changes: Mapping[str, Any]) -> Object:
        fixed = set(changes) - SYSTEM_SETTINGS if outputs.get("is_system") else set()
        if fixed:
            raise SettingsError(f"The system API {id_}", [(name, NOT_OURS) for name in sorted(fixed)])
        return run.session.resource_servers.update(id_, dict(changes))

    def compared(
        self, holdings: Holdings, outputs: Mapping[str, Any], inputs: Mapping[str, Any], *, replaced: bool
    ) -> None:
        """Note which permissions the API lists itself, or has listed until now and lists no longer."""
        if replaced:
            return
        identifier = outputs["identifier"]
        if known(inputs, "scopes"):
            holdings.list_scopes(identifier, _values(inputs["scopes"]))
        elif "scopes" not in inputs:
            given_up = _values(outputs.get("scopes", ())) if "scopes" in outputs["managed"] else []
            holdings.release_scopes(identifier, [*given_up, *outputs.get("released_scopes", ())])

    def remembered(self, holdings: Holdings, inputs: Mapping[str, Any]) -> Object:
        """The permissions that resources may take over from the API's list, after an interruption too."""
        released = () if "scopes" in inputs else holdings.released(inputs["identifier"])
        return {"released_scopes": sorted(released)} if released else {}

    def delete(self, run: Run, id_: str, outputs: Mapping[str, Any]) -> None:
        if outputs.get("is_system"):
            inform(f"The system API {outputs['identifier']} stays in the tenant: Auth0 owns it.")
            return
        replacements = run.holdings.replacements_of(self.key_of(outputs))
        self.refuse_removal(run, {**outputs, **_forced_by(outputs, *(each.inputs for each in replacements))})
        run.session.resource_servers.delete(id_)

    def left_behind(self, run: Run, outputs: Mapping[str, Any]) -> str:
        """The permissions that went with the old name: the engine asks nobody to delete them."""
        identifier = outputs["identifier"]
        if not run.holdings.is_made(self.key_of(outputs)):
            return ""  # told in the run that took the API over, which has read it
        stray = [
            scope["value"]
            for scope in run.session.scopes.read(identifier)
            if not run.holdings.holds_scope(identifier, scope["value"])
        ]
        return f" No resource of this program holds its permissions {abridged(stray)}." if stray else ""

    def refuse_removal(self, run: Run, inputs: Mapping[str, Any], leaving: Collection[str] = ()) -> None:
        """Raise StillNeededError where grants would go with the API, unless they leave or it is forced.

        Auth0 removes them without a word, those of other stacks and other people too.
        """
        if is_forced(inputs):
            return
        identifier = inputs["identifier"]
        held = [grant for grant in run.session.client_grants.of(identifier) if grant["id"] not in leaving]
        if held:
            raise still_granted(
                run.session,
                f"The API {identifier}",
                held,
                "Auth0 would remove these grants with it, so it is neither deleted nor made anew. Remove "
                "them first; a grant of this program names the API by its output "
                "(audience=orders.identifier), so that Pulumi deletes it before.",
            )

    def kept(self, found: Object, wanted: Mapping[str, Any]) -> Object:
        """With the secret where the tenant does not show it, and the PEM where its thumbprint still holds."""
        kept = dict(found)
        if "signing_secret" in wanted:
            kept.setdefault("signing_secret", wanted["signing_secret"])
        if "token_encryption" in wanted and "token_encryption" in found:
            kept["token_encryption"] = _with_pem(found["token_encryption"], wanted["token_encryption"])
        return kept

    def recorded(self, found: Object, inputs: Mapping[str, Any]) -> Object:
        """Without the descriptions of permissions that the API does not list itself.

        A description may be the secret of the permission's own resource, and would be in clear here.
        """
        if "scopes" in inputs or "scopes" not in found:
            return found
        return {**found, "scopes": [{"value": value} for value in _values(found["scopes"])]}

    def fallback(self, setting: Setting, inputs: Mapping[str, Any]) -> Any:
        """The default; for browser tokens never longer than the other tokens now live."""
        if setting.name == "token_lifetime_for_web":
            return min(setting.default, inputs.get("token_lifetime", DEFAULTS["token_lifetime"]))
        return setting.default


def _values(scopes: Sequence[Mapping[str, Any]]) -> list[str]:
    return [scope["value"] for scope in scopes]


def _forced_by(*props: Mapping[str, Any]) -> Object:
    return {"force": any(each.get("force") for each in props)}


def _system_api(session: Session, identifier: str) -> Object:
    """An API of Auth0's own. It is switched on in the dashboard, and never created here."""
    found = session.resource_servers.find(identifier)
    if found is None:
        raise SettingsError(f"The API {identifier}", [("identifier", NOT_ACTIVATED)])
    return found


NOT_ACTIVATED = "names an API of Auth0's own that this tenant has not activated; do so in the dashboard"


def _keeps_web_lifetime(inputs: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether an API stays as it is: made with that `token_lifetime` alone, imported, or Auth0's own."""
    as_made = before.get("token_lifetime") == inputs["token_lifetime"] and (
        "token_lifetime_for_web" not in before
    )
    imported = isinstance(inputs.get("adopt"), str)
    return as_made or imported or bool(SYSTEM_IDENTIFIER.fullmatch(str(inputs.get("identifier"))))


def _with_pem(found: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> Object:
    key = dict(found.get("encryption_key") or {})
    pem = ((wanted or {}).get("encryption_key") or {}).get("pem")
    if pem is not None and key.get("thumbprint_sha256") == thumbprint(pem):
        key["pem"] = pem
    return {**found, "encryption_key": key}


PROVIDER = ResourceServerProvider()


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
        token_dialect: Format of the access tokens: Auth0's own profile (`access_token`) or that of RFC 9068
            (`rfc9068_profile`). Those that end in `_authz` also carry the permissions of RBAC. One of
            `access_token`, `access_token_authz`, `rfc9068_profile`, `rfc9068_profile_authz`. Default:
            'access_token'.
        signing_alg: Algorithm that the tokens are signed with: by the tenant's private key (RS256, which is
            recommended, and PS256) or by `signing_secret` (HS256). One of `RS256`, `HS256`, `PS256`. Default:
            'RS256'. A change replaces.
        signing_secret: Secret that HS256 signs the tokens with. Auth0 makes one where none is given. Given or
            made, it is encrypted in state. At least 16 characters; HS256 only.
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
            (`user`) and in their own (`client`). Default: {'user': {'policy': 'allow_all'}, 'client':
            {'policy': 'require_client_grant'}}.
        scopes: The permissions (scopes) of the API, as a whole list; their order means nothing. Use this or
            `Permission` resources for an API, not both. At most 1,000 permissions; values unique.
        consent_policy: Policy by which users consent. Its one value stands for transactional authorization
            with multi-factor authentication. One of `transactional-authorization-with-mfa`.
        authorization_details: Types of rich authorization requests (RFC 9396) that the API takes.
        authorization_policy: Authorization policy that applies to the API. My Account API.
        adopt: Take over the object where the tenant has it already, and apply these settings to it. Default:
            False.
        force: Delete the object even while grants hold it, those of other stacks and people too. Default:
            False.
    """

    identifier: pulumi.Output[str]
    """The API's immutable URI, and the audience of its tokens."""
    name: pulumi.Output[str | None]
    token_lifetime: pulumi.Output[int]
    token_lifetime_for_web: pulumi.Output[int]
    token_dialect: pulumi.Output[str | None]
    signing_alg: pulumi.Output[str]
    signing_secret: pulumi.Output[str | None]
    """The secret of HS256, given or generated by Auth0. Always a Pulumi secret."""
    token_encryption: pulumi.Output[dict[str, Any] | None]
    enforce_policies: pulumi.Output[bool | None]
    skip_consent_for_verifiable_first_party_clients: pulumi.Output[bool]
    allow_offline_access: pulumi.Output[bool]
    allow_online_access: pulumi.Output[bool | None]
    allow_online_access_with_ephemeral_sessions: pulumi.Output[bool | None]
    scopes: pulumi.Output[list[dict[str, Any]] | None]
    consent_policy: pulumi.Output[str | None]
    authorization_details: pulumi.Output[list[dict[str, Any]] | None]
    proof_of_possession: pulumi.Output[dict[str, Any] | None]
    subject_type_authorization: pulumi.Output[dict[str, Any] | None]
    authorization_policy: pulumi.Output[dict[str, Any] | None]
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
        name: pulumi.Input[str] | None = None,
        token_lifetime: pulumi.Input[int] | None = None,
        token_lifetime_for_web: pulumi.Input[int] | None = None,
        token_dialect: pulumi.Input[TokenDialect] | None = None,
        signing_alg: pulumi.Input[SigningAlg] | None = None,
        signing_secret: pulumi.Input[str] | None = None,
        token_encryption: pulumi.Input[TokenEncryption] | None = None,
        enforce_policies: pulumi.Input[bool] | None = None,
        skip_consent_for_verifiable_first_party_clients: pulumi.Input[bool] | None = None,
        allow_offline_access: pulumi.Input[bool] | None = None,
        allow_online_access: pulumi.Input[bool] | None = None,
        allow_online_access_with_ephemeral_sessions: pulumi.Input[bool] | None = None,
        scopes: pulumi.Input[Sequence[pulumi.Input[Scope]]] | None = None,
        consent_policy: pulumi.Input[ConsentPolicy] | None = None,
        authorization_details: pulumi.Input[Sequence[pulumi.Input[AuthorizationDetail]]] | None = None,
        proof_of_possession: pulumi.Input[ProofOfPossession] | None = None,
        subject_type_authorization: pulumi.Input[SubjectTypeAuthorization] | None = None,
        authorization_policy: pulumi.Input[AuthorizationPolicy] | None = None,
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
