"""Objects that are there already: none is made twice, taken for another, or taken over in silence."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from pulumi_auth0_apis._adoption import (
    create_or_find,
    duplicate,
    equal_is_enough,
    refuse_unless_free,
    take_over,
)
from pulumi_auth0_apis._holdings import UNMARKED, Holdings, StateEntry
from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider
from pulumi_auth0_apis.errors import (
    AlreadyThereError,
    ConfigurationError,
    ConflictError,
    ConnectionFailedError,
)
from pulumi_auth0_apis.resources.resource_server import PROVIDER

from .things import API_KEY, OPEN, SILENT, THINGS, run

Props = dict[str, Any]

FOUND = {"id": "there"}


def lost(ambiguous: bool) -> ConnectionFailedError:
    return ConnectionFailedError("no answer", method="POST", path="/x", ambiguous=ambiguous)


def conflict() -> ConflictError:
    return ConflictError("is there", status=409, method="POST", path="/x")


def failing(error: Exception) -> Any:
    def create() -> dict[str, Any]:
        raise error

    return create


@pytest.mark.parametrize("error", [lost(ambiguous=True), conflict()])
def test_what_may_have_been_made_is_looked_up(error: Exception) -> None:
    """After a conflict, or an answer that never came, the object is looked up; only then it may be ours."""
    assert create_or_find(failing(error), lambda: FOUND) == (
        FOUND,
        False,
        isinstance(error, ConnectionFailedError),
    )


@pytest.mark.parametrize("error", [lost(ambiguous=True), conflict()])
def test_nothing_found_is_the_first_error(error: Exception) -> None:
    """When the look-up finds nothing, the user hears why the creation failed."""
    with pytest.raises(type(error), match=str(error)):
        create_or_find(failing(error), lambda: None)


def test_what_was_made_is_not_looked_up() -> None:
    """It is this call's own."""
    assert create_or_find(lambda: FOUND, lambda: pytest.fail("looked up")) == (FOUND, True, True)


def test_what_was_never_sent_is_not_looked_up() -> None:
    """A request that never reached the tenant made nothing, so an object that is there is not its."""
    with pytest.raises(ConnectionFailedError):
        create_or_find(failing(lost(ambiguous=False)), lambda: pytest.fail("looked up"))


def test_a_second_resource_for_one_object_is_told() -> None:
    """By the object, as the provider knows no other name; and with what to do."""
    error = duplicate(PROVIDER, {"identifier": "https://x.example.com"})
    assert error.problem == (
        "The API https://x.example.com is declared twice: another resource of this program stands for it "
        "already."
    )
    assert error.next_step == "Remove one of the two."


RENAMED = 'If it was renamed or moved: aliases=[pulumi.Alias(name="the old name")] keeps it.'
LAST = "For taint or --replace: ResourceOptions(delete_before_replace=True) for that run. Or leave it."


def written(command: str) -> str:
    return f"To have the program written: `{command}` in its folder, with this declaration taken out."


def taken(
    found: Props, inputs: Props, adopt: bool | str = True, provider: ObjectProvider = THINGS
) -> tuple[ManagedObject, list[Props]]:
    """What became of an object that was there, and the changes that were sent."""
    sent: list[Props] = []

    def change(changes: Props) -> ManagedObject:
        sent.append(changes)
        return {**found, **changes}

    return take_over(provider, run(), found, inputs, adopt, change), sent


def refused(
    found: Props, inputs: Props, adopt: bool | str = False, provider: ObjectProvider = THINGS
) -> AlreadyThereError:
    with pytest.raises(AlreadyThereError) as raised:
        refuse_unless_free(provider, run(), found, inputs, adopt)
    return raised.value


def test_what_differs_is_changed_and_told(said: list[str]) -> None:
    """Nothing else is sent, and the object is named with its id."""
    found = {"id": "t1", "name": "a", "region": "eu", "size": 3, "note": "n"}
    inputs = {"name": "a", "size": 4, "note": "n", "label": "l"}
    assert taken(found, inputs) == ({**found, "size": 4, "label": "l"}, [{"size": 4, "label": "l"}])
    assert said == [
        "The thing a, eu (id t1) was there already and is managed from now on; changed: size, label."
    ]


