"""What the package and the local engine can do by now; what they cannot yet is left out of the model."""

from __future__ import annotations

import inspect
from importlib.util import find_spec

from pulumi.runtime.proto import alias_pb2, resource_pb2

from pulumi_auth0_apis import _named_api, resource_server
from pulumi_auth0_apis.engine.goals import Goal
from pulumi_auth0_apis.engine.local_engine import Engine
from pulumi_auth0_apis.engine.problems import UnsupportedError


def _takes_aliases() -> bool:
    alias = alias_pb2.Alias(spec=alias_pb2.Alias.Spec(name="before"))
    try:
        Goal.from_request(resource_pb2.RegisterResourceRequest(name="a", type="t", aliases=[alias]))
    except UnsupportedError:
        return False
    return True


_UP = inspect.signature(Engine.up).parameters

ALIASES = _takes_aliases()
"""The resource option `aliases`."""

TARGETS = "targets" if "targets" in _UP else ""
"""How `up --target` is told the engine; empty where it cannot be."""

REPLACES = "replace" if "replace" in _UP else ""
"""How `up --replace` is told the engine; empty where it cannot be."""

STORIES_ARE_LIMITED = False
"""Whether stories have `--target` and `--replace`, whose results the model does not judge rightly yet."""

DUPLICATES_ARE_REFUSED = find_spec("pulumi_auth0_apis._declared") is not None
"""Two resources of one program for one object are refused where the program declares the second."""

TEXTS_ARE_LINKED = hasattr(_named_api, "linked")
"""The text of an identifier names the API that the program has declared with it above."""

GRANTS_ARE_GUARDED = any(option.name == "force" for option in resource_server.PROVIDER.options)
"""An API on which others hold grants is neither deleted nor made anew, unless that is forced."""

HOLDERS_ARE_MARKED = find_spec("pulumi_auth0_apis._holdings") is not None
"""What a resource holds is never deleted for another; until then the model finds losses within few steps."""
