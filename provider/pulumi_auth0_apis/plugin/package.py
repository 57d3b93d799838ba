"""The names of the plugin's package, in which programs and states know it. They never change."""

from __future__ import annotations

from auth0_api_vocabulary.families import PLUGIN
from auth0_api_vocabulary.kinds import PLUGIN_PREFIX

PACKAGE = PLUGIN.package


def token(name: str) -> str:
    """The token of a resource, a type or a function of the package."""
    return f"{PLUGIN_PREFIX}{name}"
