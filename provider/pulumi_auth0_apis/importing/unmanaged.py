"""What a tenant has that a stack does not manage: what an import would bring in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.importing.existing import Existing
from pulumi_auth0_apis.importing.plan import ImportPlan, PlannedObject
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.tenant_source import read_tenant
from pulumi_auth0_apis.management import Session


def find_unmanaged(session: Session, snapshot: Snapshot, own_client_ids: Collection[str]) -> tuple[str, ...]:
    """A sentence for each API, permission and grant that is in the tenant and not in the state.

    Auth0's own APIs and grants, and the grants by which Pulumi itself reaches the tenant, do not count.
    """
    finding = read_tenant(session, own_client_ids=own_client_ids)
    plan = make_plan(finding, Existing.of(snapshot, finding.domain, {}))
    return tuple(_sentences(plan))


def _sentences(plan: ImportPlan) -> Iterator[str]:
    for api in plan.apis:
        if api.inputs is not None:
            yield f"API {api.identifier}"
        for permission in api.permissions:
            yield f"permission {permission.scope} of {api.identifier}"
        for each in api.objects:
            yield f"{each.kind.noun} {each.found['id']} of {_holder(plan, each)} on {api.identifier}"


def _holder(plan: ImportPlan, planned: PlannedObject) -> str:
    client_id = planned.inputs.get("client_id")
    if client_id is None:
        return str(next(planned.inputs[name] for name in planned.kind.holders if name in planned.inputs))
    name = plan.application(client_id).name
    return f"{name} ({client_id})" if name else str(client_id)
