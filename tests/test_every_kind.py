"""Every kind of resource is a full member: what the example of its page makes is compared and imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auth0_api_vocabulary import OUR_KINDS, OURS, ResourceKind
from pulumi_auth0_apis.drift import find_drift
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.plan import ImportPlan
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.program_files import write_program
from pulumi_auth0_apis.importing.tenant_source import read_tenant
from pulumi_auth0_apis.importing.unmanaged import find_unmanaged
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from .played_page import page_of

PAGES = Path(__file__).parents[1] / "docs" / "resources"
Connect = Callable[..., Session]


@pytest.fixture(params=OUR_KINDS, ids=lambda kind: kind.cls)
def kind(request: pytest.FixtureRequest) -> ResourceKind:
    kind: ResourceKind = request.param
    return kind


@pytest.fixture
def connect(auth0_tenant: TenantUnderTest) -> Iterator[Connect]:
    """A connection of its own for each question, so that nothing is remembered between them."""
    sessions: list[Session] = []

    def connect(_: object = None) -> Session:
        sessions.append(Session(ConnectionSettings.resolve({}, auth0_tenant.environment)))
        return sessions[-1]

    yield connect
    for session in sessions:
        session.close()


@pytest.fixture
def state(
    kind: ResourceKind, tmp_path: Path, auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> Snapshot:
    """The state of the example, as an update leaves it."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    page = (PAGES / f"{kind.module}.md").read_text()
    (tmp_path / "__main__.py").write_text(re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0])
    program = pulumi_program(tmp_path, config=page_of(kind.cls).prepare(auth0_tenant))
    program.up()
    return program.engine.open().store.load()


def kinds_in(state: Snapshot) -> list[str]:
    return sorted(OURS[each.type].cls for each in state.resources if each.type in OURS)


def plan_of(tenant: TenantUnderTest, session: Session) -> ImportPlan:
    return make_plan(read_tenant(session, own_client_ids=[tenant.sandbox.client_id]))


def test_it_is_compared(kind: ResourceKind, state: Snapshot, connect: Connect) -> None:
    """Drift looks at each resource of the kind, and finds none after an update."""
    drift = find_drift(state, {}, connect)
    assert kind.cls in kinds_in(state)
    assert (drift.compared, drift.drifted) == (len(kinds_in(state)), ())


def test_it_is_no_news(state: Snapshot, auth0_tenant: TenantUnderTest, connect: Connect) -> None:
    """What the stack manages is not told of as unmanaged, while all of it is to a stack without anything."""
    own = [auth0_tenant.sandbox.client_id]
    assert find_unmanaged(connect(), state, own) == ()
    assert len(find_unmanaged(connect(), Snapshot(), own)) == len(kinds_in(state))


def test_it_is_imported(
    kind: ResourceKind, state: Snapshot, auth0_tenant: TenantUnderTest, connect: Connect
) -> None:
    """An import finds it, declares it by its class, and records what an update would have recorded."""
    plan = plan_of(auth0_tenant, connect())
    imported = add_to_snapshot(Snapshot(), plan, "dev", "shop", {})
    assert kinds_in(imported) == kinds_in(state)
    assert f"{kind.cls}(" in "".join(write_program(plan).values())
    assert [each.id for each in imported.resources if each.type == kind.token] == [
        each.id for each in state.resources if each.type == kind.token
    ]
    assert find_drift(imported, {}, connect).drifted == ()
