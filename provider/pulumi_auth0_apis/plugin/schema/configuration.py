"""The configuration of a provider in the schema, and what each of its settings means."""

from __future__ import annotations

from pulumi_auth0_apis.management.settings import KEYS, SECRET_KEYS
from pulumi_auth0_apis.plugin.schema.types import Spec

SECRET = frozenset(key.partition(":")[2] for key in SECRET_KEYS)
MEANINGS = {
    "domain": "The tenant's domain, such as `my-tenant.eu.auth0.com`; `http://` for a sandbox on this "
    "machine only.",
    "audience": "Identifier of the Management API, `https://<domain>/api/v2/` unless given; needed behind a "
    "custom domain.",
    "clientId": "The machine-to-machine application that manages the tenant.",
    "clientSecret": "Its secret.",
    "apiToken": "A Management API token instead of an application. It expires, so it suits trials only.",
    "clientAssertionPrivateKey": "Instead of the secret, the PEM of a key that is registered with the "
    "application (private-key JWT).",
    "clientAssertionSigningAlg": "The algorithm of that key: `RS256` unless given, `RS384` or `PS256`.",
    "maxRequestShare": "What part of the tenant's rate limit to take, above 0 up to 1. 1 unless given.",
}


def properties() -> dict[str, Spec]:
    """Every setting. None is required: the environment speaks for the stack's own provider as well."""
    return {
        name: {"type": "number" if name == "maxRequestShare" else "string", **_said(name, variable)}
        for name, variable in _settings().items()
    }


def _settings() -> dict[str, str]:
    """The environment variable that speaks for a setting, by the setting's name."""
    return {key.partition(":")[2]: variable for key, variable in KEYS.items() if variable}


def _said(name: str, variable: str) -> Spec:
    said = f"{MEANINGS[name]} Environment, for the stack's own provider: `{variable}`."
    return {"description": said, **({"secret": True} if name in SECRET else {})}
