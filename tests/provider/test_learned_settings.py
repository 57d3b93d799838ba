"""A later version has an input for what a state keeps among the additional settings, and nothing is lost."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis._inputs import Setting
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.resources.resource_server import PROVIDER

from .conftest import BOTH, Kind
from .further_settings import FURTHER as FURTHER
from .further_settings import ORDERS, PATCH, an_api


class Learned:
    """A later version, whose table has a row for what the state keeps among the additional settings."""

    def __init__(self, apis: Kind, monkeypatch: pytest.MonkeyPatch, *rows: Setting) -> None:
        self._apis, self._patch, self._rows = apis, monkeypatch, rows

    def upgrade(self) -> None:
        self._patch.setattr(type(PROVIDER), "settings", (*self._rows, *PROVIDER.settings))


FACES = BOTH


@pytest.fixture
def later(apis: Kind, monkeypatch: pytest.MonkeyPatch) -> Learned:
    """The next version knows `size` and `color`."""
    size = Setting("size", int, description="Size.", default=1)
    color = Setting("color", str, description="Color.", on_removal="keep")
    return Learned(apis, monkeypatch, size, color)


def test_a_later_version_says_which_input_to_use(apis: Kind, later: Learned) -> None:
    """The name is refused where it was, with the input that it has got."""
    later.upgrade()
    (failure,) = apis.failures(**an_api(size=3, mode=1))
    assert failure.startswith("additional_settings.size: ") and "give size=… instead" in failure


def test_moving_to_the_new_input_sends_nothing(
    apis: Kind, later: Learned, sandbox: Sandbox, session: Session
) -> None:
    """The tenant keeps the value throughout: no null in between, and not one call."""
    id_, outputs = apis.create(**an_api(size=3, mode=1))
    later.upgrade()
    moved = {"identifier": ORDERS, "size": 3, "additional_settings": {"mode": 1}}
    outputs = apis.update(id_, outputs, **moved)
    assert sandbox.calls[PATCH] == 0
    assert (outputs["size"], outputs["managed"]) == (3, ["additional_settings", "identifier", "size"])
    assert apis.read(id_, outputs) == (id_, outputs, moved)
    assert session.resource_servers.get(id_)["size"] == 3


def test_what_auth0_does_not_tell_moves_as_well(
    apis: Kind, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, said: list[str]
) -> None:
    """Its value is in the state, and stays there under the new input."""
    id_, outputs = apis.create(**an_api(token="t0ken"))
    Learned(apis, monkeypatch, Setting("token", str, description="Token.", secret=True)).upgrade()
    outputs = apis.update(id_, outputs, identifier=ORDERS, token="t0ken")
    assert (outputs["token"], outputs.get("untold")) == ("t0ken", None)
    assert sandbox.calls[PATCH] == 0
    assert not [line for line in said if "another value" in line]


def test_moving_and_changing_at_once_sends_the_change(apis: Kind, later: Learned, session: Session) -> None:
    """One update, which holds the new value and no null."""
    id_, outputs = apis.create(**an_api(size=3))
    later.upgrade()
    assert apis.update(id_, outputs, identifier=ORDERS, size=4)["size"] == 4
    assert session.resource_servers.get(id_)["size"] == 4


def test_dropping_it_after_the_upgrade_removes_as_its_input_does(
    apis: Kind, later: Learned, session: Session
) -> None:
    """By its default, or not at all, where null would not have been right."""
    id_, outputs = apis.create(**an_api(size=3, color="red"))
    later.upgrade()
    outputs = apis.update(id_, outputs, identifier=ORDERS)
    kept = session.resource_servers.get(id_)
    assert (kept["size"], kept["color"]) == (1, "red")


def test_a_refresh_before_the_program_has_moved_it_shows_no_drift(
    apis: Kind, later: Learned, session: Session
) -> None:
    """It is read where the state has it, with its drift: there the engine knows whether it is secret."""
    id_, outputs = apis.create(**an_api(size=3))
    later.upgrade()
    assert apis.read(id_, outputs) == (id_, outputs, an_api(size=3))
    session.resource_servers.update(id_, {"size": 5})
    assert apis.read(id_, outputs)[2] == an_api(size=5)


def test_an_input_that_replaces_does_not_replace_by_moving(
    apis: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The value is the same wherever the state keeps it."""
    _, outputs = apis.create(**an_api(size=3))
    fixed = Setting("size", int, description="Size.", on_change="replace")
    Learned(apis, monkeypatch, fixed).upgrade()
    assert apis.replaces(outputs, identifier=ORDERS, size=3) == []
    assert apis.replaces(outputs, identifier=ORDERS, size=4) == ["size"]
