"""Read the output of `pulumi stack export` of a stack that uses `pulumi-auth0` or the provider plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import in_our_words, name_of
from auth0_api_vocabulary.families import BRIDGED, PLUGIN
from pulumi_auth0_apis.engine.model.values import from_checkpoint, unwrapped
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.foreign import CLIENT, ForeignKind, ForeignResource, assemble
from pulumi_auth0_apis.importing.found_objects import FoundObjects

TYPES: Mapping[str, ForeignKind] = {
    **BRIDGED.tokens,
    **PLUGIN.tokens,
    "auth0:index/client:Client": CLIENT,
}
_PROVIDERS = (BRIDGED.provider, PLUGIN.provider)


def read_pulumi_state(state: Any, domain: str | None = None) -> FoundObjects:
    """Return the objects that a stack declares, in the tenant of its provider or else in `domain`.

    Raises ConfigurationError for another format, for an encrypted value, and where no tenant is named.
    """
    deployment = state.get("deployment") if isinstance(state, dict) else None
    written = deployment.get("resources") if isinstance(deployment, dict) else None
    if not isinstance(written, list):
        raise ConfigurationError(
            "The file is not what `pulumi stack export` writes: it has no deployment.resources."
        )
    tenant = domain or next(filter(None, map(_domain, written)), None)
    if not tenant:
        raise ConfigurationError(
            "The exported stack does not say which tenant it is for.",
            "Name it by AUTH0_DOMAIN or auth0:domain.",
        )
    live = [each for each in written if not each.get("delete") and not each.get("external")]
    return assemble(_resources(live), tenant)


def _domain(resource: Mapping[str, Any]) -> str | None:
    if resource.get("type") not in _PROVIDERS:
        return None
    domain = resource.get("inputs", {}).get("domain")
    return domain if isinstance(domain, str) else None


def _resources(written: list[dict[str, Any]]) -> Iterator[ForeignResource]:
    for resource in written:
        kind = TYPES.get(resource.get("type", ""))
        if kind is not None:
            name = name_of(resource["urn"])
            inputs = resource.get("inputs", {})
            attributes = in_our_words(_in_clear({**inputs, **resource.get("outputs", {})}, name))
            chosen = frozenset(in_our_words(inputs)) - {"__defaults"}
            yield ForeignResource(kind, name, resource["id"], attributes, chosen)


def _in_clear(properties: Mapping[str, Any], name: str) -> Any:
    def refuse(_: str) -> str:
        raise ConfigurationError(
            f"The exported stack holds an encrypted value of {name}.",
            "Export it in clear, into a file that "
            "only you can read: `pulumi stack export --show-secrets`; what is imported is encrypted again.",
        )

    return unwrapped(from_checkpoint(dict(properties), refuse))
