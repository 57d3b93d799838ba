"""A client grant of Auth0: the permissions of an API that an application may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict, Unpack, get_args, overload

import pulumi

from auth0_api_vocabulary import kinds
from pulumi_auth0_apis._additional import ADDITIONAL_SETTINGS, flattened
from pulumi_auth0_apis._adoption import create_or_find, take_over
from pulumi_auth0_apis._declared import provider_of
from pulumi_auth0_apis._grant_settings import (
    GRANTS_PAGE,
    SETTINGS,
    DefaultFor,
    OrganizationUsage,
    SubjectType,
)
from pulumi_auth0_apis._inputs import Failure, duplicates, is_unknown, known
from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider, TenantRun
from pulumi_auth0_apis._named_api import linked
from pulumi_auth0_apis._object_inputs import refuse_objects
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis._sequence import SequenceNotStr
from pulumi_auth0_apis._telling import inform
from pulumi_auth0_apis._texts import NO_BLANK, SCOPE, unfit_names
from pulumi_auth0_apis.errors import NotFoundError, SettingsError

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session


class ClientGrantProvider(ObjectProvider):
    """The lifecycle of a grant."""

    kind = kinds.GRANT
    title = "client grant"
    settings = (*SETTINGS, ADDITIONAL_SETTINGS)
    import_filters: ClassVar[dict[str, str]] = {"audience": "--identifier", "client_id": "--application"}
    computed = ("is_system",)
    needs = (
        "read:client_grants",
        "create:client_grants",
        "update:client_grants",
        "delete:client_grants",
    )
    wire_names: ClassVar[dict[str, str]] = {"scopes": "scope"}

    def check(self, inputs: Mapping[str, Any]) -> list[Failure]:
        return [failure for rule in RULES for failure in rule(inputs)]

    def create(
        self, run: TenantRun, inputs: Mapping[str, Any], adopt: bool | str
    ) -> tuple[str, ManagedObject]:
        grants = run.session.client_grants
        made = may_be_ours = False
        if isinstance(adopt, str) and not run.holdings.was_deleted(self.key_of(inputs)):
            wire = grants.get(adopt)
        else:
            wire, made, may_be_ours = create_or_find(
                lambda: grants.create(_to_wire(inputs)), lambda: grants.find(**_key(inputs))
            )
        found = from_wire(wire)
        if not made:
            change = partial(self.update, run, found["id"], found)
            found = take_over(self, run, found, inputs, adopt, change, may_be_ours=may_be_ours)
        return found["id"], found

    def find(self, session: Session, inputs: Mapping[str, Any]) -> ManagedObject | None:
        found = session.client_grants.find(**_key(inputs))
        return None if found is None else from_wire(found)

    def listed(self, session: Session) -> Iterator[ManagedObject]:
        return map(from_wire, session.client_grants.list())

    def to_declare(self, inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """The list of permissions, be it empty, where not all are granted: one of the two is asked for."""
        return () if inputs.get("allow_all_scopes") else ("scopes",)

    def read(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> tuple[str, ManagedObject]:
        """The grant of an id; without a record also of `<client_id>::<audience>[::<subject_type>]`."""
        holder, is_key, place = id_.partition("::")
        if is_key and not outputs:
            found = self.find(session, _by_key(holder, place))
            if found is None:
                raise _missing(id_)
            return found["id"], found
        found = from_wire(session.client_grants.get(id_))
        return found["id"], found

    def update(
        self, run: TenantRun, id_: str, outputs: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> ManagedObject:
        if outputs.get("is_system"):
            raise SettingsError(f"The client grant {id_}", [("", "Auth0 owns it and lets nobody change it")])
        return from_wire(run.session.client_grants.update(id_, _to_wire(changes)))

    def delete(self, run: TenantRun, id_: str, outputs: Mapping[str, Any]) -> None:
        if outputs.get("is_system"):
            inform(f"The client grant {id_} stays in the tenant: Auth0 owns it.")
            return
        run.session.client_grants.delete(id_)


def _by_key(holder: str, place: str) -> ManagedObject:
    """The key that a person writes. An identifier may hold `::` itself, a subject type does not."""
    audience, is_told, subject_type = place.rpartition("::")
    if not is_told or subject_type not in get_args(SubjectType):
        audience, subject_type = place, kinds.GRANT.key_defaults["subject_type"]
    name = "default_for" if holder in get_args(DefaultFor) else "client_id"
    return {name: holder, "audience": audience, "subject_type": subject_type}


def _missing(key: str) -> NotFoundError:
    return NotFoundError(
        f"The tenant has no client grant {key}.", status=404, method="GET", path="/api/v2/client-grants"
    )


def _to_wire(inputs: Mapping[str, Any]) -> ManagedObject:
    """In the Management API's words: its `scope` is our `scopes`, and stays out beside `allow_all_scopes`."""
    names = ClientGrantProvider.wire_names
    wire = {names.get(name, name): value for name, value in flattened(inputs).items()}
    if wire.get("allow_all_scopes"):
        wire.pop("scope", None)
    return wire


