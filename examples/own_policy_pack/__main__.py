"""Acme's policy pack: every rule for Auth0 APIs, and one of its own.

A rule is a function that yields what is wrong with a resource. The frame does the rest: values that are
not known in preview, exemptions, configuration, and the type tokens of both packages. It also takes a
severity, tags, a link, and a schema of its own configuration. The files in `config`, one a stack, are read
for mistakes and for a preset.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auth0_api_policies import RULES
from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule
from auth0_api_policies.pack import PolicyPack


@resource_rule(
    ResourceServer, name="names-have-a-team", remedy="end the name with the team's, as in Orders (shop)."
)
def names_have_a_team(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """The name of an API ends with the team that owns it."""
    if not api.name.endswith(")"):
        yield f"`name` is {api.name!r}."


PolicyPack("acme", policies=[*RULES, names_have_a_team], configurations=Path(__file__).with_name("config"))
