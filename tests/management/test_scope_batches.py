"""Permissions of one API, written by many hands: none is lost, none comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulumi_auth0_apis.errors import (
    ConnectionFailedError,
    ContendedError,
    NotFoundError,
    RateLimitError,
    ServerError,
    UnexpectedAnswerError,
)
from pulumi_auth0_apis.management.scope_batches import (
    FRESH_SECONDS,
    MOST_ROUNDS,
    SETTLE_SECONDS,
    ScopeBatches,
)
from pulumi_auth0_apis.management.scope_gathering import Gathering
from pulumi_auth0_apis.management.scope_lane import Lane, Scope, ScopeChange, ScopeList, merged

from .scope_list import API, Tenant, refusal, scopes, write

HOUR = 3600.0
"""Longer than a test may take: a batch that is full waits for nothing."""
Jitter = Callable[[float, float], float]


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def test_merging_changes_what_it_is_told_and_nothing_else() -> None:
    """Order and unknown fields of the others stay; a change takes the place of what it changes."""
    found: ScopeList = [{"value": "a", "description": "A"}, {"value": "b", "odd": 1}, {"value": "c"}]
    changes = [
        ScopeChange("b", None),
        ScopeChange("a", {"value": "a"}),
        ScopeChange("d", {"value": "d"}),
        ScopeChange("x", None),
    ]
    assert merged(found, changes) == scopes("a", "c", "d")
    assert merged(found, []) == found


def test_an_api_made_here_takes_one_call(tenant: Tenant) -> None:
    """Right after its creation the list is known, and nobody else writes it: one PATCH and no GET."""
    batches = tenant.batches()
    batches.made(API, [])
    assert write(batches, "read:a", description="A") == {"value": "read:a", "description": "A"}
    assert tenant.log == ["PATCH"]


def test_an_existing_api_is_read_before_and_after(tenant: Tenant) -> None:
    """What others have written stays, and after a pause the list is read once more."""
    tenant.kept = scopes("theirs")
    write(tenant.batches(), "ours")
    assert tenant.log == ["GET", "PATCH", "GET"]
    assert tenant.values == ["theirs", "ours"]


def test_a_removal_is_read_before_and_after(tenant: Tenant) -> None:
    """A removal takes the list as it is now and leaves the others in it; and it is seen to stay."""
    tenant.kept = scopes("a", "b", "c")
    assert tenant.batches().apply(API, "b", None) is None
    assert tenant.values == ["a", "c"]
    assert tenant.log == ["GET", "PATCH", "GET"]


@pytest.mark.parametrize("scope", [None, {"value": "there", "description": "D"}])
def test_what_is_so_already_is_not_written(tenant: Tenant, scope: Scope | None) -> None:
    """Removing what is gone and adding what is there costs the reading alone."""
    tenant.kept = [{"value": "there", "description": "D"}]
    assert tenant.batches().apply(API, scope["value"] if scope else "gone", scope) == scope
    assert tenant.log == ["GET"]


def test_a_fresh_list_is_not_read_again(tenant: Tenant) -> None:
    """Changes that follow each other closely share one reading; later ones read again."""
    batches = tenant.batches()
    batches.made(API, scopes("a", "b", "c"))
    batches.apply(API, "a", None)
    tenant.clock.now += FRESH_SECONDS
    batches.apply(API, "b", None)
    assert tenant.log == ["PATCH", "PATCH"]
    tenant.clock.now += FRESH_SECONDS + 0.001
    batches.apply(API, "c", None)
    assert tenant.log == ["PATCH", "PATCH", "GET", "PATCH"]


def test_an_edit_between_our_calls_stays(tenant: Tenant) -> None:
    """What the dashboard adds stays and what it removes does not come back, even on an API made here."""
    batches = tenant.batches()
    batches.made(API, [])
    write(batches, "a")
    write(batches, "b")
    tenant.kept = scopes("b", "dashboard")
    tenant.clock.now += FRESH_SECONDS + 0.001
    write(batches, "c")
    assert tenant.values == ["b", "dashboard", "c"]


def test_another_hand_once_seen_is_reckoned_with(tenant: Tenant) -> None:
    """On a list that changed without us every change is read before and after, removals too."""
    batches = tenant.batches()
    batches.made(API, scopes("a", "b"))
    batches.apply(API, "a", None)
    tenant.kept.append({"value": "theirs"})
    tenant.clock.now += FRESH_SECONDS + 0.001
    batches.apply(API, "b", None)
    assert tenant.log == ["PATCH", "GET", "PATCH", "GET"]
    tenant.log.clear()
    batches.apply(API, "theirs", None)
    assert tenant.log == ["GET", "PATCH", "GET"]


@pytest.mark.parametrize(("jitter", "seconds"), [(min, SETTLE_SECONDS), (max, 1.5 * SETTLE_SECONDS)])
def test_the_pause_lets_older_edits_land(tenant: Tenant, jitter: Jitter, seconds: float) -> None:
    """It is as long as they take, and up to half as long again, so that two runs fall out of step."""
    batches = tenant.batches()
    batches._jitter = jitter
    write(batches, "a")
    assert tenant.clock.slept == [seconds]


def test_a_lost_update_is_merged_again(tenant: Tenant) -> None:
    """A writer who read before us and wrote after us overwrites us: both changes are kept in the end."""
    tenant.kept = scopes("old")
    tenant.hands = [lambda: setattr(tenant, "kept", scopes("old", "theirs"))]
    write(tenant.batches(), "ours")
    assert tenant.values == ["old", "theirs", "ours"]
    assert tenant.log == ["GET", "PATCH", "GET", "PATCH", "GET"]


def test_a_revived_permission_is_removed_again(tenant: Tenant) -> None:
    """A stale write that brings back what we removed does not last, once that writer is known."""
    tenant.kept = scopes("a", "b")
    batches = tenant.batches()
    batches.apply(API, "x", None)
    tenant.kept = scopes("a", "b", "theirs")
    tenant.clock.now += FRESH_SECONDS + 0.001
    tenant.hands = [lambda: setattr(tenant, "kept", scopes("a", "b", "theirs", "more"))]
    batches.apply(API, "b", None)
    assert tenant.values == ["a", "theirs", "more"]


def test_a_writer_who_never_gives_in_ends_in_an_error(tenant: Tenant) -> None:
    """The merge is repeated a bounded number of times, and then both runs are told to take turns."""
    tenant.hands = [lambda: setattr(tenant, "kept", []) for _ in range(MOST_ROUNDS)]
    with pytest.raises(ContendedError) as raised:
        write(tenant.batches(), "ours")
    assert str(raised.value) == (
        f'Could not change the permissions ours of the API "{API}": somebody else writes the list of its '
        f"permissions at the same time, and undid the change {MOST_ROUNDS} times. Let one run end before the "
        "other starts, and run again."
    )
    assert tenant.log.count("PATCH") == MOST_ROUNDS


def test_all_that_did_not_last_is_named(tenant: Tenant) -> None:
    """A batch fails as one, and each of its resources with the same words."""
    tenant.hands = [lambda: setattr(tenant, "kept", []) for _ in range(MOST_ROUNDS)]
    changes = [ScopeChange(value, {"value": value}) for value in "ab"]
    with pytest.raises(ContendedError, match=f'the permissions a, b of the API "{API}": '):
        tenant.batches()._merge(Lane(API), changes)


FAILURES = [
    refusal(RateLimitError),
    refusal(ServerError),
    refusal(UnexpectedAnswerError),
    ConnectionFailedError("gone", method="PATCH", path="/", ambiguous=True),
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_a_write_that_failed_is_merged_anew(tenant: Tenant, failure: Exception) -> None:
    """A write is not repeated as it was: by then the list may be another."""
    tenant.failures = [failure]
    tenant.hands = [lambda: tenant.kept.append({"value": "theirs"})]
    batches = tenant.batches()
    batches.made(API, [])
    write(batches, "ours")
    assert tenant.values == ["theirs", "ours"]


def test_a_write_that_does_not_show_is_made_again(tenant: Tenant) -> None:
    """A list that is answered without the permission is no proof that it was written."""
    answers = [scopes("theirs")]

    def forgetful(identifier: str, wanted: ScopeList) -> ScopeList:
        return answers.pop() if answers else tenant.write(identifier, wanted)

    tenant.kept = scopes("theirs")
    batches = ScopeBatches(
        tenant.read, forgetful, clock=tenant.clock, sleep=tenant.pause, gathering=Gathering(0)
    )
    batches.made(API, scopes("theirs"))
    assert write(batches, "ours") == {"value": "ours"}
    assert tenant.values == ["theirs", "ours"]


def test_a_write_that_keeps_failing_is_told_as_it_failed(tenant: Tenant) -> None:
    """After the last round the error is the tenant's own."""
    tenant.failures = [refusal(ServerError) for _ in range(MOST_ROUNDS)]
    with pytest.raises(ServerError):
        write(tenant.batches(), "ours")


def test_an_api_that_is_gone_is_told(tenant: Tenant) -> None:
    """Whatever reading raises reaches whoever asked for the change, and the next change starts anew."""

    def gone(_: str) -> ScopeList:
        raise refusal(NotFoundError)

    batches = ScopeBatches(gone, tenant.write, gathering=Gathering(0))
    for _ in range(2):
        with pytest.raises(NotFoundError):
            write(batches, "ours")


def test_an_api_made_anew_starts_anew(tenant: Tenant) -> None:
    """Deleted and made again, an API has the permissions it was made with and no older ones."""
    batches = tenant.batches()
    batches.made(API, scopes("old"))
    batches.made(API, [])
    write(batches, "new")
    assert tenant.values == ["new"]
