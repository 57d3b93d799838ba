"""Settings that no table knows: sent, compared, read and removed, and refused once one is known."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis import _additional
from pulumi_auth0_apis._operations import UNKNOWN
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.errors import AlreadyThereError, BadRequestError
from pulumi_auth0_apis.management import Session

from .conftest import BOTH, Kind
from .further_settings import FURTHER as FURTHER
from .further_settings import ORDERS, PATCH, an_api

FACES = BOTH


def test_lifecycle(apis: Kind, session: Session) -> None:
    """Made with the API, read back, changed and removed, the request carrying what has changed alone."""
    id_, outputs = apis.create(**an_api(color="red", size=3.0))
    assert outputs["additional_settings"] == {"color": "red", "size": 3}
    assert outputs["managed"] == ["additional_settings", "identifier"]
    assert apis.read(id_, outputs) == (id_, outputs, an_api(color="red", size=3))
    session.resource_servers.update(id_, {"size": 9})
    outputs = apis.update(id_, outputs, **an_api(color="blue", size=3))
    kept = session.resource_servers.get(id_)
    assert (kept["color"], kept["size"]) == ("blue", 9)
    outputs = apis.update(id_, outputs, identifier=ORDERS)
    assert "color" not in session.resource_servers.get(id_)
    apis.delete(id_, outputs)


def test_a_grant_takes_them_too(grants: Kind, session: Session) -> None:
    """A grant's are as an API's, and its scopes stay its scopes."""
    session.resource_servers.create({"identifier": ORDERS})
    asked = {"client_id": BILLING_CLIENT_ID, "audience": ORDERS, "scopes": ["read"]}
    id_, outputs = grants.create(**asked, additional_settings={"reason": "tests"})
    assert session.client_grants.get(id_)["reason"] == "tests"
    assert grants.read(id_, outputs)[2] == {**asked, "additional_settings": {"reason": "tests"}}
    outputs = grants.update(id_, outputs, **asked)
    assert "reason" not in session.client_grants.get(id_)


def test_numbers_and_nulls_are_canonical(apis: Kind) -> None:
    """The engine's floats are whole numbers again, and what is null in an object is not there."""
    given = {"mode": {"level": 2.0, "none": None, "parts": [1.0, None, {"half": 0.5, "none": None}]}}
    assert apis.check(**an_api(**given))["additional_settings"] == {
        "mode": {"level": 2, "parts": [1, None, {"half": 0.5}]}
    }


def test_a_refresh_shows_what_was_given_and_nothing_else(apis: Kind, session: Session) -> None:
    """What the tenant fills in, beside a setting or inside of it, is no drift; a changed value is."""
    given = {"mode": {"level": 1, "parts": [{"name": "a"}]}}
    id_, outputs = apis.create(**an_api(**given))
    filled = {"level": 1, "rank": 7, "parts": [{"name": "a", "id": "p1"}]}
    session.resource_servers.update(id_, {"mode": filled, "color": "red"})
    assert apis.read(id_, outputs)[1:] == (outputs, an_api(**given))
    session.resource_servers.update(id_, {"mode": {**filled, "level": 2}})
    assert apis.read(id_, outputs)[2] == an_api(mode={"level": 2, "parts": [{"name": "a"}]})


def test_what_the_tenant_dropped_is_sent_again(apis: Kind, session: Session) -> None:
    """A setting that somebody cleared leaves inputs and outputs, the last one too."""
    id_, outputs = apis.create(**an_api(color="red", mode=1))
    session.resource_servers.update(id_, {"color": None})
    _, outputs, inputs = apis.read(id_, outputs)
    assert inputs == an_api(mode=1)
    session.resource_servers.update(id_, {"mode": None})
    _, outputs, inputs = apis.read(id_, outputs)
    assert inputs == an_api()
    assert apis.read(id_, outputs)[1:] == (outputs, inputs)
    assert apis.update(id_, outputs, **an_api(color="red", mode=1))["additional_settings"]["color"] == "red"


