"""The decision table."""

from __future__ import annotations

from itertools import product

import pytest

from pulumi_auth0_apis.engine.model.decisions import (
    DELETIONS,
    LOGICAL,
    READ,
    REGISTERED,
    Change,
    Facts,
    Op,
    Reading,
    Situation,
    leftover,
    reading,
    refreshed,
    situation,
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), Situation.NEW),
        (Facts(known=True), Situation.UNCHANGED),
        (Facts(known=True, change=Change.UPDATE), Situation.CHANGED),
        (Facts(known=True, change=Change.UPDATE, delete_first=True), Situation.CHANGED),
        (Facts(known=True, change=Change.REPLACE), Situation.REPLACED_AFTER),
        (Facts(known=True, change=Change.REPLACE, delete_first=True), Situation.REPLACED_BEFORE),
        (Facts(known=True, pending_replacement=True, delete_first=True), Situation.HALF_REPLACED),
        (Facts(known=True, pending_replacement=True), Situation.REPLACED_AFTER),
        (Facts(known=True, external=True, change=Change.UPDATE), Situation.EXTERNAL),
        (Facts(known=True, deleted_in_this_run=True), Situation.DELETED_WITH_ITS_SOURCE),
        (Facts(targeted=False), Situation.NOT_CREATED),
        (Facts(known=True, targeted=False, change=Change.REPLACE), Situation.LEFT_OUT),
        (Facts(known=True, targeted=False, pending_replacement=True), Situation.LEFT_OUT),
        (Facts(known=True, targeted=False, external=True), Situation.EXTERNAL),
        (
            Facts(known=True, targeted=False, deleted_in_this_run=True),
            Situation.DELETED_WITH_ITS_SOURCE,
        ),
    ],
)
def test_a_registered_resource_stands_where_its_facts_say(facts: Facts, expected: Situation) -> None:
    """Each combination of facts that can occur has its situation."""
    assert situation(facts) is expected


def test_every_situation_has_steps_and_every_combination_of_facts_a_situation() -> None:
    """The table is total."""
    flags = (False, True)
    for known, external, deleted, pending, first, targeted in product(flags, repeat=6):
        for change in Change:
            facts = Facts(known, external, deleted, pending, change, first, targeted)
            assert REGISTERED[situation(facts)]
    assert set(REGISTERED) == set(Situation)
    assert set(READ) == set(Reading)


def test_a_replacement_creates_exactly_once_and_is_counted_once() -> None:
    """Whatever the order, a replacement is one creation and one logical step."""
    for where, steps in REGISTERED.items():
        if Op.REPLACE in steps:
            assert steps.count(Op.CREATE_REPLACEMENT) == 1, where
            assert [op for op in steps if op in LOGICAL] == [Op.REPLACE], where


def test_only_a_deletion_before_stands_before_the_creation() -> None:
    """The old one is deleted in the registration only where it goes first."""
    deleting = [where for where, steps in REGISTERED.items() if DELETIONS.intersection(steps)]
    assert deleting == [Situation.REPLACED_BEFORE]
    assert REGISTERED[Situation.REPLACED_BEFORE][0] is Op.DELETE_REPLACED


@pytest.mark.parametrize(
    ("managed", "read", "expected"),
    [(None, "7", Reading.FRESH), ("7", "7", Reading.FRESH), ("8", "7", Reading.RELINQUISHED)],
)
def test_a_read_gives_up_another_managed_object(managed: str | None, read: str, expected: Reading) -> None:
    """Reading an object under the name of another managed one lets go of that."""
    assert reading(managed_id=managed, read_id=read) is expected


@pytest.mark.parametrize(
    ("replaced", "external", "pending", "expected"),
    [
        (False, False, False, Op.DELETE),
        (True, False, False, Op.DELETE_REPLACED),
        (False, True, False, Op.READ_DISCARD),
        (True, True, False, Op.DISCARD_REPLACED),
        (False, False, True, Op.REMOVE_PENDING_REPLACE),
    ],
)
def test_what_is_left_over_goes_the_way_it_came(
    replaced: bool, external: bool, pending: bool, expected: Op
) -> None:
    """Managed leftovers are deleted, read ones forgotten, half replaced ones dropped, others left alone."""

    def op(*, targeted: bool) -> Op:
        return leftover(targeted=targeted, replaced=replaced, external=external, pending_replacement=pending)

    assert (op(targeted=True), op(targeted=False)) == (expected, Op.SAME)


def test_a_refresh_comes_to_a_deletion_an_update_or_nothing() -> None:
    """What a refresh found is told in the words of an update."""
    assert refreshed(gone=True, changed=True) is Op.DELETE
    assert refreshed(gone=False, changed=True) is Op.UPDATE
    assert refreshed(gone=False, changed=False) is Op.SAME
