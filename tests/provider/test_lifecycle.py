"""What all kinds of objects have in common: keys, replacements, and what an update sends."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.output import UNKNOWN

from pulumi_auth0_apis._holdings import Holdings
from pulumi_auth0_apis._lifecycle import (
    ObjectProvider,
    RequiredReplacement,
    changes_between,
    outputs_of,
    projected,
)

from .things import OPEN, SILENT, THINGS, run

Props = dict[str, Any]
AS_SENT = {"name": "a", "nested": {"x": 1}}


@pytest.mark.parametrize(
    ("props", "key"),
    [
        ({"name": "a", "region": "us", "size": 3}, ("thing", "a", "us")),
        ({"name": "a"}, ("thing", "a", "eu")),
        ({"name": "a", "region": None}, ("thing", "a", "eu")),
        ({"name": UNKNOWN, "region": "us"}, None),
        ({"name": "a", "region": UNKNOWN}, None),
    ],
)
def test_a_key_is_what_identifies_an_object_before_it_has_an_id(props: Props, key: object) -> None:
    """A part that is not given has its default; one that is not known yet leaves no key at all."""
    assert THINGS.key_of(props) == key


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"name": "a", "region": "us", "id": "t1"}, "The thing a, us (id t1)"),
        ({"name": "a", "region": None}, "The thing a"),
        ({"region": "us"}, "The thing us"),
    ],
)
def test_an_object_is_named_by_its_key_and_id(found: Props, told: str) -> None:
    """As far as they are known."""
    assert THINGS.named(found) == told


@pytest.mark.parametrize(
    ("outputs", "inputs", "replaces", "same_place"),
    [
        ({"name": "a"}, {"name": "a"}, (), True),
        ({"name": "a"}, {"name": "b"}, ("name",), False),
        ({"name": "a"}, {"name": UNKNOWN}, ("name",), True),
        ({"name": "a", "region": "us"}, {"name": "b", "region": UNKNOWN}, ("name", "region"), False),
        ({"name": "a", "size": 1}, {"name": "a", "size": 2}, (), True),
        ({"name": "a"}, {"name": "a", "region": "eu"}, (), True),
        ({"name": "a", "region": "us"}, {"name": "a", "region": "eu"}, ("region",), False),
        ({"name": "a", "region": "us", "managed": ["region"]}, {"name": "a"}, ("region",), False),
        ({"name": "a", "region": "eu", "managed": ["region"]}, {"name": "a"}, (), True),
        ({"name": "a", "region": "us", "managed": ["name"]}, {"name": "a"}, (), False),
        ({"name": "a", "region": "us"}, {"name": "a"}, (), False),
    ],
)
def test_what_needs_another_object(
    outputs: Props, inputs: Props, replaces: tuple[str, ...], same_place: bool
) -> None:
    """A setting that cannot change, against its default where none is given; the place is that of the key."""
    assert THINGS.diff(outputs, inputs) == RequiredReplacement(replaces, same_place)


@pytest.mark.parametrize(
    ("found", "wanted", "compared"),
    [
        ({"name": "a", "size": 3, "note": "n"}, {"name": "b", "size": 1}, {"name": "a", "size": 3}),
        ({"name": "a"}, {"size": 5}, {"size": 1}),
        ({"name": "a"}, {"note": "n"}, {}),
        ({"size": 3.0, "tags": ["b", "a"]}, {"size": 3, "tags": []}, {"size": 3, "tags": ["a", "b"]}),
        ({"nested": {"x": 1, "y": 2}}, {"nested": {"x": 5, "z": 6}}, {"nested": {"x": 1}}),
        (
            {"nested": {"x": {"y": 1, "z": 2}}},
            {"nested": {"x": {"y": 0}}},
            {"nested": {"x": {"y": 1}}},
        ),
        ({"nested": "odd"}, {"nested": {"x": 1}}, {"nested": "odd"}),
        ({"nested": {"x": 1}}, {"nested": "odd"}, {"nested": {"x": 1}}),
    ],
)
def test_an_object_is_compared_as_far_as_the_program_says(
    found: Props, wanted: Props, compared: Props
) -> None:
    """By its settings, by the keys of nested objects, and by the default where the tenant says nothing."""
    assert projected(THINGS, found, wanted) == compared


def test_what_the_tenant_keeps_to_itself_is_compared_as_its_kind_says() -> None:
    """By what was sent, where the tenant never says it back."""
    assert projected(SILENT, {"name": "a"}, {"secret": "s", "name": "b"}) == {"secret": "s", "name": "a"}


def test_a_dropped_setting_may_follow_from_the_others() -> None:
    """As its kind says, from what the program says now."""
    outputs = {"size": 3, "region": "us", "managed": ["size", "region"]}
    assert changes_between(SILENT, outputs, {"region": "us"}) == ({"size": 7}, [])


def test_a_state_records_all_settings_and_what_the_tenant_decides() -> None:
    """In the program's shape where the program says something, whole elsewhere, and nothing else."""
    found = {
        "id": "t1", "name": "a", "size": 3.0, "nested": {"x": 1, "y": 2}, "tags": ["b", "a"], "odd": 1
    }  # fmt: skip
    assert outputs_of(THINGS, found, {"nested": {"x": 0}, "region": "eu"}) == {
        "id": "t1",
        "name": "a",
        "size": 3,
        "nested": {"x": 1},
        "tags": ["a", "b"],
        "region": "eu",
    }


