"""Read a `terraform.tfstate`, format version 4, of Auth0's Terraform provider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auth0_api_vocabulary.families import BRIDGED
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.foreign import CLIENT, ForeignKind, ForeignResource, assemble
from pulumi_auth0_apis.importing.found_objects import FoundObjects
from pulumi_auth0_apis.importing.naming import UniqueNames, slug

TYPES: Mapping[str, ForeignKind] = {
    **{kind.terraform: kind for kind in BRIDGED.tokens.values()},
    "auth0_client": CLIENT,
}

_SINGLE_BLOCKS = frozenset(
    {
        "token_encryption",
        "encryption_key",
        "proof_of_possession",
        "authorization_policy",
        "subject_type_authorization",
        "user",
        "client",
        "anonymous_user",
        "access_token",
        "claims_mapping",
    }
)
"""Blocks of which there is at most one; Terraform keeps them as a list."""


def read_terraform_state(state: Any, domain: str) -> FoundObjects:
    """What the state declares in the tenant `domain`. Raises ConfigurationError for another format."""
    if (
        not isinstance(state, dict)
        or state.get("version") != 4
        or not isinstance(state.get("resources"), list)
    ):
        raise ConfigurationError(
            "The file is no Terraform state of format version 4, which Terraform writes since 0.12.",
            "`terraform state pull > terraform.tfstate` writes one from any backend.",
        )
    return assemble(_resources(state["resources"]), domain)


def _resources(written: list[dict[str, Any]]) -> Iterator[ForeignResource]:
    """The objects that Terraform manages; one that is deposed is about to go, and its successor is there."""
    names = {kind: UniqueNames() for kind in TYPES.values()}
    for resource in written:
        kind = TYPES.get(resource.get("type", ""))
        if kind is None or resource.get("mode") != "managed":
            continue
        for instance in resource.get("instances", ()):
            if "deposed" not in instance:
                attributes = _plain(_attributes(resource, instance))
                name = names[kind].take_first(_possible_names(resource, instance))
                yield ForeignResource(kind, name, str(attributes.get("id", "")), attributes)


def _attributes(resource: Mapping[str, Any], instance: Mapping[str, Any]) -> Any:
    if "attributes" not in instance:
        raise ConfigurationError(
            f"{resource['type']}.{resource['name']} stands in the state as Terraform before 0.12 wrote it.",
            "`terraform apply -refresh-only` writes it anew.",
        )
    return instance["attributes"]


def _possible_names(resource: Mapping[str, Any], instance: Mapping[str, Any]) -> list[str]:
    """The resource's name, with the key of `count` or `for_each`; then the same after its module's name."""
    key = instance.get("index_key")
    name = resource["name"] if key is None else f"{resource['name']}-{slug(str(key)) or 'x'}"
    module = slug(resource.get("module", "").replace("module.", ""))
    return [name, f"{module}-{name}"] if module else [name]


def _plain(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _plain(item, key) for key, item in value.items()}
    if isinstance(value, list):
        items = [_plain(item) for item in value]
        return next(iter(items), None) if name in _SINGLE_BLOCKS else items
    return value
