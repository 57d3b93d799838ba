"""What an edit of an older list undid of this run's permissions is noticed by the run, and changed again."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis.errors import BadRequestError, ServerError
from pulumi_auth0_apis.management.scope_batches import FRESH_SECONDS, SETTLE_SECONDS, WRITES_PER_LOOK

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
    for left in (["b"], ["b", "a"]):
        tenant.kept = scopes("b", "a")
        tenant.clock.now += SETTLE_SECONDS
        for _ in range(WRITES_PER_LOOK):
            batches.look_after()
        assert tenant.values == left


def test_looks_are_few(tenant: Tenant) -> None:
    """However many lists were written, one call in so many writes looks at all of them."""
    batches, tenant.kept = tenant.batches(), scopes("a")
    for n in range(2 * WRITES_PER_LOOK + 1):
        batches.made(f"{API}/{n}", scopes("a"))
        tenant.clock.now += SETTLE_SECONDS
        batches.look_after()
    assert tenant.log == ["LIST"] * 3


def test_a_look_that_fails_is_no_failure(tenant: Tenant) -> None:
    """Nobody has asked for it."""
    batches = tenant.batches()
    batches.made(API, scopes("a"))
    tenant.clock.now += SETTLE_SECONDS
    tenant.unseen = [refusal(ServerError)]
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