@pytest.mark.parametrize(
    ("outputs", "inputs", "sent", "left_alone"),
    [
        ({"size": 1, "managed": ["size"]}, {"size": 1}, {}, []),
        ({"size": 1, "managed": ["size"]}, {"size": 2}, {"size": 2}, []),
        ({"size": 1}, {"size": 1}, {"size": 1}, []),
        ({"name": "a"}, {"name": "a"}, {}, []),
        ({"size": 3}, {}, {}, []),
        ({"size": 3, "managed": ["size"]}, {}, {"size": 1}, []),
        ({"size": 1, "managed": ["size"]}, {}, {}, []),
        ({"note": "n", "managed": ["note"]}, {}, {"note": None}, []),
        ({"label": "l", "note": "n", "managed": ["note", "label"]}, {}, {"note": None}, ["label"]),
        ({"label": "l", "size": 3, "managed": ["label", "size"]}, {}, {"size": 1}, ["label"]),
        ({"size": 3, "note": "n", "managed": ["size", "note"], "is_system": True}, {}, {}, ["size", "note"]),
        ({"size": 3, "managed": ["size"], "is_system": True}, {"size": 2}, {"size": 2}, []),
    ],
)
def test_an_update_sends_what_changed(
    outputs: Props, inputs: Props, sent: Props, left_alone: list[str]
) -> None:
    """And the first value of a setting that nobody watched; what is dropped goes to its default, or stays."""
    assert changes_between(THINGS, outputs, inputs) == (sent, left_alone)


def test_an_additional_setting_is_sent_by_itself() -> None:
    """What is new, what differs, and null for what has left; beside the other changes."""
    before = {
        "additional_settings": {"color": "red", "mode": 1, "size": 2},
        "managed": ["additional_settings"],
    }
    wanted = {"additional_settings": {"color": "red", "mode": True}, "note": "n"}
    sent = {"additional_settings": {"mode": True, "size": None}, "note": "n"}
    assert changes_between(OPEN, before, wanted) == (sent, [])
    assert changes_between(OPEN, {"additional_settings": None}, {"additional_settings": None}) == ({}, [])
    assert changes_between(OPEN, {}, {"additional_settings": {"color": "red"}})[0] == {
        "additional_settings": {"color": "red"}
    }


def test_additional_settings_are_compared_as_far_as_the_program_says() -> None:
    """Each by its name among all that the tenant tells; by our name, where there has been one since."""
    found = {"color": "blue", "mode": {"a": 1, "b": 2}, "weight": 3, "size": 4, "odd": 1}
    wanted = {"additional_settings": {"color": "red", "mode": {"a": 0}, "weight": 1, "gone": 1}}
    compared = {"color": "blue", "mode": {"a": 1}, "weight": 4}
    assert projected(OPEN, found, wanted) == {"additional_settings": compared}
    assert projected(OPEN, found, {"additional_settings": None}) == {"additional_settings": {}}
    assert projected(OPEN, found, {"name": "a"}) == {}


def test_a_setting_has_a_name_of_ours_and_one_of_auth0s() -> None:
    """Which are the same unless the kind says otherwise."""
    assert OPEN.own_names["weight"] == "size"
    assert OPEN.own_names["note"] == "note"
    assert "size" not in OPEN.own_names


@pytest.mark.parametrize(
    ("props", "key"), [({"home": "https://a"}, ("API", "https://a")), ({"home": UNKNOWN}, None)]
)
def test_an_object_belongs_to_the_api_that_it_names(props: Props, key: object) -> None:
    """By the setting that its kind says, once that is known."""
    assert ObjectProvider.api_key_of(OPEN, props) == key


def test_a_kind_says_only_what_is_its_own() -> None:
    """Where a kind of object says nothing, nothing is refused, added, told or remembered."""
    here, inputs = run(), {"name": "a"}
    assert THINGS.listed(here.session) == ()
    assert THINGS.to_declare(inputs) == ()
    assert ObjectProvider.api_key_of(THINGS, inputs) is None
    assert list(THINGS.check(inputs)) == []
    assert THINGS.completed(inputs, {}) is inputs
    assert THINGS.left_behind(here, inputs) == ""
    assert THINGS.remembered(Holdings(), inputs) == {}
    assert THINGS.kept(inputs, AS_SENT) is inputs
    assert THINGS.recorded(inputs, AS_SENT) is inputs
    THINGS.refuse_removal(here, inputs)
    THINGS.compared(Holdings(), inputs, inputs, replaced=False)