def test_what_auth0_does_not_tell_is_kept_as_it_was_given(
    apis: Kind, sandbox: Sandbox, said: list[str]
) -> None:
    """As keys are: no drift in a refresh, sent again when it changes, and cleared when it leaves."""
    id_, outputs = apis.create(**an_api(token="t0ken", size=1))
    assert "Auth0 takes token and does not tell what it keeps" in said[-1]
    assert (outputs["additional_settings"], outputs["untold"]) == ({"token": "t0ken", "size": 1}, ["token"])
    assert apis.read(id_, outputs) == (id_, outputs, an_api(token="t0ken", size=1))
    again = apis.update(id_, outputs, **an_api(token="t0ken", size=1), force=True)
    assert again == {**outputs, "force": True}
    for given in ({"token": "t0ken", "size": 2}, {"token": "0ther", "size": 2}):
        outputs = apis.update(id_, outputs, **an_api(**given))
        assert (outputs["additional_settings"], outputs["untold"]) == (given, ["token"])
    assert sandbox.calls[PATCH] == 2
    outputs = apis.update(id_, outputs, **an_api(size=2))
    assert sandbox.calls[PATCH] == 3
    assert outputs["additional_settings"] == {"size": 2} and "untold" not in outputs


def test_what_the_tenant_dropped_is_not_what_it_does_not_tell(apis: Kind, session: Session) -> None:
    """An answer to something else that lacks a setting shows drift: only what was sent may be untold."""
    id_, outputs = apis.create(**an_api(color="red", size=1))
    session.resource_servers.update(id_, {"color": None})
    outputs = apis.update(id_, outputs, **an_api(color="red", size=2))
    assert "untold" not in outputs
    assert apis.read(id_, outputs)[2] == an_api(size=2)


def test_true_is_not_one(apis: Kind, session: Session) -> None:
    """JSON tells a switch from a number, and so does an update."""
    id_, outputs = apis.create(**an_api(mode=True))
    apis.update(id_, outputs, **an_api(mode=1))
    assert session.resource_servers.get(id_)["mode"] is not True


def test_without_a_change_there_is_no_call(apis: Kind, sandbox: Sandbox) -> None:
    """An update of something else than settings, such as an option, keeps what state knows of them."""
    id_, outputs = apis.create(**an_api(color="red", mode={"level": 1}))
    again = apis.update(id_, outputs, **an_api(color="red", mode={"level": 1}), force=True)
    assert again == {**outputs, "force": True}
    assert sandbox.calls[PATCH] == 0


def test_what_null_does_not_clear_is_kept_with_a_warning(
    apis: Kind, session: Session, said: list[str]
) -> None:
    """The rest of the update is carried out, Auth0's reason is told once, and no later run meets it again."""
    id_, outputs = apis.create(**an_api(color="red", size=3, weight=0.5))
    outputs = apis.update(id_, outputs, identifier=ORDERS, token_lifetime=9000)
    kept = session.resource_servers.get(id_)
    assert (kept["token_lifetime"], kept["size"], kept["weight"]) == (9000, 3, 0.5)
    assert "color" not in kept
    assert [line for line in said if "size" in line and "Expected type integer" in line] == said[-2:-1]
    assert "additional_settings" not in {*outputs, *outputs["managed"]}
    _, fresh, inputs = apis.read(id_, outputs)
    assert (fresh, inputs) == (outputs, {"identifier": ORDERS, "token_lifetime": 9000})
    assert apis.update(id_, fresh, identifier=ORDERS, token_lifetime=9000) == fresh
    assert len([line for line in said if "refuses to clear" in line]) == 2
    apis.delete(id_, fresh)


