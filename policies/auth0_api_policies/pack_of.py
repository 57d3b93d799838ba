"""Which rules a configuration file is for: those of the policy pack around it, ours where there is none."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import pulumi_policy
from pulumi_policy import Policy

from auth0_api_policies import RULES


class PackError(Exception):
    """The rules of a pack cannot be told; the message says why."""


class _Told(BaseException):
    """What a pack would serve. No pack catches it by accident, as it would an `Exception`."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        super().__init__()
        self.policies = policies


def pack_of(file: Path) -> Path | None:
    """Return the folder of the pack that a file is in or beside, by its `PulumiPolicy.yaml`."""
    folders = file.absolute().parents[:2]  # as in policies/config/prod.json
    return next((folder for folder in folders if (folder / "PulumiPolicy.yaml").is_file()), None)


def rules_of(pack: Path | None) -> Sequence[Policy]:
    """Return a pack's rules, ours for none. The pack's program is run up to where it would serve them.

    Raises `PackError` where it never does.
    """
    if pack is None:
        return RULES
    serve = pulumi_policy.PolicyPack.__init__
    sys.path.insert(0, str(pack))
    try:
        pulumi_policy.PolicyPack.__init__ = _tell  # type: ignore[method-assign,assignment]
        runpy.run_path(str(pack / "__main__.py"), run_name="__main__")
    except _Told as told:
        return told.policies
    except Exception as error:
        raise PackError(f"{pack}: its program failed ({type(error).__name__}: {error})") from None
    finally:
        pulumi_policy.PolicyPack.__init__ = serve  # type: ignore[method-assign]
        sys.path.remove(str(pack))
    raise PackError(f"{pack}: its program makes no PolicyPack")


def _tell(_: Any, name: str, policies: Sequence[Policy], **options: Any) -> NoReturn:
    del name, options
    raise _Told(policies)
