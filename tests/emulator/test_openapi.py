"""The OpenAPI document, and the tenant fuzzed with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.emulator.routes import OPERATIONS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A tenant that every example writes to."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def session(sandbox: Sandbox) -> Iterator[requests.Session]:
    """A connection with every scope."""
    with requests.Session() as session:
        session.headers["authorization"] = f"Bearer {sandbox.api_token}"
        yield session


@pytest.fixture(scope="module")
def schema(sandbox: Sandbox) -> schemathesis.BaseSchema:
    """The document as the tenant serves it."""
    document = requests.get(f"{sandbox.domain}/_sandbox/openapi.json", timeout=10).json()
    return schemathesis.openapi.from_dict(document)


def known_ids(sandbox: Sandbox) -> dict[str, str]:
    """Ids of one of each family, so that examples meet something that is there."""
    tenant = sandbox.tenant
    audience = "https://fuzzed.example.com"
    if tenant.resource_servers.find(audience) is None:
        tenant.resource_servers.create({"identifier": audience})
    if tenant.clients.find(BILLING_CLIENT_ID) is None:
        tenant.clients.add({"client_id": BILLING_CLIENT_ID, "name": "Billing"})
    grant = tenant.client_grants.find(BILLING_CLIENT_ID, audience)
    if grant is None:
        grant = tenant.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": audience})
    if not list(tenant.organizations):
        tenant.organizations.create({"name": "fuzzed"})
    return {
        "resource-servers": audience,
        "client-grants": str(grant["id"]),
        "clients": BILLING_CLIENT_ID,
        "organizations": str(next(iter(tenant.organizations))["id"]),
    }


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value
)
@pytest.mark.parametrize("route", [operation.route for operation in OPERATIONS])
def test_no_request_breaks_the_contract(
    schema: schemathesis.BaseSchema,
    sandbox: Sandbox,
    session: requests.Session,
    route: str,
    mode: GenerationMode,
) -> None:
    """Whatever is sent, good or bad, the answer is no 5xx and none that the document does not describe."""
    method, _, path = route.partition(" ")
    family = path.split("/")[3]

    @EXAMPLES
    @given(case=schema[path][method].as_strategy(generation_mode=mode), there=st.booleans())
    def fuzz(case: schemathesis.Case[Any], there: bool) -> None:
        if there and "id" in case.path_parameters:
            case.path_parameters["id"] = known_ids(sandbox)[family]
        answer = case.call(base_url=sandbox.domain, session=session)
        case.validate_response(answer, checks=CHECKS)

    fuzz()