def test_what_equals_is_taken_as_it_is(said: list[str]) -> None:
    """Without a call."""
    found = {"id": "t1", "name": "a"}
    assert taken(found, {"name": "a", "size": 1}) == (found, [])
    assert said == ["The thing a (id t1) was there already and is managed from now on, as it is."]


def test_secrets_that_nobody_compared_are_told(said: list[str]) -> None:
    """Those that the program gives and the tenant keeps to itself."""
    inputs = {"name": "a", "secret": "s", "token": "t", "note": "n"}
    taken({"name": "a"}, inputs, provider=SILENT)
    taken({"name": "a", "token": "t"}, inputs, provider=SILENT)
    taken({"name": "a", "token": "t"}, {"name": "a", "token": "t"}, provider=SILENT)
    assert [line.partition(", as it is.")[2] for line in said] == [
        " Auth0 does not tell its secret, token, so that was not compared.",
        " Auth0 does not tell its secret, so that was not compared.",
        "",
    ]


def test_what_equals_is_refused_with_every_way_on() -> None:
    """In whole: what was found, and how each situation that leads here goes on."""
    error = refused({"id": "t1", "name": "a"}, {"name": "a", "size": 1})
    assert error.problem == (
        "The thing a (id t1) is already in the tenant and equals what is asked for. Nothing was changed."
    )
    assert error.next_step == " ".join(
        [
            "If it is this program's own, renamed, reordered or left by an interrupted run: "
            "AUTH0_ADOPT=equal in the environment takes over, for one run, what equals.",
            RENAMED,
            "To take it over: adopt=True on its resource.",
            'To take over this very object as it is: ResourceOptions(import_="t1").',
            written("auth0-apis import . --name a"),
            LAST,
        ]
    )


def test_what_differs_is_refused_with_every_way_on() -> None:
    """What there is, against what is asked for."""
    error = refused({"id": "t1", "name": "a b", "size": 3}, {"name": "a b", "region": "eu", "size": 4})
    assert error.problem == (
        "The thing a b (id t1) is already in the tenant and differs: size is 3, asked for 4. "
        "Nothing was changed."
    )
    assert error.next_step == " ".join(
        [
            RENAMED,
            "To take it over and change it: adopt=True on its resource.",
            written("auth0-apis import . --name 'a b' --region eu"),
            LAST,
        ]
    )


def test_additional_settings_that_differ_are_named_and_nothing_else() -> None:
    """Each by itself, those that the tenant does not tell too: any value of theirs may be secret."""
    found = {"id": "t1", "name": "a", "size": 3, "color": "red", "mode": 1, "same": True}
    asked = {"color": "blue", "mode": 1, "gone": "x", "same": True}
    error = refused(found, {"name": "a", "size": 4, "additional_settings": asked}, provider=OPEN)
    differs = "size is 3, asked for 4; additional_settings.color; additional_settings.gone"
    assert (
        error.problem
        == f"The thing a (id t1) is already in the tenant and differs: {differs}. Nothing was changed."
    )


def test_additional_settings_are_taken_over_by_what_differs(said: list[str]) -> None:
    """Sent whole, as an object that is made would have them."""
    found = {"id": "t1", "name": "a", "color": "red"}
    _, sent = taken(found, {"name": "a", "additional_settings": {"color": "blue"}}, provider=OPEN)
    assert sent == [{"additional_settings": {"color": "blue"}}]
    assert said[0].endswith("changed: additional_settings.")


def test_what_cannot_be_changed_is_refused_to_everybody() -> None:
    """With adopt=True too: another object is needed."""
    error = refused({"id": "t1", "name": "a", "region": "us"}, {"name": "b", "region": "eu"}, adopt=True)
    assert 'differs: name is "a"; region is "us", asked for "eu". Nothing' in error.problem
    assert error.next_step == " ".join(
        [
            RENAMED,
            "name and region cannot be changed on an existing thing: ask for what it has, or remove it "
            "first.",
            written("auth0-apis import . --name b --region eu"),
            LAST,
        ]
    )


