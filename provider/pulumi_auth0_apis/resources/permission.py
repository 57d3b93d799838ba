"""One permission of an API: a value in its resource server's list of scopes.

The Management API has no object for it: the list is written as a whole, and the session writes it without
losing what others put there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi

from auth0_api_vocabulary import kinds
from pulumi_auth0_apis._adoption import take_over
from pulumi_auth0_apis._declared import provider_of
from pulumi_auth0_apis._inputs import Failure, Setting, known
from pulumi_auth0_apis._lifecycle import ADOPT, FORCE, ManagedObject, ObjectProvider, TenantRun
from pulumi_auth0_apis._named_api import linked, with_its_api
from pulumi_auth0_apis._object_inputs import refuse_objects
from pulumi_auth0_apis._removal import is_forced, still_granted
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis._scope_owner import claim
from pulumi_auth0_apis._texts import NO_BLANK, SCOPE, unfit_names
from pulumi_auth0_apis.errors import Auth0ApisError, NotFoundError, SettingsError

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session

PERMISSIONS_PAGE = "https://auth0.com/docs/get-started/apis/add-api-permissions"

SETTINGS = (
    Setting(
        "resource_server_identifier",
        str,
        description="Identifier of the API. Its output (`orders.identifier`) lets the permission follow the "
        "API through a replacement.",
        at_least=1,
        unit="character",
        required=True,
        on_change="replace",
        source=PERMISSIONS_PAGE,
    ),
    Setting(
        "scope",
        str,
        description="The permission itself, such as `read:orders`.",
        at_least=1,
        unit="character",
        note="no white space",
        required=True,
        on_change="replace",
        source=PERMISSIONS_PAGE,
    ),
    Setting(
        "description",
        str,
        description="What the permission allows, as a user reads it who is asked for consent.",
        on_removal="null",
        source=PERMISSIONS_PAGE,
    ),
)


class PermissionProvider(ObjectProvider):
    """The lifecycle of a permission. It owns its one scope, and leaves all others of the API alone."""

    kind = kinds.PERMISSION
    title = "permission"
    settings = SETTINGS
    import_filters: ClassVar[dict[str, str]] = {"resource_server_identifier": "--identifier"}
    options = (ADOPT, FORCE)
    needs = ("read:resource_servers", "update:resource_servers", "read:client_grants")
    ways_on = (
        "If its API listed it in `scopes` until now: name the API by its output, or set depends_on=[orders].",
    )
    on_missing = (
        f"{NotFoundError.on_create} An API of this program that was removed outside Pulumi is made again "
        "after `pulumi refresh`."
    )

    def named(self, found: Mapping[str, Any]) -> str:
        return f"The permission {found['scope']} of the API {found['resource_server_identifier']}"

    def check(self, inputs: Mapping[str, Any]) -> Iterator[Failure]:
        yield from unfit_names(inputs, "resource_server_identifier")
        if known(inputs, "scope") and not SCOPE.fullmatch(inputs["scope"]):
            yield "scope", f"should contain {NO_BLANK} ({PERMISSIONS_PAGE})"

    def create(
        self, run: TenantRun, inputs: Mapping[str, Any], adopt: bool | str
    ) -> tuple[str, ManagedObject]:
        identifier, scope = inputs["resource_server_identifier"], inputs["scope"]
        id_ = f"{identifier}::{scope}"
        if isinstance(adopt, str) and adopt != id_:
            raise SettingsError(f"The permission {id_}", [("import_", f"is the id of another one, {adopt}")])
        found = self.find(run.session, inputs)
        if found is None and isinstance(adopt, str) and not run.holdings.was_deleted(self.key_of(inputs)):
            raise _missing(identifier, scope)
        if found is None:
            return id_, _write(run.session, inputs)
        if scope in run.holdings.released(identifier):
            adopt = True  # the API has listed it until now, and hands it over
        return id_, take_over(self, run, found, inputs, adopt, lambda _: _write(run.session, inputs))

    def find(self, session: Session, inputs: Mapping[str, Any]) -> ManagedObject | None:
        return _found(session, inputs["resource_server_identifier"], inputs["scope"])

    def read(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> tuple[str, ManagedObject]:
        identifier, _, scope = id_.rpartition("::")
        if "scope" in outputs:  # either part of an id may hold `::` itself
            identifier, scope = outputs["resource_server_identifier"], outputs["scope"]
        if not (identifier and scope):
            raise Auth0ApisError(
                f'"{id_}" is no id of a permission.',
                "It is the API's identifier, `::` and the scope, together.",
            )
        found = _found(session, identifier, scope)
        if found is None:
            raise _missing(identifier, scope)
        return id_, found

    def update(
        self, run: TenantRun, id_: str, outputs: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> ManagedObject:
        del id_
        return _write(run.session, {**outputs, **changes})

    def delete(self, run: TenantRun, id_: str, outputs: Mapping[str, Any]) -> None:
        del id_
        identifier, scope = outputs["resource_server_identifier"], outputs["scope"]
        if run.holdings.lists(identifier, scope):
            return
        if not is_forced(outputs):
            _refuse_while_granted(run.session, identifier, scope)
        run.session.scopes.delete(identifier, scope)


def _found(session: Session, identifier: str, scope: str) -> ManagedObject | None:
    kept = (kept for kept in session.scopes.read(identifier) if kept["value"] == scope)
    return next((_object(identifier, one) for one in kept), None)


def _write(session: Session, inputs: Mapping[str, Any]) -> ManagedObject:
    identifier = inputs["resource_server_identifier"]
    return _object(identifier, session.scopes.write(identifier, inputs["scope"], inputs.get("description")))


def _object(identifier: str, kept: Mapping[str, Any]) -> ManagedObject:
    described = {"description": kept["description"]} if "description" in kept else {}
    return {
        "id": f"{identifier}::{kept['value']}",
        "resource_server_identifier": identifier,
        "scope": kept["value"],
        **described,
    }


def _missing(identifier: str, scope: str) -> NotFoundError:
    return NotFoundError(
        f"The API {identifier} has no permission {scope}.",
        status=404,
        method="GET",
        path=f"/api/v2/resource-servers/{identifier}",
    )


def _refuse_while_granted(session: Session, identifier: str, scope: str) -> None:
    """Auth0 would remove the permission and leave its name in the grants, and say nothing."""
    held = [grant for grant in session.client_grants.of(identifier) if scope in grant.get("scope", ())]
    if held:
        raise still_granted(
            session,
            f"The permission {scope} of the API {identifier}",
            held,
            "Take it out of these grants first (in a program: `scopes=[permission.scope]` lets Pulumi do it "
            "in order).",
        )


PROVIDER = PermissionProvider()


class Permission(Auth0Resource, provider=PROVIDER):
    """One permission (scope) of an API.

    Use this or `ResourceServer.scopes` for an API, not both. Its id is `<identifier>::<scope>`. Where the
    program refers to the API by its output, the permission goes with the API, without a call of its own.

    Args:
        resource_server_identifier: Identifier of the API. Its output (`orders.identifier`) lets the
            permission follow the API through a replacement. At least 1 character. A change replaces.
        scope: The permission itself, such as `read:orders`. At least 1 character; no white space. A change
            replaces.
        description: What the permission allows, as a user reads it who is asked for consent.
        adopt: Take over the object where the tenant has it already, and apply these settings to it. Default:
            False.
        force: Delete the object even while grants hold it, those of other stacks and people too. Default:
            False.
    """

    resource_server_identifier: pulumi.Output[str]
    scope: pulumi.Output[str]
    description: pulumi.Output[str | None]

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        resource_server_identifier: pulumi.Input[str],
        scope: pulumi.Input[str],
        description: pulumi.Input[str | None] = None,
        adopt: bool = False,
        force: bool = False,
    ) -> None:
        tenant = provider_of(opts)
        resource_server_identifier = linked(resource_server_identifier, tenant)
        inputs = self._given(locals())
        refuse_objects("Permission", resource_name, inputs)
        claim("Permission", resource_name, resource_server_identifier, tenant)
        self._register(resource_name, inputs, with_its_api(resource_server_identifier, opts))
