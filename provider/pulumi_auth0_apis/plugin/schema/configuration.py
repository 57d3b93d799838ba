"""The configuration of a provider in the schema."""

from __future__ import annotations

from pulumi_auth0_apis.management.settings import KEYS, MEANINGS, SECRET_KEYS
from pulumi_auth0_apis.plugin.schema.types import Spec


def properties() -> dict[str, Spec]:
    """Every setting. None is required: the environment speaks for the stack's own provider as well."""
    return {
        key.partition(":")[2]: _property(key, variable)
        for key, variable in KEYS.items()
        if variable  # the others are no setting of a program
    }


def _property(key: str, variable: str) -> Spec:
    name = key.partition(":")[2]
    return {
        "type": "number" if name == "maxRequestShare" else "string",
        "description": f"{MEANINGS[key]} Environment, for the stack's own provider: `{variable}`.",
        **({"secret": True} if key in SECRET_KEYS else {}),
    }
