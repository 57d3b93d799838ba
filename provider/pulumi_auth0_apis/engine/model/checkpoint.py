"""The document around a state in its file: version 3 of Pulumi's checkpoint, or 4, which names features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.state import IntegrityError

HONOURED_FEATURES: Final = {"hooks": "resourceHooks", "replaceWith": "replaceWith", "taint": "taint"}
"""Features of version 4 that this engine acts on, and the field of a resource that uses each.

A state with any other is left to the `pulumi` command.
"""


def to_checkpoint_document(stack: str, deployment: Mapping[str, Any]) -> dict[str, Any]:
    """Wrap a written deployment as the file of `stack` (`organization/<project>/<stack>`)."""
    features = _features(deployment.get("resources", ()))
    document: dict[str, Any] = {"version": 4, "features": features} if features else {"version": 3}
    return {**document, "checkpoint": {"stack": stack, "latest": deployment}}


def deployment_of(document: Any) -> dict[str, Any]:
    """The written deployment in a checkpoint file; empty for a stack that was never deployed.

    Raises `IntegrityError` for another kind of document, `UnsupportedError` for what only `pulumi` can take.
    """
    version = document.get("version") if isinstance(document, dict) else None
    if version not in (3, 4):
        raise unsupported.STATES.error(f"A state file of version {version}")
    unknown = set(document.get("features") or ()) - HONOURED_FEATURES.keys()
    if unknown:
        raise unsupported.STATES.error(f"A state file that needs {', '.join(sorted(unknown))}")
    checkpoint = document.get("checkpoint")
    latest = checkpoint.get("latest") if isinstance(checkpoint, dict) else []
    if latest is not None and not isinstance(latest, dict):
        raise IntegrityError("it holds no checkpoint")
    return latest or {}


def _features(resources: Iterable[Mapping[str, Any]]) -> list[str]:
    """The features that written resources use."""
    return sorted(
        {feature for each in resources for feature, name in HONOURED_FEATURES.items() if each.get(name)}
    )
