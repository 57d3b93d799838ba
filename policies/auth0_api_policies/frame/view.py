"""Resources as a rule sees them, by the Management API's names, whichever package declared them.

All families come through here: the classes of pulumi-auth0-apis, whose properties are in the Management
API's snake_case, and its provider plugin and pulumi-auth0, whose properties are in camelCase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pulumi_policy import PolicyResource, ResourceValidationArgs, Secret
from pulumi_policy.proxy import UnknownValueError
from pulumi_policy.secret import secrets_preserving_proxy

from auth0_api_policies.frame.setting import (
    ProofOfPossession,
    Setting,
    SubjectPolicies,
    TakenOverSettingError,
    UnknownSettingError,
    UnreadableSettingError,
    encryption,
    flag,
    one_of,
    proof_of_possession,
    scope_values,
    seconds,
    subject_policies,
    text,
    texts,
)
from auth0_api_vocabulary import (
    ADDITIONAL,
    DEFAULTS,
    Family,
    ResourceKind,
    family_of,
    in_our_words,
    kinds,
    name_of,
)
from auth0_api_vocabulary.families import BRIDGED, DYNAMIC

PROFILES = ("access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz")
"""The values of `token_dialect`."""


class View:
    """One resource: where it is, and its settings as typed attributes."""

    declared_only: ClassVar[frozenset[str]] = frozenset()
    """Settings that count only where the program sets them; the tenant's part of them has other owners."""

    def __init__(
        self,
        props: Mapping[str, Any],
        urn: str,
        *,
        family: Family = DYNAMIC,
        protected: bool = False,
        kept: bool = False,
    ) -> None:
        self._props = props
        self.urn = urn
        self.family = family
        self.protected = protected
        self._kept = kept

    @property
    def resource_name(self) -> str:
        """The resource's name in the program."""
        return name_of(self.urn)

    def read(self, setting: str) -> Any:
        """Return a setting in plain Python values, None where it is left out and Auth0's default counts.

        Outputs say what the tenant keeps, whether the program asked for it or not; those of a preview by the
        provider plugin, that it is not known yet, which is as good as left out. Raises
        `TakenOverSettingError` for what nobody can know before the resource is taken over.
        """
        if setting in self.declared_only and not self._manages(setting):
            return None
        is_foreseen = False
        try:
            value = self._plain(setting)
        except UnknownValueError as unknown:
            if self._manages(setting):
                raise UnknownSettingError(setting, self.urn, unknown) from None
            value, is_foreseen = None, True
        if value is None and self._kept and self._takes_over(setting, is_foreseen=is_foreseen):
            raise TakenOverSettingError(setting, self.urn)
        return value

    def _plain(self, setting: str) -> Any:
        """A property in plain Python values, what is inside of it by the Management API's names."""
        spelled = self.family.spell(setting)
        return in_our_words({setting: plain(self._props.get(spelled))})[setting]

    def _manages(self, setting: str) -> bool:
        """Whether the program sets it; outputs of pulumi-auth0-apis list what it does under `managed`."""
        managed = self._managed()
        return managed is None or setting in managed

    def _managed(self) -> Sequence[Any] | None:
        try:
            managed = None if self.family is BRIDGED else plain(self._props.get("managed"))
        except UnknownValueError:
            return None
        return None if isinstance(managed, str) or not isinstance(managed, Sequence) else managed

    def _takes_over(self, setting: str, *, is_foreseen: bool) -> bool:
        """Whether this is of an object that may be there, with a setting that nobody has read."""
        del setting, is_foreseen
        return False

    def rewritten(self, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the properties with some settings changed, for a remediation.

        Secrets stay secret: the values behind pulumi-policy's proxy are kept as they are. Assigning
        through the proxy would do too, but it raises KeyError for a property that is not there yet.
        """
        renamed = self.family.spelled(changes)
        kept = self._props if isinstance(self._props, dict) else self._props["__target"]
        proxied: Mapping[str, Any] = secrets_preserving_proxy({**kept, **renamed})
        return proxied


class Extensible(View):
    """Anything that passes on what Auth0 has and no table knows."""

    @property
    def additional_settings(self) -> tuple[str, ...]:
        """The names of what it passes on. They are known where a value is not yet."""
        try:
            given = self._props.get(self.family.spell(ADDITIONAL))
        except UnknownValueError as unknown:
            if not self._manages(ADDITIONAL):
                return ()
            raise UnknownSettingError(ADDITIONAL, self.urn, unknown) from None
        given = given.value if isinstance(given, Secret) else given
        if given is not None and not isinstance(given, Mapping):
            raise UnreadableSettingError(ADDITIONAL, self.urn)
        return tuple(sorted(given or ()))


class DeclaresScopes(View):
    """Anything that declares scopes of an API: the API itself, a permission, pulumi-auth0's list of them."""

    @property
    def api(self) -> str | None:
        """The identifier of the API whose scopes these are."""
        raise NotImplementedError

    @property
    def declared(self) -> tuple[str, ...]:
        """The scopes' values."""
        raise NotImplementedError


class ResourceServer(DeclaresScopes, Extensible):
    """An API. Unset settings read as what Auth0 uses then: https://auth0.com/docs/get-started/apis/api-settings."""

    declared_only: ClassVar[frozenset[str]] = frozenset({"scopes", "signing_secret"})
    """Permissions have owners of their own; a secret that is left out is Auth0's, of 32 characters."""

    identifier = Setting[str | None](text, unset=None)
    name = Setting[str](text, unset="")
    token_lifetime = Setting[int](seconds, unset=DEFAULTS["token_lifetime"])
    token_lifetime_for_web = Setting[int](seconds, unset=DEFAULTS["token_lifetime_for_web"])
    token_lifetime_for_anonymous_access_tokens = Setting[int | None](seconds, unset=None)
    signing_alg = Setting[str](one_of("RS256", "RS512", "PS256", "HS256"), unset=DEFAULTS["signing_alg"])
    enforce_policies = Setting[bool](flag, unset=DEFAULTS["enforce_policies"])
    token_dialect = Setting[str](one_of(*PROFILES), unset=DEFAULTS["token_dialect"])
    scopes = Setting[tuple[str, ...] | None](scope_values, unset=None)
    signing_secret = Setting[str | None](text, unset=None)
    allow_offline_access = Setting[bool](flag, unset=DEFAULTS["allow_offline_access"])
    skip_consent_for_verifiable_first_party_clients = Setting[bool](
        flag, unset=DEFAULTS["skip_consent_for_verifiable_first_party_clients"]
    )
    subject_type_authorization = Setting[SubjectPolicies](subject_policies, unset=SubjectPolicies())
    token_encryption = Setting[bool](encryption, unset=False)
    proof_of_possession = Setting[ProofOfPossession | None](proof_of_possession, unset=None)

    @property
    def api(self) -> str | None:
        return self.identifier

    @property
    def declared(self) -> tuple[str, ...]:
        return self.scopes or ()

    @property
    def permissions_in_token(self) -> bool:
        """Whether tokens carry a user's permissions besides the scopes."""
        return self.enforce_policies and self.token_dialect.endswith("_authz")

    def _takes_over(self, setting: str, *, is_foreseen: bool) -> bool:
        if self.family is BRIDGED or setting in self.declared_only:
            return False
        if self._managed() is not None and not is_foreseen:
            return False
        try:
            return bool(self._plain("adopt"))
        except UnknownValueError:
            return True


class Permission(DeclaresScopes):
    """One scope of an API, as a resource of its own."""

    resource_server_identifier = Setting[str | None](text, unset=None)
    scope = Setting[str](text, unset="")
    description = Setting[str](text, unset="")

    @property
    def api(self) -> str | None:
        return self.resource_server_identifier

    @property
    def declared(self) -> tuple[str, ...]:
        return (self.scope,)


class ResourceServerScopes(DeclaresScopes):
    """All scopes of an API, as a resource of its own (pulumi-auth0 alone has it)."""

    resource_server_identifier = Setting[str | None](text, unset=None)
    scopes = Setting[tuple[str, ...]](scope_values, unset=())

    @property
    def api(self) -> str | None:
        return self.resource_server_identifier

    @property
    def declared(self) -> tuple[str, ...]:
        return self.scopes


class ClientGrant(Extensible):
    """A client grant: the permissions of one API that one application may ask for."""

    client_id = Setting[str | None](text, unset=None)
    default_for = Setting[str | None](one_of("third_party_clients"), unset=None)
    audience = Setting[str](text, unset="")
    subject_type = Setting[str](text, unset="client")
    scopes = Setting[tuple[str, ...]](texts, unset=())
    allow_all_scopes = Setting[bool](flag, unset=False)


_VIEWS: Mapping[ResourceKind, type[View]] = {
    kinds.API: ResourceServer,
    kinds.PERMISSION: Permission,
    kinds.PERMISSION_LIST: ResourceServerScopes,
    kinds.GRANT: ClientGrant,
}
"""The kinds whose settings a rule reads."""


def view_of(resource: ResourceValidationArgs | PolicyResource, *, kept: bool = False) -> View | None:
    """Return the view of a resource, or None where it is none of Auth0's that the rules know.

    `kept` asks for what the tenant keeps: the default of a setting is then no answer for an API that is
    about to be taken over.
    """
    family = family_of(resource.resource_type)
    if family is None:
        return None
    return _VIEWS.get(family.tokens[resource.resource_type], View)(
        resource.props, resource.urn, family=family, protected=resource.opts.protect, kept=kept
    )


def plain(value: Any) -> Any:
    """Unwrap pulumi-policy's proxies and secrets."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {key: plain(value[key]) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value