def test_one_that_null_does_not_clear_takes_one_call(apis: Kind, sandbox: Sandbox, said: list[str]) -> None:
    """A refused removal that is alone is not tried twice, and the other settings stay known."""
    id_, outputs = apis.create(**an_api(size=3, color="red"))
    outputs = apis.update(id_, outputs, **an_api(color="red"))
    assert sandbox.calls[PATCH] == 1
    assert outputs["additional_settings"] == {"color": "red"}
    assert "The tenant keeps the last value" in said[-1]


def test_a_refusal_of_something_else_is_an_error(apis: Kind, session: Session) -> None:
    """Where a value is refused the update fails, and clears nothing before."""
    id_, outputs = apis.create(**an_api(mode=1, color="red"))
    with pytest.raises(BadRequestError, match="property color"):
        apis.update(id_, outputs, **an_api(color="far too long for it"))
    assert session.resource_servers.get(id_)["mode"] == 1


def test_what_nobody_knows_is_refused_by_the_tenant(apis: Kind) -> None:
    """In Auth0's words, as an error of the resource."""
    with pytest.raises(BadRequestError, match="Additional properties not allowed: taste"):
        apis.create(**an_api(taste="sour"))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("token_lifetime", "give token_lifetime=… instead"),
        ("tokenLifetime", "give token_lifetime=… instead"),
        ("Token-Lifetime", "give token_lifetime=… instead"),
        ("additional_settings", "give additional_settings=… instead"),
        ("adopt", "give adopt=… instead"),
        ("force", "give force=… instead"),
        ("signing_secret", "give signing_secret=… instead"),
        ("id", "is for Auth0 to say"),
        ("client_id", "is for Auth0 to say"),
        ("is_system", "is for Auth0 to say"),
        ("tenant", "is for Auth0 to say"),
        ("updated_at", "is for Auth0 to say"),
    ],
)
def test_what_has_an_input_is_refused(apis: Kind, name: str, reason: str) -> None:
    """However it is spelled, with the input to use instead; what Auth0 alone says is refused too."""
    (failure,) = apis.failures(**an_api(**{name: "s3cret", "color": "red"}))
    assert failure.startswith(f"additional_settings.{name}: ") and reason in failure
    assert "s3cret" not in failure


@pytest.mark.parametrize(
    ("name", "own"), [("scope", "scopes"), ("scopes", "scopes"), ("client_id", "client_id")]
)
def test_a_grants_scope_is_its_scopes(grants: Kind, name: str, own: str) -> None:
    """Auth0's name of an input leads to ours."""
    (failure,) = grants.failures(client_id="a", audience=ORDERS, scopes=[], additional_settings={name: []})
    assert f"give {own}=… instead" in failure


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (float("nan"), "should be a number"),
        (1e300, "should be a number of at most 9,007,199,254,740,991"),
        ([{"deep": float("inf")}], "should be a number"),
        ({"a": "an Output <pulumi.output.Output object at 0x7f0000000000>"}, "holds what an f-string"),
    ],
)
def test_what_no_request_can_carry_is_refused(apis: Kind, value: Any, reason: str) -> None:
    """Before a write, since nothing may fail after one."""
    (failure,) = apis.failures(**an_api(mode=value))
    assert reason in failure


def test_values_are_nested_as_deep_as_an_answer(apis: Kind) -> None:
    """What is deeper than the engine and Auth0's answers carry is refused, and what is not comes back."""

    def nested(levels: int) -> Any:
        return 1 if levels == 0 else {"a": nested(levels - 1)}

    assert apis.failures(**an_api(mode=nested(_additional.DEEPEST + 1)))
    id_, outputs = apis.create(**an_api(mode=nested(_additional.DEEPEST)))
    assert apis.read(id_, outputs)[1] == outputs


