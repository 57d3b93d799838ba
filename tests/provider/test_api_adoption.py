"""Taking over an API that is in the tenant already: refused, or as the program says."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis.errors import (
    AlreadyThereError,
    ConfigurationError,
    NotFoundError,
)
from pulumi_auth0_apis.management import Session

from .conftest import BOTH, Kind

FACES = BOTH
ORDERS = "https://orders.example.com"


def test_an_equal_api_is_refused_unless_the_run_says_so(
    apis: Kind, session: Session, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there as asked for is a conflict; AUTH0_ADOPT=equal, as after an interrupted run, takes it."""
    made = session.resource_servers.create({"identifier": ORDERS, "token_lifetime": 9000})
    with pytest.raises(AlreadyThereError, match=r"equals what is asked for.*AUTH0_ADOPT=equal"):
        apis.create(identifier=ORDERS, token_lifetime=9000)
    apis.next_run()
    monkeypatch.setenv("AUTH0_ADOPT", "equal")
    id_, _ = apis.create(identifier=ORDERS, token_lifetime=9000)
    assert id_ == made["id"]
    assert "was there already and is managed from now on, as it is" in said[0]


def test_equal_means_equal(apis: Kind, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """AUTH0_ADOPT=equal takes nothing that differs, and knows no other value."""
    session.resource_servers.create({"identifier": ORDERS, "token_lifetime": 60})
    monkeypatch.setenv("AUTH0_ADOPT", "equal")
    with pytest.raises(AlreadyThereError, match="token_lifetime is 60, asked for 90"):
        apis.create(identifier=ORDERS, token_lifetime=90)
    apis.next_run()
    monkeypatch.setenv("AUTH0_ADOPT", "yes")
    with pytest.raises(ConfigurationError, match='AUTH0_ADOPT is "yes"'):
        apis.create(identifier=ORDERS)


def test_a_different_api_is_refused_with_both_ways_on(apis: Kind, session: Session) -> None:
    """An API that differs is named with its id and the difference, and left as it was."""
    made = session.resource_servers.create({"identifier": ORDERS, "token_lifetime": 60})
    with pytest.raises(
        AlreadyThereError,
        match=r"token_lifetime is 60, asked for 3600.*adopt=True.*`auth0-apis import \. --identifier https://orders\.example\.com`",
    ):
        apis.create(identifier=ORDERS, token_lifetime=3600)
    assert session.resource_servers.get(made["id"])["token_lifetime"] == 60


def test_adoption_applies_the_settings_at_once(apis: Kind, session: Session) -> None:
    """With adopt, the API that is there becomes ours and gets what was asked, in the same operation."""
    made = session.resource_servers.create({"identifier": ORDERS, "token_lifetime": 60, "name": "Old"})
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=3600, adopt=True)
    assert (id_, outputs["token_lifetime"], outputs["name"]) == (made["id"], 3600, "Old")


def test_adoption_of_one_id(apis: Kind, session: Session) -> None:
    """An id to adopt is that object or none: neither another one nor a new one."""
    made = session.resource_servers.create({"identifier": ORDERS})
    assert apis.create(identifier=ORDERS, adopt=made["id"])[0] == made["id"]
    with pytest.raises(AlreadyThereError, match="identifier cannot be changed"):
        apis.create(identifier="https://other.example.com", adopt=made["id"])
    apis.next_run()
    with pytest.raises(AlreadyThereError, match="token_lifetime is 86400, asked for 60"):
        apis.create(identifier=ORDERS, token_lifetime=60, adopt=made["id"])
    apis.next_run()
    with pytest.raises(NotFoundError):
        apis.create(identifier=ORDERS, adopt="f" * 24)


def test_a_refresh_keeps_what_was_said_about_adoption(apis: Kind, session: Session) -> None:
    """A refresh returns `adopt` with the inputs, so that it is no drift."""
    id_, outputs = apis.create(identifier=ORDERS, adopt=True)
    assert apis.read(id_, outputs)[2] == {"identifier": ORDERS, "adopt": True}


def test_adopt_is_no_change_afterwards(apis: Kind) -> None:
    """Saying adopt, or saying it no longer, is no difference once the API is made."""
    said = {"identifier": ORDERS, "adopt": True}
    silent = {"identifier": ORDERS}
    assert apis.check_again(said, silent) == said
    assert apis.check_again(silent, said) == silent
