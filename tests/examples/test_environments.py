from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine import Engine, PolicyPack
from pulumi_auth0_apis.report import Report, read
from pulumi_auth0_apis.stacks.warm_start import PRELOAD

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the example."""
    return shutil.copytree(ROOT / "examples" / "environments", tmp_path / "environments")


@pytest.mark.parametrize(
    ("stack", "verdict", "corrected"),
    [
        ("dev", "ready, 2 warnings", []),
        ("staging", "ready, 1 warning", ["Maximum Access Token Lifetime: 172800 s (2 d) → 86400 s (1 d)"]),
        ("prod", "stopped by 1 broken rule", []),
    ],
)
def test_one_program_three_stacks_three_verdicts(
    project: Path, stack: str, verdict: str, corrected: list[str]
) -> None:
    """A lifetime of two days is a warning in dev, a correction in staging and a refusal in prod."""
    pack = PolicyPack(ROOT / "policies", ROOT / "policies" / "config" / f"{stack}.json")
    environment = {"PULUMI_CONFIG_PASSPHRASE": "test"}
    engine = Engine(project, stack, backend_url=f"file://{project}", environment=environment, preload=PRELOAD)
    report = Report(read(map(json.dumps, engine.preview(policy_packs=[pack]).events)))
    assert report.verdict == verdict
    assert [change for _, _, change in report.remediations] == corrected


def test_a_preview_calls_no_tenant_and_needs_no_credentials() -> None:
    """The stacks' domains do not exist, and no secret is in their files."""
    for stack in ("dev", "staging", "prod"):
        written = (ROOT / "examples" / "environments" / f"Pulumi.{stack}.yaml").read_text()
        assert "lientSecret" not in written
        assert "auth0:domain: acme" in written
