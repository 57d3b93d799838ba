"""A tenant to import from, and a way to see what a program declares without an engine."""

from __future__ import annotations

import builtins
import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from auth0_api_vocabulary import OUR_KINDS, OURS
from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis._provider import load
from pulumi_auth0_apis.emulator import EmulatedTenant, create_app
from pulumi_auth0_apis.emulator.tokens import management_token
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import name_of
from pulumi_auth0_apis.engine.model.values import unwrapped
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.found_objects import FoundObjects
from pulumi_auth0_apis.importing.plan import ImportPlan
from pulumi_auth0_apis.importing.program_files import write_program
from pulumi_auth0_apis.importing.tenant_source import read_tenant
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.settings import ConnectionSettings

from ..model.in_process_transport import InProcessTransport

DOMAIN = "http://127.0.0.1:8080"


def found_in(tenant: EmulatedTenant, **filters: Any) -> FoundObjects:
    """What an import reads from the tenant, which answers in this process."""
    config = {"auth0:domain": tenant.domain, "auth0:apiToken": management_token(tenant)}
    settings = ConnectionSettings.resolve(config, {})
    session = Session(settings, ManagementClient(settings, InProcessTransport(create_app(tenant))))
    return read_tenant(session, own_client_ids=[tenant.client_id], **filters)


class Declared:
    """A resource that a program made: what it was called with."""

    made: list[tuple[str, str, dict[str, Any]]]

    def __init__(self, name: str, /, **inputs: Any) -> None:
        self.made.append((type(self).__name__, name, inputs))
        for key, value in inputs.items():
            setattr(self, key, value)


def declared_by(plan: ImportPlan) -> dict[tuple[str, str], dict[str, Any]]:
    """Run the plan's program with classes that only take notes: inputs by class and resource name."""
    texts = write_program(plan)
    made: list[tuple[str, str, dict[str, Any]]] = []
    classes = {name: type(name, (Declared,), {"made": made}) for name in _CLASSES}
    secrets = {each.config_key: each.value for each in plan.secrets}
    applications = {each.key: each.client_id for each in plan.applications}
    config = SimpleNamespace(
        require_secret=secrets.__getitem__, require_object={"applications": applications}.__getitem__
    )

    def run(path: str) -> None:
        exec(compile(texts[path], path, "exec"), {"__builtins__": {**vars(builtins), "__import__": imported}})

    modules = {
        "pulumi": SimpleNamespace(Config=lambda: config),
        "pulumi_auth0_apis": SimpleNamespace(**classes),
        "importlib": SimpleNamespace(import_module=lambda name: run(f"{name.replace('.', '/')}.py")),
    }

    def imported(name: str, *_: Any) -> Any:
        return modules[name]

    run("__main__.py")
    assert len({(kind, name) for kind, name, _ in made}) == len(made)
    return {(kind, name): inputs for kind, name, inputs in made}


_CLASSES = [kind.cls for kind in OUR_KINDS]


def state_of(plan: ImportPlan) -> dict[tuple[str, str], ResourceState]:
    """The resources of the plan's state, by class and resource name, as they are read back from JSON."""
    snapshot = add_to_snapshot(Snapshot(), plan, "dev", "shop", {"auth0:domain": plan.domain})
    written = json.loads(json.dumps(snapshot.to_json(None)))
    read = Snapshot.from_json(written, str)
    read.verify()
    tokens = {token: kind.cls for token, kind in OURS.items()}
    return {(tokens[each.type], name_of(each.urn)): each for each in read.resources if each.type in tokens}


def preview(plan: ImportPlan) -> list[str]:
    """What a preview of the plan's program against the plan's state would show, by the provider's check."""
    declared, states = declared_by(plan), state_of(plan)
    changes = [f"create {key}" for key in declared.keys() - states.keys()]
    changes += [f"delete {key}" for key in states.keys() - declared.keys()]
    for key in declared.keys() & states.keys():
        changes += [f"{key}: {each}" for each in _differences(states[key], declared[key])]
    return changes


def _differences(state: ResourceState, inputs: Mapping[str, Any]) -> list[str]:
    old_inputs, old_outputs = unwrapped(state.inputs), unwrapped(state.outputs)
    provider = load(OURS[state.type].module)
    checked = provider.check(old_inputs, {**inputs, PROVIDER_KEY: old_inputs[PROVIDER_KEY]})
    failed = [failure.reason for failure in checked.failures or ()]
    fresh = {name: value for name, value in checked.inputs.items() if name != PROVIDER_KEY}
    kept = {name: value for name, value in old_inputs.items() if name != PROVIDER_KEY}
    replaced = provider.diff(state.id, old_outputs, {**fresh}).replaces or []
    return failed + replaced + ([f"{kept} is now {fresh}"] if fresh != kept else [])
