"""The configuration of a provider: the tenant, and how to reach it. Nothing here makes a call."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_auth0_apis.engine.model import values
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct
from pulumi_auth0_apis.errors import ConfigurationError, WrongTenantError
from pulumi_auth0_apis.management.settings import (
    KEYS,
    NAMESPACE,
    SECRET_KEYS,
    domain_of,
    is_loopback,
    normalised,
    refuse_malformed,
)
from pulumi_auth0_apis.plugin.package import PACKAGE
from pulumi_auth0_apis.plugin.words import in_their_words

NAMES = tuple(key.removeprefix(NAMESPACE) for key, variable in KEYS.items() if variable)
SECRETS = frozenset(key.removeprefix(NAMESPACE) for key in SECRET_KEYS)
OF_THE_ENGINE = ("version", "pluginDownloadURL", "__internal")


def check(request: proto.CheckRequest) -> proto.CheckResponse:
    """The configuration with its secrets marked, and what is wrong with it as far as it is known.

    The stack's own provider records the domain that the environment says, and stays there: what is to be
    deleted in an old tenant would go by the credentials of the environment, which are the new one's.
    """
    given = _received(request.news)
    if "domain" not in given and not is_explicit(request.urn) and os.environ.get("AUTH0_DOMAIN"):
        given["domain"] = normalised(os.environ["AUTH0_DOMAIN"].strip())
    failures = [proto.CheckFailure(property=name, reason=reason) for name, reason in _failures(given)]
    before = _received(request.olds)
    if not is_explicit(request.urn) and _is_another(before.get("domain"), given.get("domain")):
        reason = in_their_words(str(_stays(before["domain"], given["domain"])))
        failures.append(proto.CheckFailure(reason=reason))
    marked = {name: values.Secret(value) if name in SECRETS else value for name, value in given.items()}
    return proto.CheckResponse(inputs=to_struct(marked), failures=failures)


def diff(request: proto.DiffRequest) -> proto.DiffResponse:
    """Another tenant needs another provider, and so do all its resources. Anything else is an update.

    Raises WrongTenantError for the stack's own provider of another version of the plugin, as its check does
    for one of the same.

    The old configuration may be that of a `Tenant` of the dynamic resources, whose keys have a prefix.
    """
    before, after = (_received(struct) for struct in (request.old_inputs or request.olds, request.news))
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    moves = _is_another(before.get("domain"), after.get("domain"))
    if moves and not is_explicit(request.urn):
        raise _stays(before["domain"], after["domain"])
    return proto.DiffResponse(
        changes=proto.DiffResponse.DIFF_SOME if changed else proto.DiffResponse.DIFF_NONE,
        diffs=changed,
        replaces=["domain"] if moves else [],
    )


def configured(args: Struct, urn: str) -> dict[str, str]:
    """The settings of a session, by their full keys. An explicit provider's own are all that it has."""
    known = {name: value for name, value in _received(args).items() if not isinstance(value, values.Unknown)}
    settings = {f"{NAMESPACE}{name}": str(value) for name, value in known.items() if name in NAMES}
    return settings | ({f"{NAMESPACE}tenant": urn.rpartition("::")[2]} if is_explicit(urn) else {})


def moved(outputs: Struct, settings: Mapping[str, str]) -> proto.DiffResponse | None:
    """The answer about a resource of an explicit provider that was made in another tenant: it is made here.

    The engine asks about one only where an earlier run has moved the provider, and was broken off before the
    resource followed. The stack's own provider does not move.
    """
    recorded = outputs.fields["domain"].string_value if "domain" in outputs.fields else None
    if f"{NAMESPACE}tenant" not in settings or not _is_another(recorded, domain_of(settings) or None):
        return None
    return proto.DiffResponse(changes=proto.DiffResponse.DIFF_SOME, diffs=["domain"], replaces=["domain"])


def is_explicit(urn: str) -> bool:
    """Whether a program declares the provider; the engine calls those that it makes itself `default…`."""
    return bool(urn) and not urn.rpartition("::")[2].startswith("default")


def _is_another(was: Any, is_now: Any) -> bool:
    """Whether both domains are known, and not of one tenant."""
    return isinstance(was, str) and isinstance(is_now, str) and normalised(was) != normalised(is_now)


def _stays(recorded: str, configured: str) -> WrongTenantError:
    return WrongTenantError(
        "What this stack's own provider manages",
        recorded=recorded,
        configured=configured,
        of_sandboxes=is_loopback(recorded) and is_loopback(configured),
    )


def _received(struct: Struct) -> dict[str, Any]:
    read = from_struct(struct, keep_secrets=False)
    own = {name.removeprefix(NAMESPACE): value for name, value in read.items() if name not in OF_THE_ENGINE}
    return {name: value for name, value in own.items() if value is not None and name != "tenant"}


def _failures(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    failures = []
    for name, value in given.items():
        if isinstance(value, values.Unknown):
            continue
        if name not in NAMES:
            near = get_close_matches(name, NAMES, 1)
            hint = f"; did you mean {near[0]}?" if near else f": there are {', '.join(NAMES)}"
            # named by no property, whose value the engine prints: it may be a secret under a misspelled name
            failures.append(("", f"{PACKAGE}:{name}: there is no such setting{hint}"))
            continue
        try:
            refuse_malformed(f"{NAMESPACE}{name}", str(value))
        except ConfigurationError as error:
            failures.append(("" if name in SECRETS else name, in_their_words(str(error))))
    return failures
