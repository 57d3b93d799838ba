"""Read a tenant: its APIs, its client grants and the names of its applications, a page of 100 at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from auth0_api_vocabulary import kinds
from pulumi_auth0_apis._additional import COMPUTED
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis.errors import ConfigurationError, ForbiddenError, abridged
from pulumi_auth0_apis.importing.found_objects import FoundApi, FoundObject, FoundObjects, FoundScope
from pulumi_auth0_apis.importing.naming import slug
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.documents import Object
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES


def read_tenant(
    session: Session,
    *,
    identifiers: Collection[str] = (),
    applications: Collection[str] = (),
    own_client_ids: Collection[str] = (),
) -> FoundObjects:
    """Read what the filters let through; without any, everything.

    `identifiers` are shell patterns (`https://*.example.com/*`) for APIs. `applications` are client ids or
    names: only their grants are taken, and only the APIs of those grants. `own_client_ids` are the
    applications that deploy and that read: their grants on the Management API are left alone, since to
    destroy them would lock Pulumi out. Raises ConfigurationError for a filter that lets nothing through, and
    what a `Session` raises.
    """
    apis = list(LIFECYCLES[kinds.API].listed(session))
    _refuse_idle_patterns(identifiers, [each["identifier"] for each in apis], session.domain)
    found = [
        FoundObject(provider.kind, settings)
        for provider in LIFECYCLES.values()
        if provider.kind.api
        for settings in provider.listed(session)
    ]
    names, remarks = _application_names(session)
    wanted = _client_ids(applications, names)
    found = [
        each
        for each in found
        if _matches(_api_of(each), identifiers) and (not wanted or each.settings.get("client_id") in wanted)
    ]
    audiences = {_api_of(each) for each in found}
    apis = [
        each
        for each in apis
        if _matches(each["identifier"], identifiers) and (not wanted or each["identifier"] in audiences)
    ]
    if wanted and not apis:
        also = " on these APIs" if identifiers else ""
        raise ConfigurationError(
            f"{abridged(list(applications))} has no grant{also} in the tenant {session.domain}, so there is "
            "nothing to import.",
            "Leave --application out to import every grant.",
        )
    own = {each["identifier"] for each in apis if each.get("is_system")}
    return FoundObjects(
        domain=session.domain,
        apis=tuple(map(_api, apis)),
        objects=tuple(each for each in found if not _reason_to_leave(each, own, own_client_ids)),
        applications=names,
        left_out=(
            *remarks,
            *_sentences(apis, found, own, own_client_ids),
            *_without_input(LIFECYCLES[kinds.API], apis),
            *(
                sentence
                for kind, provider in LIFECYCLES.items()
                for sentence in _without_input(provider, (o.settings for o in found if o.kind is kind))
            ),
        ),
    )


def own_client_ids(config: Mapping[str, str]) -> set[str]:
    """The application that this run uses, and the one that the stack is configured for."""
    return {ConnectionSettings.resolve(config).client_id, config.get("auth0:clientId", "")} - {""}


def _application_names(session: Session) -> tuple[dict[str, str], list[str]]:
    """Names by client id; a token that may not read applications costs the names and nothing else."""
    try:
        return {each["client_id"]: each.get("name", "") for each in session.clients.list()}, []
    except ForbiddenError:
        return {}, [
            "The names of applications: the token lacks read:clients, so they go by their client ids."
        ]


def _client_ids(wanted: Collection[str], names: Mapping[str, str]) -> set[str]:
    """The client ids that `wanted` stands for; an id is taken as it is where names cannot be read."""
    ids = set()
    for each in wanted:
        known = {id_ for id_, name in names.items() if each in (id_, name)}
        if names and not known:
            raise ConfigurationError(
                f'There is no application "{each}" in the tenant. --application takes a client id or the '
                "exact name."
            )
        ids |= known or {each}
    return ids


def _refuse_idle_patterns(patterns: Iterable[str], identifiers: Collection[str], domain: str) -> None:
    """Raise ConfigurationError where one matches no API: a slip would look like an import that is done."""
    idle = [each for each in patterns if not any(_matches(identifier, [each]) for identifier in identifiers)]
    if idle:
        raise ConfigurationError(
            f"No API of the tenant {domain} has an identifier like {abridged(idle)}; nothing was imported.",
            f"--identifier takes an identifier or a pattern such as https://*.example.com. There are: "
            f"{abridged(sorted(identifiers))}.",
        )


def _matches(identifier: str, patterns: Iterable[str]) -> bool:
    patterns = list(patterns)
    return not patterns or any(fnmatchcase(identifier, pattern) for pattern in patterns)


def _api(api: Object) -> FoundApi:
    identifier, title = api["identifier"], api.get("name", "")
    if api.get("is_system"):
        return FoundApi(identifier, None, title=title, name=slug(title))
    scopes = (FoundScope(each["value"], each.get("description")) for each in api.get("scopes", ()))
    return FoundApi(identifier, api, tuple(scopes), title)


def _api_of(found: FoundObject) -> str:
    return str(found.settings[found.kind.api])


def _reason_to_leave(
    found: FoundObject, system_apis: Collection[str], own_client_ids: Collection[str]
) -> str:
    """Why an object is none of the program's business; empty where it is."""
    if found.settings.get("is_system"):
        return "Auth0 made it and lets nobody change it."
    if _api_of(found) in system_apis and found.settings.get("client_id") in own_client_ids:
        return "Pulumi's own access to the tenant, which no program should be able to destroy."
    return ""


def _sentences(
    apis: Iterable[Object],
    found: Iterable[FoundObject],
    system_apis: Collection[str],
    own_client_ids: Collection[str],
) -> list[str]:
    own_apis = [
        f"{each.get('name') or 'The API'} ({each['identifier']}): Auth0's own API."
        for each in apis
        if each.get("is_system")
    ]
    own_objects = [
        f"The {each.kind.noun} {each.settings['id']} of {each.settings.get('client_id')} "
        f"on {_api_of(each)}: {reason}"
        for each in found
        if (reason := _reason_to_leave(each, system_apis, own_client_ids))
    ]
    return own_apis + own_objects


def _without_input(provider: ObjectProvider, objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for each setting that this version has no input for.

    It is not imported: nobody here knows whether its value is a secret, or one that Auth0 alone may set.
    """
    known = {*provider.own_names, *provider.own_names.values(), *provider.computed, *COMPUTED}
    holders = defaultdict(list)
    for each in objects:
        for setting in () if each.get("is_system") else each.keys() - known:
            holders[setting].append(str(each[provider.names[-1]]))
    for setting, having in sorted(holders.items()):
        noun = f"{provider.title}{'s' * (len(having) != 1)}"
        yield (
            f"The setting {setting} of the {noun} {abridged(having)}: this version has no input for it, so "
            "it stays as the tenant has it. A program manages one by additional_settings."
        )
