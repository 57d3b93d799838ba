"""The stack's state: does it hold a credential or a signing secret in clear?"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_auth0_apis.doctor.project_files import CREDENTIAL_VARIABLES, CREDENTIALS
from pulumi_auth0_apis.doctor.result import Diagnosis, ok, problem, skipped
from pulumi_auth0_apis.doctor.surroundings import Surroundings
from pulumi_auth0_apis.engine import EngineError

SECRET_PROPERTIES = frozenset(
    {
        *CREDENTIALS,
        *(key.partition(":")[2] for key in CREDENTIALS),
        "client_secret",
        "signing_secret",
        "signingSecret",
    }
)
"""Properties of our resources, and of pulumi-auth0's, that must be encrypted."""


def check_state(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether the state holds a secret as plain text. Nothing is decrypted for this."""
    if isinstance(surroundings.project, EngineError) and surroundings.state_file is None:
        yield skipped("state", "There is no project to look at.")
        return
    try:
        resources = _resources(surroundings)
    except (OSError, ValueError, EngineError) as error:
        yield skipped("state", f"The state cannot be read: {error}")
        return
    if resources is None:
        yield skipped(
            "state",
            "The state is in another backend than a folder. `pulumi stack export > state.json`, and give "
            "--state state.json, to have it looked at.",
        )
        return
    known = {
        value for name, value in surroundings.environment.items() if name in CREDENTIAL_VARIABLES and value
    }
    exposed = sorted({place for each in resources for place in _exposed(each, known)})
    for place in exposed:
        yield problem(
            "state",
            f"{place} is in the state in clear.",
            "Rotate it in Auth0, mark it as a secret (`pulumi config set --secret`, `pulumi.Output.secret`), "
            "and run `pulumi up`. Earlier versions of the state keep the old value: `pulumi stack history`.",
        )
    if not exposed:
        yield ok("state", f"no secret in clear in {len(resources)} resources")


def _resources(surroundings: Surroundings) -> list[dict[str, Any]] | None:
    """The resources of the state as they are written; None where the state is out of reach."""
    if surroundings.state_file is not None:
        deployment = json.loads(surroundings.state_file.read_bytes()).get("deployment") or {}
        return list(deployment.get("resources") or ())
    store = surroundings.store
    if store is None:
        return None
    if not store.exists():
        return []
    content = store.file.read_bytes()
    document = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    latest = document.get("checkpoint", {}).get("latest") or {}
    return list(latest.get("resources") or ())


def _exposed(resource: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    """Each secret of the resource that is written as plain text, by its property and URN."""
    for part in ("inputs", "outputs"):
        for name, value in _texts(resource.get(part) or {}):
            if name in SECRET_PROPERTIES or value in known:
                yield f"{name} of {resource['urn']}"


def _texts(properties: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the name it stands under; what is encrypted is an object with a ciphertext."""
    if isinstance(properties, str):
        if properties:
            yield name, properties
    elif isinstance(properties, list):
        for item in properties:
            yield from _texts(item, name)
    elif isinstance(properties, dict) and "ciphertext" not in properties:
        for key, value in properties.items():
            yield from _texts(value, key)
