"""A resource as each package declares it, and a rule's words about it as its programs spell them."""

from __future__ import annotations

from dataclasses import dataclass

from auth0_api_vocabulary import OURS, Family
from auth0_api_vocabulary.families import BRIDGED, PLUGIN
from pulumi_auth0_apis.testing.policies import Resource, bridged, in_plugin


@dataclass(frozen=True)
class Declared:
    """One family, by which a test of a rule runs; a resource that no class declares stays as it is."""

    family: Family

    def __call__(self, resource: Resource) -> Resource:
        turned = {PLUGIN: in_plugin, BRIDGED: bridged}.get(self.family)
        return turned(resource) if turned and resource.type in OURS else resource

    def told(self, text: str) -> str:
        """What a rule says, its properties in backticks."""
        return self.family.told(text)
