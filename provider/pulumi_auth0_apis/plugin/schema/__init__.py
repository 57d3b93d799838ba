"""The schema of the package: what Pulumi makes the classes of every language from.

It is the tables of settings in Pulumi's words, and holds no fact of its own about Auth0. It has no default
value: a default that a language's class sends is a setting that the program manages from then on.
Format: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
"""

from __future__ import annotations

from typing import Any

from auth0_api_vocabulary import OUR_KINDS
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.plugin.package import PACKAGE, token
from pulumi_auth0_apis.plugin.schema.configuration import properties
from pulumi_auth0_apis.plugin.schema.functions import functions
from pulumi_auth0_apis.plugin.schema.languages import LANGUAGES
from pulumi_auth0_apis.plugin.schema.resources import resource
from pulumi_auth0_apis.plugin.schema.types import Types


def package() -> dict[str, Any]:
    """The schema of the installed version, to be written as JSON."""
    types = Types()
    resources = {token(kind.cls): resource(kind, lifecycle_of(kind.module), types) for kind in OUR_KINDS}
    return {
        "name": PACKAGE,
        "displayName": "Auth0 APIs",
        "version": __version__,
        "description": "Auth0 APIs, their permissions and the grants of applications.",
        "keywords": ["auth0", "pulumi", "category/infrastructure", "kind/native"],
        "license": "Apache-2.0",
        "meta": {"moduleFormat": "(.*)", "supportPack": True},
        "language": LANGUAGES,
        "config": {"variables": properties()},
        "provider": {
            "description": "A tenant of Auth0, and how to reach it. An explicit provider has these settings "
            "alone: neither the stack's configuration nor `AUTH0_*` variables reach it.",
            "inputProperties": properties(),
        },
        "resources": resources,
        "functions": functions(types),
        "types": types.declared(),
    }
