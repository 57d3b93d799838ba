"""What an edit of an older list undid of this run's permissions is noticed by the run, and changed again."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from pulumi_auth0_apis.errors import BadRequestError, ConnectionFailedError, ServerError
from pulumi_auth0_apis.management.scope_batches import FRESH_SECONDS, SETTLE_SECONDS, WRITES_PER_LOOK
from pulumi_auth0_apis.management.scope_lane import ScopeList

from .scope_list import API, Tenant, refusal, scopes, write


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def test_what_was_undone_comes_back_with_the_next_change(tenant: Tenant) -> None:
    """An edit of an older list takes our permissions along on an API made here; the next reading shows it."""
    batches = tenant.batches()
    batches.made(API, [])
    for value in "abc":
        write(batches, value)
    tenant.kept = scopes("a", "dashboard")  # read after a, written after c
    tenant.clock.now += FRESH_SECONDS + 0.001
    write(batches, "d")
    assert tenant.values == ["a", "dashboard", "b", "c", "d"]
    assert tenant.told == [
        f"Somebody else wrote an older list of permissions to the API {API}, without what this run has "
        "changed; changed again: b, c."
    ]


@pytest.mark.parametrize("listed", [False, True], ids=["by permissions", "by the API's own list"])
def test_what_was_undone_comes_back_when_something_else_is_written(tenant: Tenant, listed: bool) -> None:
    """A later write of the run looks at lists that any older edit has reached by now, and mends them."""
    batches = tenant.batches()
    batches.made(API, tenant.write(API, scopes("a", "b")) if listed else [])
    for value in "" if listed else "ab":
        write(batches, value)
    tenant.kept = scopes("dashboard")
    tenant.log.clear()
    batches.look_after()
    assert tenant.log == []  # too early to be sure
    tenant.clock.now += SETTLE_SECONDS
    batches.look_after()
    assert tenant.values == ["dashboard", "a", "b"]
    assert tenant.log == ["LIST", "GET", "PATCH", "GET"]  # and looked again, as the list is shared now
    tenant.clock.now += SETTLE_SECONDS
    batches.look_after()
    assert tenant.log == ["LIST", "GET", "PATCH", "GET"]


def test_a_removal_that_was_undone_is_repeated_once(tenant: Tenant) -> None:
    """An edit of an older list brings a permission back; who brings it back again wants it."""
    batches = tenant.batches()
    batches.made(API, scopes("a", "b"))
    batches.apply(API, "a", None)
    tenant.kept = scopes("b", "a")
    tenant.clock.now += SETTLE_SECONDS
    for _ in range(WRITES_PER_LOOK):
        batches.look_after()
    assert tenant.values == ["b"]
    tenant.kept = scopes("b", "a")
    write(batches, "c")
    assert tenant.values == ["b", "a", "c"]


def test_an_addition_comes_back_as_often_as_it_is_undone(tenant: Tenant) -> None:
    """Nobody who edits an older list means to take away what came after it."""
    batches = tenant.batches()
    batches.made(API, [])
    write(batches, "a")
    for _ in range(2):
        tenant.kept = scopes("dashboard")
        tenant.clock.now += FRESH_SECONDS + 0.001
        batches.apply(API, "gone", None)
        assert tenant.values == ["dashboard", "a"]


def test_what_was_undone_of_an_api_that_was_there_comes_back(tenant: Tenant) -> None:
    """What a list held before a change is what it held before the first try, not what a later one found."""
    tenant.kept = scopes("a")
    batches = tenant.batches()
    write(batches, "b")
    tenant.kept = scopes("a", "dashboard")
    tenant.clock.now += FRESH_SECONDS + 0.001
    write(batches, "c")
    assert tenant.values == ["a", "dashboard", "b", "c"]


def test_looks_are_few(tenant: Tenant) -> None:
    """However many lists were written, one call in so many writes looks at all of them."""
    batches, tenant.kept = tenant.batches(), scopes("a")
    looks: list[int] = []
    for n in range(1, 2 * WRITES_PER_LOOK + 1):
        batches.made(f"{API}/{n}", scopes("a"))
        tenant.clock.now += SETTLE_SECONDS
        batches.look_after()
        looks += [n] * (len(tenant.log) - len(looks))
    assert looks == [1, WRITES_PER_LOOK, 2 * WRITES_PER_LOOK]


def test_a_list_is_looked_at_once_after_it_was_written(tenant: Tenant) -> None:
    """What is as it should be then needs no second look."""
    batches, tenant.kept = tenant.batches(), scopes("a")
    batches.made(API, scopes("a"))
    tenant.clock.now += SETTLE_SECONDS
    for _ in range(2 * WRITES_PER_LOOK):
        batches.look_after()
    assert tenant.log == ["LIST"]


def test_one_looks_as_far_as_there_is_something_to_see(tenant: Tenant) -> None:
    """Other APIs of a page are passed over, and no page is asked for once all are seen."""
    pages: list[dict[str, ScopeList]] = [{"other": []}, {API: [], "more": []}, {"last": []}]
    asked: list[int] = []

    def look(identifiers: Collection[str]) -> Iterator[dict[str, ScopeList]]:
        for number, page in enumerate(pages):
            asked.append(number)
            yield page

    batches = tenant.batches()
    batches.made(API, scopes("a"))
    tenant.clock.now += SETTLE_SECONDS
    batches._look = look
    batches.look_after()
    assert (tenant.values, asked) == (["a"], [0, 1])


@pytest.mark.parametrize(
    ("readings", "looks"),
    [
        ([FRESH_SECONDS + 0.001], ["LIST"]),
        ([SETTLE_SECONDS], []),
        ([SETTLE_SECONDS, FRESH_SECONDS + 0.001], []),
    ],
    ids=["too early", "late enough", "late enough, and once more"],
)
def test_a_reading_for_a_later_change_is_a_look(
    tenant: Tenant, readings: list[float], looks: list[str]
) -> None:
    """Once any older edit has landed it sees what became of the list."""
    batches, tenant.kept = tenant.batches(), scopes("x")
    batches.made(f"{API}/other", scopes("x"))
    tenant.clock.now += SETTLE_SECONDS
    batches.look_after()  # that is one look, so that there is none for a while
    batches.made(API, scopes("x"))
    for seconds in readings:
        tenant.clock.now += seconds
        batches.apply(API, "gone", None)
    tenant.log.clear()
    tenant.clock.now += SETTLE_SECONDS
    for _ in range(WRITES_PER_LOOK):
        batches.look_after()
    assert tenant.log == looks


def test_an_edit_that_comes_while_one_looks_is_seen(tenant: Tenant) -> None:
    """The list that was looked at is newer than the answer to a write of the meantime, however fresh."""

    def look(identifiers: Collection[str]) -> Iterator[dict[str, ScopeList]]:
        write(batches, "b")
        tenant.kept = scopes("dashboard")
        yield {API: tenant.kept}

    batches = tenant.batches()
    batches.made(API, scopes("a"))
    tenant.clock.now += SETTLE_SECONDS
    batches._look = look
    batches.look_after()
    assert tenant.values == ["dashboard", "a", "b"]


def test_nobody_writes_a_list_while_it_is_taken_back(tenant: Tenant) -> None:
    """A change that comes then waits, and is merged into what was taken back."""
    batches, writing = tenant.batches(), []
    batches.made(API, scopes("a"))
    tenant.kept = []
    tenant.clock.now += SETTLE_SECONDS
    tenant.hands = [lambda: writing.append(batches._lanes[API].writing)]
    batches.look_after()
    assert writing == [True]


@pytest.mark.parametrize(
    "failure", [refusal(ServerError), ConnectionFailedError("gone", method="GET", path="/", ambiguous=False)]
)
def test_a_look_that_fails_is_no_failure(tenant: Tenant, failure: Exception) -> None:
    """Nobody has asked for it."""
    batches = tenant.batches()
    batches.made(API, scopes("a"))
    tenant.clock.now += SETTLE_SECONDS
    tenant.unseen = [failure]
    batches.look_after()
    assert (tenant.log, tenant.told) == (["LIST"], [])


def test_what_cannot_be_changed_again_is_told(tenant: Tenant) -> None:
    """No resource is left to fail with it."""
    batches = tenant.batches()
    batches.made(API, scopes("a"))
    tenant.clock.now += SETTLE_SECONDS
    tenant.failures = [refusal(BadRequestError)]
    batches.look_after()
    assert len(tenant.told) == 1
    assert "and that could not be changed again: refused" in tenant.told[0]
