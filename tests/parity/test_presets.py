"""The pack stops what is dangerous on the real engine, too, and finds a stack's preset there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .sides import Pulumi

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("beside", "mandatory"), [("", 3), ('{"preset": "strict", "rbac-enabled": "disabled"}', 8)]
)
def test_the_run_is_stopped(pulumi: Pulumi, beside: str, mandatory: int) -> None:
    """The example that the rules refuse has exit code 1 without any option, and its file decides the rest."""
    stack = pulumi.stack
    shutil.copy(ROOT / "examples" / "policy_violation" / "__main__.py", stack.folder)
    ignored = shutil.ignore_patterns("config")
    pack = shutil.copytree(ROOT / "policies", stack.folder / "pack", ignore=ignored)
    if beside:
        (pack / "config").mkdir()
        (pack / "config" / "dev.json").write_text(beside)
    code, said = pulumi.cli(stack, "preview", "--policy-pack", str(pack))
    assert code == 1, said
    assert said.count("[mandatory]") == mandatory, said
