"""What is changed, and who judges it: the tests of that subject that need no other process, and seconds."""

from __future__ import annotations

from dataclasses import dataclass

SCOPES = tuple(
    f"tests/management/test_{name}.py" for name in ("scope_batches", "scopes_in_flight", "scopes_undone")
)


@dataclass(frozen=True)
class Group:
    """A module, as it is imported from, and the tests that should notice whatever is changed in it."""

    module: str
    judges: tuple[str, ...]


def _provider(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/provider/test_{name}.py" for name in names)


GROUPS = {
    "inputs": Group("pulumi_auth0_apis/_inputs.py", _provider("inputs", "setting_texts")),
    "lifecycle": Group("pulumi_auth0_apis/_lifecycle.py", _provider("lifecycle")),
    "adoption": Group("pulumi_auth0_apis/_adoption.py", _provider("adoption")),
    "batches": Group("pulumi_auth0_apis/management/scope_batches.py", SCOPES),
    "gathering": Group(
        "pulumi_auth0_apis/management/scope_gathering.py",
        ("tests/management/test_scope_gathering.py", *SCOPES),
    ),
    "lane": Group("pulumi_auth0_apis/management/scope_lane.py", SCOPES),
    "pacing": Group(
        "pulumi_auth0_apis/management/pacing.py",
        ("tests/management/test_pacing.py", "tests/management/test_pacer.py"),
    ),
    "decisions": Group("pulumi_auth0_apis/engine/model/decisions.py", ("tests/engine/test_decisions.py",)),
    "guard": Group(
        "auth0_api_policies/frame/guard.py",
        ("tests/policies/test_guard.py", "tests/policies/test_exemption_used.py"),
    ),
}