@pytest.mark.parametrize(
    ("there", "asked", "told"),
    [
        (
            {"size": 3, "note": ""},
            {"size": 4, "note": "m"},
            'size is 3, asked for 4; note is "", asked for "m"',
        ),
        ({"secret": "s"}, {"secret": "t"}, "secret (secret)"),
        ({"description": "d"}, {"description": "e"}, 'description is "d"'),
        ({"tags": ["b"]}, {"tags": ["a"]}, 'tags is ["b"], asked for ["a"]'),
        ({"tags": []}, {"tags": [{"value": "a"}]}, "tags is []"),
        ({}, {"tags": ["a"]}, 'tags is null, asked for ["a"]'),
        (
            {"nested": {"b": "é", "a": 1}},
            {"nested": {"b": 1, "a": 2}},
            'nested is {"a": 1, "b": "é"}, asked for {"a": 2, "b": 1}',
        ),
        ({"note": "n" * 118}, {"note": "n"}, f'note is "{"n" * 118}", asked for "n"'),
        ({"note": "n" * 119}, {"note": "n"}, f'note is "{"n" * 119}…, asked for "n"'),
    ],
)
def test_a_difference_is_told(there: Props, asked: Props, told: str) -> None:
    """Up to 120 characters of a value; none of a secret, nor of a text that may have been marked one."""
    error = refused({"name": "a", **there}, {"name": "a", **asked})
    assert f"differs: {told}. Nothing was changed." in error.problem


KEY = ("thing", "a", "eu")


def hand_over(holdings: Holdings) -> None:
    """An API is spared that another entry of the state holds, and its permissions with it."""
    holdings.hold(API_KEY, UNMARKED)
    holdings.let_go(StateEntry(API_KEY, "api", UNMARKED))


@pytest.mark.parametrize(
    ("meanwhile", "adopt", "takes_equal", "takes_different"),
    [
        (lambda holdings: None, False, False, False),
        (lambda holdings: None, "t1", True, False),
        (lambda holdings: None, True, True, True),
        (lambda holdings: holdings.may_take(KEY), False, True, True),
        (lambda holdings: holdings.may_take(("thing", "b", "eu")), False, False, False),
        (lambda holdings: holdings.hold(KEY, "holder"), False, True, False),
        (lambda holdings: holdings.hold(("thing", "b", "eu"), "holder"), False, False, False),
        (hand_over, False, True, True),
    ],
)
def test_who_may_take_what(
    meanwhile: Callable[[Holdings], None], adopt: bool | str, takes_equal: bool, takes_different: bool
) -> None:
    """By what the program says, and by what this run has seen of the object, or of the API that it is in."""
    for size, takes in ((1, takes_equal), (2, takes_different)):
        here = run()
        meanwhile(here.holdings)
        with nullcontext() if takes else pytest.raises(AlreadyThereError):
            refuse_unless_free(THINGS, here, {"id": "t1", "name": "a"}, {"name": "a", "size": size}, adopt)


def test_what_may_be_ours_is_taken_where_it_equals() -> None:
    """A request whose answer never came may have made it; what differs is somebody else's."""
    found = {"id": "t1", "name": "a"}
    assert refuse_unless_free(THINGS, run(), found, {"name": "a"}, False, may_be_ours=True) == {}
    take_over(THINGS, run(), found, {"name": "a"}, False, lambda _: pytest.fail("changed"), may_be_ours=True)
    with pytest.raises(AlreadyThereError):
        refuse_unless_free(THINGS, run(), found, {"name": "b"}, False, may_be_ours=True)
    with pytest.raises(AlreadyThereError):
        take_over(THINGS, run(), found, {"name": "a"}, False, lambda _: pytest.fail("changed"))


@pytest.mark.parametrize(("value", "is_enough"), [(None, False), ("", False), ("equal", True)])
def test_a_run_may_take_what_equals(value: str | None, is_enough: bool) -> None:
    """AUTH0_ADOPT has one value."""
    environ = {} if value is None else {"AUTH0_ADOPT": value}
    assert equal_is_enough(environ) is is_enough


def test_another_value_is_no_yes() -> None:
    """It is refused, with what was meant."""
    with pytest.raises(ConfigurationError) as raised:
        equal_is_enough({"AUTH0_ADOPT": "true"})
    assert str(raised.value) == (
        'AUTH0_ADOPT is "true", and the only value it takes is "equal": take over, for one run, what equals '
        "the program. To take over and change one object, set adopt=True on its resource."
    )
