"""The protocol about resources: the answers of a preview, an update, a refresh and an import."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import session_for
from pulumi_auth0_apis.plugin.differences import detailed

from .conftest import ORDERS, UNKNOWN, Engine, Props, Resources, calls, secret

BILLING = "billingServiceSandbox00000000001"
KIND = proto.PropertyDiff.Kind
API: Props = {"identifier": ORDERS, "tokenLifetime": 8000.0}


def test_lifecycle(apis: Resources, sandbox: Sandbox) -> None:
    """An API from check to delete; every answer is in camelCase, and what did not change costs no call."""
    inputs, failures = apis.check({**API, "subjectTypeAuthorization": {"client": {"policy": "deny_all"}}})
    assert not failures
    id_, outputs = apis.create(inputs)
    assert outputs["tokenLifetimeForWeb"] == 7200
    assert outputs["subjectTypeAuthorization"] == {"client": {"policy": "deny_all"}}
    assert apis.diff(outputs, inputs, inputs).changes == proto.DiffResponse.DIFF_NONE
    changed = {**inputs, "tokenLifetime": 9000.0}
    updated = apis.update(id_, outputs, inputs, changed)
    made = calls(sandbox)
    assert (apis.update(id_, updated, changed, changed), calls(sandbox)) == (updated, made)
    assert apis.read(id_, updated, changed) == (id_, updated, changed)
    apis.delete(id_, updated, changed)
    assert apis.read(id_, updated, changed) == ("", {}, {})


def test_a_preview_makes_no_call(apis: Resources, sandbox: Sandbox) -> None:
    """Its outputs are what is given; what only the tenant can say is unknown, and so is the id."""
    inputs, _ = apis.check(API)
    id_, outputs = apis.create(inputs, preview=True)
    assert (id_, outputs["identifier"], outputs["tokenLifetime"]) == ("", ORDERS, 8000)
    assert {outputs[name] for name in ("name", "isSystem", "signingSecret", "scopes")} == {UNKNOWN}
    assert outputs["managed"] == sorted(outputs["managed"])
    assert {"identifier", "token_lifetime"} <= {*outputs["managed"]}
    assert calls(sandbox) == 0


def test_a_preview_of_an_update_keeps_what_stays(apis: Resources) -> None:
    """What the program does not manage is known from the state; what it gave up is not known yet."""
    id_, outputs = apis.create(apis.check({**API, "name": "Orders"})[0])
    before = {**API, "name": "Orders"}
    foreseen = apis.update(id_, outputs, before, {"identifier": ORDERS}, preview=True)
    assert (foreseen["tokenLifetimeForWeb"], foreseen["tokenLifetime"]) == (7200, UNKNOWN)
    assert foreseen["managed"] == ["identifier"]


def test_unknowns_pass_a_check(apis: Resources, permissions: Resources) -> None:
    """A preview may know neither a name, nor one part of a nested object."""
    inputs = {"identifier": UNKNOWN, "scopes": [{"value": UNKNOWN, "description": "Read"}]}
    assert apis.check(inputs) == (inputs, [])
    named = {"resourceServerIdentifier": UNKNOWN, "scope": "read"}
    assert permissions.check(named, name="one") == (named, [])
    assert permissions.check(named, name="two") == (named, [])  # nobody knows that they are one


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"tokenLifetime": "3600"}, "tokenLifetime: should be a valid integer"),
        ({"tokenLifetime": 0}, "tokenLifetime: should be greater than or equal to 1"),
        ({"tokenLifetme": 3600}, "tokenLifetme: there is no such setting; did you mean tokenLifetime?"),
        ({"token_lifetime": 3600}, "token_lifetime: is spelled tokenLifetime"),
        ({"scopes": [{"valeu": "read"}]}, "scopes[0].value: is required"),
        ({"tokenEncryption": {"encryptionKey": {"pem": 1}}}, "tokenEncryption.encryptionKey.pem: should"),
        ({"additionalSettings": {"token_lifetime": 1}}, "additionalSettings.token_lifetime: has an input of"),
        ({"allowOnlineAccessWithEphemeralSessions": True}, "allowOnlineAccessWithEphemeralSessions: "),
        ({"identifier": None}, "identifier: is required"),
    ],
)
def test_wrong_inputs_are_told_by_the_programs_own_names(apis: Resources, inputs: Any, reason: str) -> None:
    """Each failure has its path in camelCase, and says nothing of the spelling of another language."""
    _, failures = apis.check({"identifier": ORDERS, **inputs})
    assert any(failure.startswith(reason) for failure in failures), failures
    assert not any("token_lifetime=" in failure for failure in failures)


def test_nulls_are_not_there(apis: Resources) -> None:
    """A language that sends what was left out as null declares nothing by it."""
    assert apis.check({"identifier": ORDERS, "name": None, "scopes": None}) == ({"identifier": ORDERS}, [])


def test_the_difference_is_told_property_by_property(apis: Resources) -> None:
    """Each change has its path and kind, and those that need another object say so."""
    before = {**API, "name": "Orders", "scopes": [{"value": "a"}, {"value": "b"}]}
    _, outputs = apis.create(apis.check(before)[0])
    after = {
        "identifier": f"{ORDERS}/v2",
        "tokenLifetime": 9000.0,
        "scopes": [{"value": "a", "description": "A"}],
        "enforcePolicies": True,
    }
    found = apis.diff(outputs, before, after)
    assert {path: each.kind for path, each in found.detailedDiff.items()} == {
        "identifier": KIND.UPDATE_REPLACE,
        "tokenLifetime": KIND.UPDATE,
        "name": KIND.DELETE,
        "scopes[0].description": KIND.ADD,
        "scopes[1]": KIND.DELETE,
        "enforcePolicies": KIND.ADD,
    }
    assert all(each.inputDiff for each in found.detailedDiff.values())
    assert (list(found.replaces), found.deleteBeforeReplace) == (["identifier"], False)


def test_a_path_is_written_as_the_engine_reads_it() -> None:
    """A key that is no name stands in brackets, wherever it is."""
    before, after = {"a b": {"x.y": 1, "ok": [1]}}, {"a b": {"x.y": 2, "ok": [1, True]}}
    assert [change.path for change in detailed(before, after)] == ['["a b"]["x.y"]', '["a b"].ok[1]']


def test_true_is_not_one() -> None:
    """To Python they are equal, to a tenant they are not."""
    assert [change.path for change in detailed({"a": True}, {"a": 1})] == ["a"]


def test_a_secret_is_marked_in_every_answer(apis: Resources) -> None:
    """Whatever a program says of it: where it is given, where Auth0 makes it, and in an import."""
    given = "a secret of at least sixteen characters"
    inputs, _ = apis.check({"identifier": ORDERS, "signingAlg": "HS256", "signingSecret": given})
    assert inputs["signingSecret"] == secret(given)
    id_, outputs = apis.create({**inputs, "signingSecret": given})
    assert outputs["signingSecret"] == secret(given)
    _, imported, declared = apis.read(id_, None)
    assert imported["signingSecret"] == secret(given)
    assert "signingSecret" not in declared


def test_a_secret_is_in_no_failure(apis: Resources) -> None:
    """The engine prints the value of a property that a failure names: so none is named."""
    _, failures = apis.check({"identifier": ORDERS, "signingAlg": "HS256", "signingSecret": "too short"})
    assert failures
    assert "too short" not in "".join(failures)


@pytest.mark.parametrize("name", ["Orders", None])
def test_an_imported_api_equals_its_program(apis: Resources, sandbox: Sandbox, name: str | None) -> None:
    """What an import says of an API is no change; nor is a default, its list or its secret spelled out."""
    body = {"identifier": ORDERS, "signing_alg": "HS256", "scopes": [{"value": "read"}], "token_lifetime": 60}
    made = session_for({}).resource_servers.create({**body, **({"name": name} if name else {})})
    id_, outputs, declared = apis.read(made["id"], None)
    assert (id_, "scopes" in declared) == (made["id"], False)
    checked, failures = apis.check(declared, before=declared)
    assert (checked, failures) == (declared, [])
    written = {
        **declared,
        "enforcePolicies": False,
        "scopes": [{"value": "read"}],
        "signingSecret": outputs["signingSecret"]["value"],
    }
    assert apis.diff(outputs, declared, written).changes == proto.DiffResponse.DIFF_NONE
    another = apis.diff(outputs, declared, {**declared, "tokenLifetime": 70.0})
    assert list(another.detailedDiff) == ["tokenLifetime"]


def test_permissions_and_grants_are_imported_by_key(
    permissions: Resources, grants: Resources, sandbox: Sandbox
) -> None:
    """A permission by its id, a grant by its id or by who is granted what."""
    session = session_for({})
    session.resource_servers.create({"identifier": ORDERS, "scopes": [{"value": "read:orders"}]})
    made = session.client_grants.create({"client_id": BILLING, "audience": ORDERS, "scope": []})
    id_, _, inputs = permissions.read(f"{ORDERS}::read:orders", None)
    assert (id_, inputs) == (
        f"{ORDERS}::read:orders",
        {"resourceServerIdentifier": ORDERS, "scope": "read:orders"},
    )
    for key in (made["id"], f"{BILLING}::{ORDERS}", f"{BILLING}::{ORDERS}::client"):
        id_, _, inputs = grants.read(key, None)
        assert (id_, inputs) == (made["id"], {"clientId": BILLING, "audience": ORDERS, "scopes": []})
    with pytest.raises(grpc.RpcError, match="has no client grant"):
        grants.read(f"{BILLING}::{ORDERS}::user", None)


def test_what_is_not_there_is_not_imported(apis: Resources) -> None:
    """The error says what to look at, and not to refresh."""
    with pytest.raises(grpc.RpcError) as raised:
        apis.read("000000000000000000000000", None)
    assert "refresh" not in str(raised.value.details())
    assert "an API has its id or its identifier" in str(raised.value.details())


@pytest.mark.parametrize("id_", ["read:orders", f"{ORDERS}::", "::read:orders"])
def test_half_an_id_of_a_permission_is_told(permissions: Resources, sandbox: Sandbox, id_: str) -> None:
    """Nothing is called by it: half of it names another object, or the list of all."""
    before = calls(sandbox)
    with pytest.raises(grpc.RpcError, match="is no id of a permission"):
        permissions.read(id_, None)
    assert calls(sandbox) == before


def test_a_look_up_manages_nothing(apis: Resources, sandbox: Sandbox) -> None:
    """`get` brings the outputs; what the program manages of them is nothing."""
    made = session_for({}).resource_servers.create({"identifier": ORDERS})
    _, outputs, inputs = apis.read(made["id"], {})
    assert (outputs["identifier"], inputs, outputs["managed"]) == (ORDERS, {}, [])


def test_drift_is_seen_in_what_the_last_inputs_managed(apis: Resources, sandbox: Sandbox) -> None:
    """What the engine kept as inputs is what is watched, whatever an import has noted in the outputs."""
    made = session_for({}).resource_servers.create({"identifier": ORDERS})
    _, outputs, declared = apis.read(made["id"], None)
    session_for({}).resource_servers.update(made["id"], {"enforce_policies": True})
    _, seen, inputs = apis.read(made["id"], outputs, {**declared, "enforcePolicies": False})
    assert (seen["enforcePolicies"], inputs["enforcePolicies"]) == (True, True)


def test_a_state_of_the_dynamic_resources_goes_on(apis: Resources, sandbox: Sandbox) -> None:
    """Its words are rewritten by an update without a call; after that nothing differs."""
    inputs, _ = apis.check(API)
    id_, outputs = apis.create(inputs)
    made = calls(sandbox)
    snake = {"identifier": ORDERS, "token_lifetime": 8000.0, "__provider": "a pickle"}
    recorded = {
        **snake,
        "managed": outputs["managed"],
        "holder": outputs["holder"],
        "domain": outputs["domain"],
    }
    found = apis.diff(recorded, snake, inputs)
    assert (found.changes, list(found.replaces)) == (proto.DiffResponse.DIFF_SOME, [])
    updated = apis.update(id_, recorded, snake, inputs)
    assert (updated["tokenLifetime"], updated["holder"]) == (8000, outputs["holder"])
    assert not [name for name in updated if "_" in name]
    assert apis.diff(updated, inputs, inputs).changes == proto.DiffResponse.DIFF_NONE
    assert calls(sandbox) == made


def test_messages_are_attached_to_their_resource(apis: Resources, engine: Engine) -> None:
    """A warning reaches the engine with the resource that it is about, in the program's words."""
    id_, outputs = apis.create(apis.check({**API, "name": "Orders"})[0])
    apis.update(id_, outputs, {**API, "name": "Orders"}, API)
    (heard,) = engine.heard
    assert heard[0] == "orders"
    assert "name is no longer set by the program" in heard[2]


