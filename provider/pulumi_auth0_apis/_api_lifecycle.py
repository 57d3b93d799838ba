"""The lifecycle of an API, Auth0's resource server."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from auth0_api_vocabulary import ADDITIONAL, kinds
from pulumi_auth0_apis._additional import ADDITIONAL_SETTINGS, flattened
from pulumi_auth0_apis._adoption import create_or_find, take_over
from pulumi_auth0_apis._api_check import NOT_OURS, RULES
from pulumi_auth0_apis._api_settings import (
    DEFAULTS,
    SETTINGS,
    SYSTEM_IDENTIFIER,
    SYSTEM_SETTINGS,
    WEB_LIFETIME,
)
from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._inputs import Failure, Setting, known
from pulumi_auth0_apis._lifecycle import ADOPT, API_TITLE, FORCE, ManagedObject, ObjectProvider, TenantRun
from pulumi_auth0_apis._removal import is_forced, still_granted
from pulumi_auth0_apis._telling import inform
from pulumi_auth0_apis._thumbprint import thumbprint
from pulumi_auth0_apis.errors import SettingsError, abridged

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session


class ResourceServerProvider(ObjectProvider):
    """The lifecycle of an API."""

    kind = kinds.API
    title = API_TITLE
    settings = (*SETTINGS, ADDITIONAL_SETTINGS)
    names = ("id", "identifier")
    import_filters: ClassVar[dict[str, str]] = {"identifier": "--identifier"}
    options = (ADOPT, FORCE)
    held_apart = ("scopes",)
    computed = ("is_system", "client_id", "signing_secret")
    needs = (
        "read:resource_servers",
        "create:resource_servers",
        "update:resource_servers",
        "delete:resource_servers",
        "read:client_grants",
    )

    def check(self, inputs: Mapping[str, Any]) -> list[Failure]:
        return [failure for rule in RULES for failure in rule(inputs)]

    def completed(self, inputs: ManagedObject, before: Mapping[str, Any]) -> ManagedObject:
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

    def create(
        self, run: TenantRun, inputs: Mapping[str, Any], adopt: bool | str
    ) -> tuple[str, ManagedObject]:
        servers, identifier = run.session.resource_servers, inputs["identifier"]
        made = may_be_ours = False
        if isinstance(adopt, str) and not run.holdings.was_deleted(self.key_of(inputs)):
            found = servers.get(adopt)
        elif SYSTEM_IDENTIFIER.fullmatch(identifier):
            found, may_be_ours = _system_api(run.session, identifier), True  # Auth0's: it is never deleted
        else:
            found, made, may_be_ours = create_or_find(
                lambda: servers.create(flattened(inputs)), lambda: servers.find(identifier)
            )
        if not made:
            change = partial(self.update, run, found["id"], found)
            found = take_over(self, run, found, inputs, adopt, change, may_be_ours=may_be_ours)
        if "scopes" in inputs:
            run.holdings.list_scopes(identifier, _values(inputs["scopes"]))
        return found["id"], found

    def find(self, session: Session, inputs: Mapping[str, Any]) -> ManagedObject | None:
        return session.resource_servers.find(inputs["identifier"])

    def listed(self, session: Session) -> Iterable[ManagedObject]:
        return session.resource_servers.list()

    def read(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> tuple[str, ManagedObject]:
        del outputs
        found = session.resource_servers.get(id_)
        return found["id"], found

    def update(
        self, run: TenantRun, id_: str, outputs: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> ManagedObject:
        fixed = set(changes) - SYSTEM_SETTINGS - {ADDITIONAL} if outputs.get("is_system") else set()
        if fixed:
            raise SettingsError(f"The system API {id_}", [(name, NOT_OURS) for name in sorted(fixed)])
        return run.session.resource_servers.update(id_, flattened(changes))

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

    def remembered(self, holdings: Holdings, inputs: Mapping[str, Any]) -> ManagedObject:
        """The permissions that resources may take over from the API's list, after an interruption too."""
        released = () if "scopes" in inputs else holdings.released(inputs["identifier"])
        return {"released_scopes": sorted(released)} if released else {}

    def delete(self, run: TenantRun, id_: str, outputs: Mapping[str, Any]) -> None:
        if outputs.get("is_system"):
            inform(f"The system API {outputs['identifier']} stays in the tenant: Auth0 owns it.")
            return
        replacements = run.holdings.replacements_of(self.key_of(outputs))
        self.refuse_removal(run, {**outputs, **_forced_by(outputs, *(each.inputs for each in replacements))})
        run.session.resource_servers.delete(id_)

    def left_behind(self, run: TenantRun, outputs: Mapping[str, Any]) -> str:
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

    def refuse_removal(
        self, run: TenantRun, inputs: Mapping[str, Any], leaving: Collection[str] = ()
    ) -> None:
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

    def kept(self, found: ManagedObject, wanted: Mapping[str, Any]) -> ManagedObject:
        """With the secret where the tenant does not show it, and the PEM where its thumbprint still holds."""
        kept = dict(found)
        if "signing_secret" in wanted:
            kept.setdefault("signing_secret", wanted["signing_secret"])
        if "token_encryption" in wanted and "token_encryption" in found:
            kept["token_encryption"] = _with_pem(found["token_encryption"], wanted["token_encryption"])
        return kept

    def recorded(self, found: ManagedObject, inputs: Mapping[str, Any]) -> ManagedObject:
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


def _forced_by(*props: Mapping[str, Any]) -> ManagedObject:
    return {"force": any(each.get("force") for each in props)}


def _system_api(session: Session, identifier: str) -> ManagedObject:
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


def _with_pem(found: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> ManagedObject:
    key = dict(found.get("encryption_key") or {})
    pem = ((wanted or {}).get("encryption_key") or {}).get("pem")
    if pem is not None and key.get("thumbprint_sha256") == thumbprint(pem):
        key["pem"] = pem
    return {**found, "encryption_key": key}


PROVIDER = ResourceServerProvider()
