"""Properties on the wire of the plugin's protocol: camelCase, unknowns, and secrets that are marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from google.protobuf.struct_pb2 import Struct

from auth0_api_vocabulary.families import PLUGIN, in_our_words
from pulumi_auth0_apis._inputs import Settings, is_unknown
from pulumi_auth0_apis.engine.model import values
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct

UNKNOWN = pulumi.output.Unknown()  # type: ignore[no-untyped-call]
SDK_KEYS = ("__provider", "__defaults")
"""What the state of a dynamic or a bridged resource holds beside its properties."""


def received(struct: Struct) -> dict[str, Any]:
    """The properties of a request, in our words."""
    read = from_struct(struct, keep_secrets=False)
    own = {name: _plain(value) for name, value in read.items() if name not in SDK_KEYS}
    return in_our_words(own)


def sent(settings: Settings, props: Mapping[str, Any]) -> Struct:
    """Inputs or outputs for an answer. What a table calls secret is so, whatever a program says of it."""
    secret = {setting.name for setting in settings if setting.secret}
    marked = {name: _marked(value, is_secret=name in secret) for name, value in props.items()}
    return to_struct(PLUGIN.spelled(marked))


def _marked(value: Any, *, is_secret: bool) -> Any:
    wired = _wired(value)
    return values.Secret(wired) if is_secret and not isinstance(wired, values.Unknown) else wired


def _plain(value: Any) -> Any:
    match value:
        case values.Unknown():
            return UNKNOWN
        case Mapping():
            return {name: _plain(item) for name, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case _:
            return value


def _wired(value: Any) -> Any:
    match value:
        case Mapping():
            return {name: _wired(item) for name, item in value.items()}
        case list() | tuple():
            return [_wired(item) for item in value]
        case _:
            return values.Unknown() if is_unknown(value) else value