def test_an_error_is_one_paragraph_in_the_programs_words(apis: Resources, sandbox: Sandbox) -> None:
    """A conflict names the ways on as a program of any language writes them."""
    session_for({}).resource_servers.create({"identifier": ORDERS, "token_lifetime": 60})
    with pytest.raises(grpc.RpcError) as raised:
        apis.create(API)
    (told,) = str(raised.value.details()).splitlines()
    assert "tokenLifetime is 60, asked for 8000" in told
    assert "adopt: true" in told
    assert "adopt=" not in told
    assert "token_lifetime" not in told


def test_a_defect_hides_its_stack(apis: Resources) -> None:
    """What nobody expected is one sentence, and says how to see more."""
    with pytest.raises(grpc.RpcError) as raised:
        apis.create({})
    (told,) = str(raised.value.details()).splitlines()
    assert told.startswith("Unexpected KeyError")


def test_one_object_has_one_resource(apis: Resources) -> None:
    """The second is refused in the check, so in a preview too; the same one may be checked again."""
    assert apis.check(API, name="one")[1] == []
    assert apis.check(API, name="one")[1] == []
    (failure,) = apis.check(API, name="two")[1]
    assert '"one" and "two" stand for one API' in failure


@pytest.mark.parametrize("listed_first", [True, False])
def test_one_list_has_one_owner(apis: Resources, permissions: Resources, listed_first: bool) -> None:
    """An API that lists permissions and a permission of it are refused, whichever comes first."""
    api = partial(apis.check, {**API, "scopes": [{"value": "write"}]}, name="api")
    permission = partial(
        permissions.check, {"resourceServerIdentifier": ORDERS, "scope": "read"}, name="permission"
    )
    first, second = (api, permission) if listed_first else (permission, api)
    assert first()[1] == []
    _, (failure,) = second()
    assert '"permission"' in failure
    assert "keep one of the two forms" in failure