def from_wire(wire: Mapping[str, Any]) -> ManagedObject:
    """In our words."""
    names = PROVIDER.own_names
    return {names.get(name, name): value for name, value in wire.items()}


def _key(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the key of a grant, in the words of `ClientGrants.find`."""
    return {name: inputs[name] for name in kinds.GRANT.key if name in inputs}


def _holder(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    if ("client_id" in inputs) == ("default_for" in inputs):
        yield "client_id", f"give this or default_for, and not both ({GRANTS_PAGE})"


def _extent(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    everything = inputs.get("allow_all_scopes", False)
    if not is_unknown(everything) and everything == ("scopes" in inputs):
        yield "scopes", f"give this or allow_all_scopes=True, and not both ({GRANTS_PAGE})"


def _lists(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    for name in ("scopes", "authorization_details_types"):
        values = inputs.get(name, ())
        if is_unknown(values):
            continue
        for position, value in duplicates(values):
            yield f"{name}[{position}]", f"{value} is listed twice"
    scopes = inputs.get("scopes", ())
    for position, value in enumerate(() if is_unknown(scopes) else scopes):
        if is_unknown(value):
            continue
        if not SCOPE.fullmatch(value):
            yield f"scopes[{position}]", f"should be at least one character, and {NO_BLANK}"
        elif known(inputs, "audience") and value.startswith(f"{inputs['audience']}::"):
            yield f"scopes[{position}]", "is the id of a permission; give its scope (permission.scope)"


def _names(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    return unfit_names(inputs, "client_id", "audience")


RULES = (_names, _holder, _extent, _lists)

PROVIDER = ClientGrantProvider()


ClientId = pulumi.Input[str] | pulumi.Output[str | None]
Group = pulumi.Input[DefaultFor] | pulumi.Output[DefaultFor | None]
Scopes = (
    pulumi.Input[SequenceNotStr[pulumi.Input[str]]] | pulumi.Output[SequenceNotStr[pulumi.Input[str]] | None]
)
AllScopes = Literal[True] | pulumi.Output[bool] | pulumi.Output[bool | None]
NotAllScopes = Literal[False] | None


class Further(TypedDict, total=False):
    """What every grant may have beside its application, its API and its permissions."""

    subject_type: pulumi.Input[SubjectType | None]
    organization_usage: pulumi.Input[OrganizationUsage | None]
    allow_any_organization: pulumi.Input[bool | None]
    authorization_details_types: pulumi.Input[SequenceNotStr[pulumi.Input[str]] | None]
    additional_settings: pulumi.Input[Mapping[str, Any] | None]
    adopt: bool


class ClientGrant(Auth0Resource, provider=PROVIDER):
    """The permissions of an API that an application may ask for.

    Args:
        client_id: Id of the application. At least 1 character; this or `default_for`. A change replaces.
        default_for: Group of applications that the grant is the default of, instead of one application. One
            of `third_party_clients`; this or `client_id`. A change replaces.
        audience: Identifier of the API. Its output (`orders.identifier`) lets the grant follow the API
            through a replacement. At least 1 character. A change replaces.
        subject_type: Whether the application asks in its own name (`client`), in a user's (`user`) or in that
            of a user who has not logged in (`anonymous_user`, Early Access). It may have one grant of each
            for an API. One of `client`, `user`, `anonymous_user`. Default: 'client'. A change replaces.
        scopes: The permissions granted; their order means nothing. Values unique; this or `allow_all_scopes`.
        allow_all_scopes: Whether every permission of the API is granted, those of tomorrow included. This or
            `scopes`. Default: False.
        organization_usage: Whether organizations can be used in client credentials exchanges for the grant:
            never (`deny`), where it is wanted (`allow`) or always (`require`). One of `deny`, `allow`,
            `require`.
        allow_any_organization: Whether any organization can be used with the grant; if not, the grant must be
            assigned to the organizations that can. Default: False.
        authorization_details_types: Types of rich authorization requests (RFC 9396) granted. Values unique.
        additional_settings: Settings that Auth0 has and this version has no input for, by Auth0's own names.
            Each is sent as it is given, compared, and watched for drift. None that has an input of its own.
        adopt: Take over the object where the tenant has it already, and apply these settings to it. Default:
            False.
    """

    client_id: pulumi.Output[str | None]
    default_for: pulumi.Output[str | None]
    audience: pulumi.Output[str]
    subject_type: pulumi.Output[str]
    scopes: pulumi.Output[list[str] | None]
    allow_all_scopes: pulumi.Output[bool | None]
    organization_usage: pulumi.Output[str | None]
    allow_any_organization: pulumi.Output[bool | None]
    authorization_details_types: pulumi.Output[list[str] | None]
    additional_settings: pulumi.Output[dict[str, Any] | None]
    is_system: pulumi.Output[bool | None]
    """True for grants that Auth0 itself made and nobody can change."""

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        client_id: ClientId,
        default_for: None = None,
        audience: pulumi.Input[str],
        scopes: Scopes,
        allow_all_scopes: NotAllScopes = None,
        **further: Unpack[Further],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        client_id: ClientId,
        default_for: None = None,
        audience: pulumi.Input[str],
        allow_all_scopes: AllScopes,
        scopes: None = None,
        **further: Unpack[Further],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        default_for: Group,
        client_id: None = None,
        audience: pulumi.Input[str],
        scopes: Scopes,
        allow_all_scopes: NotAllScopes = None,
        **further: Unpack[Further],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        default_for: Group,
        client_id: None = None,
        audience: pulumi.Input[str],
        allow_all_scopes: AllScopes,
        scopes: None = None,
        **further: Unpack[Further],
    ) -> None: ...

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        client_id: pulumi.Input[str | None] = None,
        default_for: pulumi.Input[DefaultFor | None] = None,
        audience: pulumi.Input[str],
        subject_type: pulumi.Input[SubjectType | None] = None,
        scopes: pulumi.Input[SequenceNotStr[pulumi.Input[str]] | None] = None,
        allow_all_scopes: pulumi.Input[bool | None] = None,
        organization_usage: pulumi.Input[OrganizationUsage | None] = None,
        allow_any_organization: pulumi.Input[bool | None] = None,
        authorization_details_types: pulumi.Input[SequenceNotStr[pulumi.Input[str]] | None] = None,
        additional_settings: pulumi.Input[Mapping[str, Any] | None] = None,
        adopt: bool = False,
    ) -> None:
        audience = linked(audience, provider_of(opts))
        inputs = self._given(locals())
        refuse_objects("ClientGrant", resource_name, inputs)
        self._register(resource_name, inputs, opts)
