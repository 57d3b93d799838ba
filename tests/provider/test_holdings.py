"""Who holds what: a deletion never takes along what another resource of the run has, wants or reads."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_auth0_apis.errors import AlreadyThereError, DuplicateError, StillNeededError
from pulumi_auth0_apis.management import Session

from .conftest import BOTH, Kind, Props

FACES = BOTH
ORDERS = "https://orders.example.com"
OTHER = "https://other.example.com"
BILLING = "billingServiceSandbox00000000001"
UNKNOWN = pulumi.output.Unknown()  # type: ignore[no-untyped-call]


def scope(value: str) -> Props:
    return {"resource_server_identifier": ORDERS, "scope": value}


@pytest.fixture
def orders(session: Session) -> Props:
    return session.resource_servers.create({"identifier": ORDERS})


def there(session: Session) -> set[str]:
    return {each["value"] for each in session.scopes.read(ORDERS)}


def unmarked(outputs: Props) -> Props:
    """Outputs as the state had them before there were markers."""
    return {name: value for name, value in outputs.items() if name != "holder"}


def test_a_renamed_resource_keeps_its_object(apis: Kind, session: Session, said: list[str]) -> None:
    """The new name takes the API over, and the deletion of the old name spares it."""
    id_, old = apis.create(identifier=ORDERS)
    apis.next_run()
    new, _ = apis.create(identifier=ORDERS, adopt=True)
    apis.delete(id_, old)
    assert new == session.resource_servers.get(ORDERS)["id"]
    assert said[-1].endswith("stays: another resource of this program holds it.")


def test_what_went_with_the_old_name_is_told(
    apis: Kind, permissions: Kind, session: Session, said: list[str]
) -> None:
    """A permission that leaves the program while its API is renamed stays, and the line names it."""
    id_, old = apis.create(identifier=ORDERS)
    permissions.create(**scope("kept"))
    permissions.create(**scope("removed"))
    apis.next_run()
    permissions.next_run()
    apis.create(identifier=ORDERS, adopt=True)
    permissions.operations.holdings = apis.operations.holdings
    permissions.create(**scope("kept"), adopt=True)
    apis.delete(id_, old)
    assert said[-1].endswith("No resource of this program holds its permissions removed.")


def test_the_run_that_ends_an_interrupted_one_spares_it_too(apis: Kind, session: Session) -> None:
    """A process that has only compared the new name deletes nothing for the old one."""
    id_, old = apis.create(identifier=ORDERS)
    apis.next_run()
    _, new = apis.create(identifier=ORDERS, adopt=True)
    apis.next_run()
    apis.replaces(new, identifier=ORDERS)
    apis.delete(id_, old)
    assert session.resource_servers.find(ORDERS)


def test_what_nobody_holds_goes(apis: Kind, session: Session) -> None:
    """Without another holder a deletion deletes, be it compared before (a refresh does) or not."""
    for compare in (True, False):
        id_, outputs = apis.create(identifier=ORDERS)
        apis.next_run()
        if compare:
            apis.replaces(outputs, identifier=ORDERS)
        apis.delete(id_, outputs)
        assert session.resource_servers.find(ORDERS) is None


def test_two_that_swap(permissions: Kind, session: Session, orders: Props) -> None:
    """Two permissions exchange their values with adopt, and both are there throughout."""
    (first, a), (second, b) = (permissions.create(**scope(value)) for value in "ab")
    permissions.next_run()
    assert permissions.replaces(a, **scope("b")) == ["scope"]
    permissions.create(**scope("b"), adopt=True)
    permissions.replaces(b, **scope("a"))
    permissions.create(**scope("a"), adopt=True)
    permissions.delete(first, a)
    permissions.delete(second, b)
    assert there(session) == {"a", "b"}


def test_a_list_whose_first_item_goes(permissions: Kind, session: Session, orders: Props) -> None:
    """Permissions named by position move up with adopt; only what nothing declares any more is deleted."""
    made = [permissions.create(**scope(value)) for value in "abc"]
    permissions.next_run()
    for (_, outputs), value in zip(made, "bc", strict=False):
        permissions.replaces(outputs, **scope(value))
        permissions.create(**scope(value), adopt=True)
    for id_, outputs in made:
        permissions.delete(id_, outputs)
    assert there(session) == {"b", "c"}


def test_entries_without_a_marker(permissions: Kind, session: Session, orders: Props) -> None:
    """Where a state of before holds one object twice, the entry that is left keeps it."""
    id_, outputs = permissions.create(**scope("a"))
    permissions.next_run()
    permissions.replaces(unmarked(outputs), **scope("a"))
    permissions.delete(id_, unmarked(outputs))
    assert there(session) == {"a"}


def test_an_entry_without_a_marker_that_is_replaced(permissions: Kind, orders: Props) -> None:
    """One that `replace_on_changes` replaces cannot be told from another: it is changed in place instead."""
    id_, outputs = permissions.create(**scope("a"), description="old")
    permissions.next_run()
    permissions.replaces(unmarked(outputs), **scope("a"), description="new")
    permissions.delete(id_, unmarked(outputs))
    assert permissions.create(**scope("a"), description="new")[1]["description"] == "new"


def test_a_refresh_and_an_update_mark(apis: Kind) -> None:
    """An entry without a marker gets one by the next refresh or update, and keeps it from then on."""
    id_, outputs = apis.create(identifier=ORDERS)
    refreshed = apis.read(id_, unmarked(outputs))[1]
    updated = apis.update(id_, unmarked(outputs), identifier=ORDERS, token_lifetime=60)
    assert refreshed["holder"] and updated["holder"]
    assert apis.update(id_, updated, identifier=ORDERS)["holder"] == updated["holder"]


def test_what_could_not_be_taken_over_is_not_deleted(apis: Kind, session: Session) -> None:
    """Where the new name was refused and the run goes on all the same, the old name keeps the object."""
    id_, old = apis.create(identifier=ORDERS)
    apis.next_run()
    with pytest.raises(AlreadyThereError):
        apis.create(identifier=ORDERS)
    with pytest.raises(StillNeededError, match="declares it by another resource"):
        apis.delete(id_, old)
    assert session.resource_servers.find(ORDERS)


def test_what_the_program_reads_is_not_deleted(apis: Kind, session: Session) -> None:
    """A program that turns a resource into a look-up is told to let go of it first."""
    id_, old = apis.create(identifier=ORDERS)
    apis.next_run()
    apis.read(id_, {})
    with pytest.raises(StillNeededError, match="retain_on_delete=True"):
        apis.delete(id_, old)
    assert session.resource_servers.find(ORDERS)


def test_a_swap_that_deletes_first_is_refused_before(
    permissions: Kind, session: Session, orders: Props
) -> None:
    """With `delete_before_replace`, what the new value would meet is looked at before the old one goes."""
    (id_, a), _ = (permissions.create(**scope(value)) for value in "ab")
    permissions.next_run()
    permissions.replaces(a, **scope("b"))
    with pytest.raises(AlreadyThereError, match="permission b of the API"):
        permissions.delete(id_, a)
    assert there(session) == {"a", "b"}
    permissions.next_run()
    permissions.replaces(a, **scope("b"))
    permissions.check(**scope("b"), adopt=True)
    with pytest.raises(StillNeededError, match="Leave the option out for this run"):
        permissions.delete(id_, a)
    assert there(session) == {"a", "b"}
    permissions.next_run()
    permissions.replaces(a, **scope("b"))
    permissions.create(**scope("b"), adopt=True)
    permissions.delete(id_, a)
    assert there(session) == {"b"}


def test_what_a_refused_replacement_left_is_taken_again(permissions: Kind, orders: Props) -> None:
    """What its own entry still stands for is taken over as it is; what differs is not."""
    _, outputs = permissions.create(**scope("a"))
    permissions.next_run()
    assert permissions.replaces(outputs, **scope("a")) == []
    permissions.create(**scope("a"))
    permissions.next_run()
    assert permissions.replaces(outputs, **scope("a")) == []
    with pytest.raises(AlreadyThereError, match="differs: description"):
        permissions.create(**scope("a"), description="Other")


def test_one_object_is_made_once(permissions: Kind, orders: Props) -> None:
    """A second resource for an object that this run has made is refused, with adopt too."""
    permissions.create(**scope("a"))
    with pytest.raises(DuplicateError, match="is declared twice"):
        permissions.create(**scope("a"), adopt=True)


def test_an_imported_api_is_made_anew_after_its_deletion(apis: Kind, session: Session) -> None:
    """`import_` that stays in the program does not keep a replacement from being made."""
    there = session.resource_servers.create({"identifier": ORDERS})
    id_, outputs = apis.create(identifier=ORDERS, adopt=there["id"])
    apis.next_run()
    assert apis.replaces(outputs, identifier=ORDERS, signing_alg="PS256") == ["signing_alg"]
    apis.delete(id_, outputs)
    new, _ = apis.create(identifier=ORDERS, signing_alg="PS256", adopt=there["id"])
    assert new != id_


class TestOtherPeoplesGrants:
    """Auth0 deletes the grants on an API with it."""

    @pytest.fixture
    def foreign(self, session: Session) -> None:
        grant = {"client_id": BILLING, "audience": ORDERS, "scope": []}
        session.client_grants.create(grant)

    @pytest.fixture
    def api(self, apis: Kind) -> tuple[str, Props]:
        return apis.create(identifier=ORDERS)

    def test_a_granted_api_stays(self, apis: Kind, api: tuple[str, Props], foreign: None) -> None:
        """An API that somebody else holds a grant on is not deleted; the refusal names the application."""
        apis.next_run()
        with pytest.raises(StillNeededError, match=rf"Billing service \({BILLING}\).*AUTH0_FORCE=true"):
            apis.delete(*api)

    @pytest.mark.parametrize("by", ["option", "environment"])
    def test_force(
        self,
        apis: Kind,
        api: tuple[str, Props],
        foreign: None,
        by: str,
        session: Session,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """With force, which an update records or the environment says, the API goes whoever holds it."""
        id_, outputs = api
        if by == "option":
            outputs = apis.update(id_, outputs, identifier=ORDERS, force=True)
        else:
            monkeypatch.setenv("AUTH0_FORCE", "true")
        apis.delete(id_, outputs)
        assert session.resource_servers.find(ORDERS) is None

    def test_a_replacement_is_refused_before_its_own_grants_go(
        self, apis: Kind, grants: Kind, api: tuple[str, Props], session: Session
    ) -> None:
        """The grants of the program itself stay where those of others keep the API from being made anew."""
        own, outputs = grants.create(client_id=BILLING, audience=ORDERS, scopes=[])
        client = {"client_id": BILLING, "audience": ORDERS, "scope": [], "subject_type": "user"}
        foreign = session.client_grants.create(client)
        apis.next_run()
        grants.operations.holdings = apis.operations.holdings
        anew: Props = {"identifier": ORDERS, "signing_alg": "PS256"}
        apis.replaces(api[1], **anew)
        grants.compare(own, outputs, {"client_id": BILLING, "audience": UNKNOWN, "scopes": []})
        with pytest.raises(StillNeededError):
            grants.delete(own, outputs)
        assert {each["id"] for each in session.client_grants.of(ORDERS)} == {own, foreign["id"]}
        session.client_grants.delete(foreign["id"])
        grants.delete(own, outputs)
        apis.delete(*api)

    def test_force_of_the_same_run(self, apis: Kind, api: tuple[str, Props], foreign: None) -> None:
        """A replacement goes through where the program says force together with what replaces."""
        apis.next_run()
        apis.replaces(api[1], identifier=ORDERS, signing_alg="PS256", force=True)
        apis.delete(*api)


class TestScopesOfTheApi:
    """An API's own list of permissions, and a resource for each of them."""

    LISTED: Any = [{"value": "a", "description": "A"}, {"value": "b"}]  # noqa: RUF012

    def test_the_list_is_handed_over(self, apis: Kind, permissions: Kind, session: Session) -> None:
        """What the API listed until now a resource may take over, in the run after an interruption too."""
        id_, outputs = apis.create(identifier=ORDERS, scopes=self.LISTED)
        self.both_in_the_next_run(apis, permissions)
        apis.replaces(outputs, identifier=ORDERS)
        outputs = apis.update(id_, outputs, identifier=ORDERS)
        permissions.create(**scope("a"), description="new")
        self.both_in_the_next_run(apis, permissions)
        apis.replaces(outputs, identifier=ORDERS)
        permissions.create(**scope("b"))
        assert session.scopes.read(ORDERS) == [{"value": "a", "description": "new"}, {"value": "b"}]

    def test_what_the_api_never_listed_is_not(self, apis: Kind, permissions: Kind, session: Session) -> None:
        """Another hand's permission is a conflict; its text says how to have a list handed over."""
        apis.create(identifier=ORDERS)
        session.scopes.write(ORDERS, "theirs", None)
        with pytest.raises(AlreadyThereError, match=r"depends_on=\[orders\]"):
            permissions.create(**scope("theirs"))

    def test_the_list_takes_back(self, apis: Kind, permissions: Kind, session: Session) -> None:
        """A resource that goes leaves what the API lists, in the run after an interruption too."""
        id_, api = apis.create(identifier=ORDERS)
        own = [permissions.create(**scope(value)) for value in "ab"]
        self.both_in_the_next_run(apis, permissions)
        apis.replaces(api, identifier=ORDERS, scopes=self.LISTED)
        api = apis.update(id_, api, identifier=ORDERS, scopes=self.LISTED)
        permissions.delete(*own[0])
        self.both_in_the_next_run(apis, permissions)
        apis.replaces(api, identifier=ORDERS, scopes=self.LISTED)
        permissions.delete(*own[1])
        assert there(session) == {"a", "b"}

    @staticmethod
    def both_in_the_next_run(apis: Kind, permissions: Kind) -> None:
        apis.next_run()
        permissions.operations.holdings = apis.operations.holdings