@pytest.mark.parametrize("given", [UNKNOWN, {"color": UNKNOWN}, {"mode": {"parts": [UNKNOWN, 1.0]}}])
def test_what_is_not_known_in_a_preview_passes(apis: Kind, given: Any) -> None:
    """The whole, a value, or a part of one."""
    inputs = apis.check(identifier=ORDERS, additional_settings=given)
    assert "additional_settings" in inputs
    assert apis.replaces({"identifier": ORDERS, "managed": ["identifier"]}, **inputs) == []


def test_a_known_name_beside_an_unknown_value_is_refused(apis: Kind) -> None:
    """Names are known in every preview."""
    assert apis.failures(**an_api(token_lifetime=UNKNOWN))


def test_taking_over_compares_and_applies_them(apis: Kind, session: Session) -> None:
    """A conflict names those that differ, and neither value: nobody tells which are secret."""
    session.resource_servers.create({"identifier": ORDERS, "color": "blue", "mode": 1})
    with pytest.raises(AlreadyThereError, match=r"differs: additional_settings\.color\.") as conflict:
        apis.create(**an_api(color="red", mode=1))
    assert not {"red", "blue"} & {*str(conflict.value).replace(";", " ").split()}
    assert "additional_settings.mode" not in str(conflict.value)
    apis.next_run()
    id_, outputs = apis.create(**an_api(color="red", mode=1), adopt=True)
    assert session.resource_servers.get(id_)["color"] == "red"
    assert outputs["additional_settings"] == {"color": "red", "mode": 1}


def test_what_equals_is_taken_over_as_it_is(apis: Kind, session: Session) -> None:
    """By `import_`, with what the tenant has beyond it left alone."""
    made = session.resource_servers.create({"identifier": ORDERS, "color": "red", "size": 1})
    _, outputs = apis.create(**an_api(color="red"), adopt=made["id"])
    assert outputs["additional_settings"] == {"color": "red"}


def test_what_the_program_does_not_give_is_in_no_state(apis: Kind, session: Session) -> None:
    """What nobody here knows may be a secret: outputs hold what the program gives, a look-up none."""
    session.resource_servers.create({"identifier": ORDERS, "color": "red"})
    id_, outputs = apis.create(identifier=ORDERS, adopt=True)
    assert "red" not in outputs.values() and "additional_settings" not in outputs
    outputs = apis.update(id_, outputs, **an_api(mode=1))
    assert outputs["additional_settings"] == {"mode": 1}
    assert "additional_settings" not in apis.read(id_, {})[1]


def test_auth0s_own_apis_are_asked(apis: Kind, sandbox: Sandbox) -> None:
    """Which new settings Auth0 lets change on its own APIs, its answer says, and no rule of ours."""
    management = f"{sandbox.domain}/api/v2/"
    with pytest.raises(BadRequestError, match="Additional properties not allowed: color"):
        apis.create(identifier=management, additional_settings={"color": "red"}, adopt=True)


def test_a_lost_answer_is_looked_up(apis: Kind, sandbox: Sandbox, session: Session) -> None:
    """An update whose answer was lost is seen to be done, a removal too."""
    id_, outputs = apis.create(**an_api(color="red", mode=1))
    sandbox.add_fault({"kind": "reset", "after": True, "method": "PATCH", "times": 4})
    outputs = apis.update(id_, outputs, **an_api(mode=2))
    assert outputs["additional_settings"] == {"mode": 2}


def test_a_state_without_them_shows_no_difference(apis: Kind, sandbox: Sandbox) -> None:
    """What a version before has recorded loads, compares and updates as ever."""
    id_, outputs = apis.create(identifier=ORDERS)
    assert "additional_settings" not in {*outputs, *apis.check(identifier=ORDERS)}
    assert apis.update(id_, outputs, identifier=ORDERS) == outputs
    assert sandbox.calls[PATCH] == 0


def test_a_permission_has_none(permissions: Kind) -> None:
    """It owns its one scope, which has no settings that are not its inputs."""
    settings = {setting.name for setting in permissions.operations.provider.settings}
    assert _additional.ADDITIONAL_SETTINGS.name not in settings