def test_an_unheard_of_kind_is_named(configured: Any) -> None:
    """A newer program may ask for what this version does not have."""
    request = proto.CheckRequest(urn="urn:pulumi:dev::orders::auth0-apis:index:Role::admin")
    with pytest.raises(grpc.RpcError, match="There is no resource auth0-apis:index:Role in version"):
        configured.Check(request)


def test_what_goes_at_once_goes_in_whatever_order(
    apis: Resources, permissions: Resources, grants: Resources
) -> None:
    """The engine knows no order where a program names its API by a literal, as an imported one does."""
    scope = {"resourceServerIdentifier": ORDERS, "scope": "read:orders"}
    grant = {"clientId": BILLING, "audience": ORDERS, "scopes": ["read:orders"]}
    made = [
        (kind, kind.create(inputs), inputs)
        for kind, inputs in ((apis, API), (permissions, scope), (grants, grant))
    ]
    with ThreadPoolExecutor(3) as threads:
        gone = [threads.submit(kind.delete, *entry, inputs) for kind, entry, inputs in made]
        assert [each.result() for each in gone] == [None, None, None]
    assert session_for({}).resource_servers.find(ORDERS) is None


def test_what_is_made_at_once_is_made_in_whatever_order(
    apis: Resources, permissions: Resources, grants: Resources
) -> None:
    """What names its API by a literal may come before it: it is made when the API is there."""
    scope = {"resourceServerIdentifier": ORDERS, "scope": "read:orders"}
    grant = {"clientId": BILLING, "audience": ORDERS, "scopes": []}
    with ThreadPoolExecutor(3) as threads:
        made = [
            threads.submit(kind.create, inputs)
            for kind, inputs in ((permissions, scope), (grants, grant), (apis, API))
        ]
        assert all(each.result()[0] for each in made)


def test_what_names_an_api_that_nobody_makes_is_refused(grants: Resources, sandbox: Sandbox) -> None:
    """After a moment, and one call."""
    with pytest.raises(grpc.RpcError, match="No resource with identifier"):
        grants.create({"clientId": BILLING, "audience": ORDERS, "scopes": []})
    assert calls(sandbox) == 1


def test_what_is_granted_elsewhere_is_refused_all_the_same(apis: Resources, sandbox: Sandbox) -> None:
    """Nothing else goes that it could wait for."""
    id_, outputs = apis.create(API)
    session_for({}).client_grants.create({"client_id": BILLING, "audience": ORDERS, "scope": []})
    with pytest.raises(grpc.RpcError, match="still granted to Billing service"):
        apis.delete(id_, outputs, API)
