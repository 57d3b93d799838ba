"""The settings of a provider in a state, and of a stack, by the keys by which a session takes them.

A `Tenant` of the classes has them as the configuration does, `auth0:domain`. The provider plugin has a
namespace of its own there, `auth0-apis:domain`, and none in the state of an explicit provider, `domain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auth0_api_vocabulary.families import PLUGIN
from pulumi_auth0_apis.engine.model.urns import is_default_provider, name_of, type_of
from pulumi_auth0_apis.management.settings import KEYS, NAMESPACE

TENANT = f"{NAMESPACE}tenant"
PLUGIN_NAMESPACE = f"{PLUGIN.plugin}:"


def settings_of(provider: str, inputs: Mapping[str, Any], config: Mapping[str, str]) -> dict[str, str]:
    """The settings of the provider of a URN, whose state has `inputs`, in a stack with the configuration.

    Those of an explicit provider are all that it has; it is named, so that no environment speaks for it.
    """
    is_plugin = type_of(provider) == PLUGIN.provider
    if is_default_provider(provider):
        return _own(PLUGIN_NAMESPACE, config) if is_plugin else dict(config)
    if is_plugin:
        return {**_own("", inputs), TENANT: name_of(provider)}
    return {key: str(value) for key, value in inputs.items()}


def settings_of_stack(config: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a stack: those of the plugin where it configures nothing else."""
    if any(key in KEYS for key in config):
        return dict(config)
    return {**config, **_own(PLUGIN_NAMESPACE, config)}


def is_explicit(provider: str, inputs: Mapping[str, Any]) -> bool:
    """Whether the provider of a URN is a tenant that the program names."""
    return TENANT in inputs or (type_of(provider) == PLUGIN.provider and not is_default_provider(provider))


def _own(prefix: str, values: Mapping[str, Any]) -> dict[str, str]:
    given = {key: values.get(key.replace(NAMESPACE, prefix)) for key in KEYS}
    return {key: str(value) for key, value in given.items() if value}
