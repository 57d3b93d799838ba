"""The pytest plugin: a fresh tenant, and programs run on it, without account, CLI or network.

    def test_quickstart(auth0_tenant, pulumi_program):
        program = pulumi_program("examples/quickstart", stack="dev")
        program.up()
        assert auth0_tenant.apis["https://orders.example.com"]["token_lifetime"] == 3600
        assert program.preview().changes == {}

pytest loads this module in every run, so it imports nothing before a fixture is used. Tests that use it can
run in parallel: nothing is shared between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pulumi_auth0_apis._extras import engine_lacks, sandbox_lacks

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import Fakes
    from pulumi_auth0_apis.testing.program import PackSource, ProgramUnderTest
    from pulumi_auth0_apis.testing.tenant import TenantUnderTest


class MakeProgram(Protocol):
    """The fixture `pulumi_program`; see `pulumi_auth0_apis.testing.program.program_under_test`."""

    def __call__(
        self,
        source: Path | str | Callable[[], None],
        *,
        stack: str = "test",
        config: Mapping[str, Any] | None = None,
        policies: Sequence[PackSource] = (),
        fakes: Fakes | None = None,
        references: Mapping[str, Mapping[str, Any]] = {},
    ) -> ProgramUnderTest:
        """A program from a folder or a function."""
        ...


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, so that it stands under --strict-markers."""
    config.addinivalue_line(
        "markers",
        "auth0_tenant(plan=None, latency=0.0, faults=(), tls=False, additional_properties=None, "
        "applications=None): "
        "how the tenant behaves",
    )


@pytest.fixture
def auth0_tenant(request: pytest.FixtureRequest) -> Iterator[TenantUnderTest]:
    """A fresh Auth0 tenant on a loopback port of its own."""
    if lacks := sandbox_lacks():
        pytest.fail(lacks, pytrace=False)
    if "pulumi_program" in request.fixturenames:
        from pulumi_auth0_apis.stacks import warm_start

        warm_start.begin()
    from pulumi_auth0_apis.emulator import Sandbox
    from pulumi_auth0_apis.testing.tenant import TenantUnderTest

    marker = request.node.get_closest_marker("auth0_tenant")
    with Sandbox(**(marker.kwargs if marker else {})) as sandbox:
        yield TenantUnderTest(sandbox)


@pytest.fixture
def pulumi_program(auth0_tenant: TenantUnderTest, tmp_path_factory: pytest.TempPathFactory) -> MakeProgram:
    """Make a program that runs on `auth0_tenant` with the local engine."""
    if lacks := engine_lacks():
        pytest.fail(lacks, pytrace=False)
    from pulumi_auth0_apis.testing.program import program_under_test

    def make(source: Path | str | Callable[[], None], **options: Any) -> ProgramUnderTest:
        return program_under_test(source, auth0_tenant, tmp_path_factory.mktemp("program"), **options)

    return make
