"""The reference under which every state knows its provider. It never moves."""

from __future__ import annotations

import base64
from importlib import import_module
from typing import TYPE_CHECKING

from pulumi.dynamic import ResourceProvider

from pulumi_auth0_apis._dynamic import DynamicProvider
from pulumi_auth0_apis._guard import hide_stacks
from pulumi_auth0_apis._neighbours import SharedHoldings, engine_of_dynamic_resources
from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.errors import ConfigurationError

if TYPE_CHECKING:
    from pulumi_auth0_apis._lifecycle import ObjectProvider

HERE = SharedHoldings(None, engine_of_dynamic_resources)
"""What this process knows of its run."""


def reference(kind: str) -> str:
    """The text under `__provider` in state: a pickle that says `load(kind)` and nothing else.

    It is written out rather than pickled: Python changes its pickle protocol from time to time (3.14 did),
    and a text that differs is a change of every resource in every stack. It holds no code, no attribute and
    no secret, so whichever version is installed runs, on refresh and delete too.
    """
    return base64.b64encode(f"c{__name__}\nload\n(V{kind}\ntR.".encode()).decode()


def lifecycle_of(kind: str) -> ObjectProvider:
    """The lifecycle of the resource in the module `kind`. Raises ImportError where there is none."""
    provider: ObjectProvider = import_module(f"pulumi_auth0_apis.resources.{kind}").PROVIDER
    return provider


def load(kind: str) -> ResourceProvider:
    """The provider of the resource in the module `kind`.

    Every state names this function by its path. It never moves, and it never stops knowing a kind.
    """
    try:
        provider = lifecycle_of(kind)
    except (ImportError, AttributeError):
        hide_stacks()
        raise ConfigurationError(
            f"The state holds a resource of kind {kind}, which pulumi-auth0-apis {__version__} does not "
            "know; a newer version made it.",
            "Install that version in the environment of this program.",
        ) from None
    return DynamicProvider(provider, HERE)
