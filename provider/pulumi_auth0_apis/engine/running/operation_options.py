"""The options of an operation, in Pulumi's words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pulumi_auth0_apis.engine.children.analyzers import PolicyPack
from pulumi_auth0_apis.engine.planning.targets import Targeting

OperationKind = Literal["update", "refresh", "destroy"]


@dataclass(frozen=True, kw_only=True)
class OperationOptions:
    """The options of an operation; whether it is only a preview, its `RunInfo` says."""

    kind: OperationKind
    refresh: bool = False
    run_program: bool = False
    """A destroy runs the program too, which answers for its hooks and configures its providers anew."""
    policy_packs: Sequence[PolicyPack] = ()
    keep_going: bool = False
    clear_pending_creates: Collection[str] = ()
    """URNs whose interrupted creation a refresh forgets."""
    targeting: Targeting = field(default_factory=Targeting)
