"""The state of a stack of classes as the provider plugin would have written it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from auth0_api_vocabulary import OURS
from auth0_api_vocabulary.families import DYNAMIC, PLUGIN
from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState


def in_plugin(snapshot: Snapshot) -> Snapshot:
    """The same resources under the plugin's type tokens, their properties in camelCase."""
    return replace(snapshot, resources=[_resource(each) for each in snapshot.resources])


def _resource(state: ResourceState) -> ResourceState:
    inputs, outputs = (
        {name: value for name, value in props.items() if name != PROVIDER_KEY}
        for props in (state.inputs, state.outputs)
    )
    if state.type in OURS:
        inputs, outputs = PLUGIN.spelled(inputs), PLUGIN.spelled(outputs)
    elif state.type == DYNAMIC.provider:
        inputs, outputs = (
            {key.removeprefix("auth0:"): value for key, value in props.items() if key != "auth0:tenant"}
            for props in (inputs, outputs)
        )
    return replace(_renamed(state), inputs=inputs, outputs=outputs)


def _renamed(state: ResourceState) -> ResourceState:
    tokens = {token: PLUGIN.token(kind) for token, kind in DYNAMIC.tokens.items()}
    text = json.dumps(state.to_json(None) | {"inputs": {}, "outputs": {}})
    for token, other in {**tokens, DYNAMIC.provider: PLUGIN.provider}.items():
        text = text.replace(token, other)
    written: dict[str, Any] = json.loads(text)
    return ResourceState.from_json(written, str)
