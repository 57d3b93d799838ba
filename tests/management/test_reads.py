"""Reading many objects in few calls, and a few objects of many in few calls too."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from pulumi_auth0_apis.errors import NotFoundError, ServerError
from pulumi_auth0_apis.management.documents import Object
from pulumi_auth0_apis.management.reads import (
    FIRST_PAGES,
    MAX_AGE_SECONDS,
    PAGE_SIZE,
    PAGES_PER_MISS,
    BulkReads,
    Page,
)

from .conftest import Clock


def grant(number: int) -> Object:
    return {"id": f"cgr_{number:05}", "identifier": f"name-{number}", "audience": f"api-{number % 10}"}


@dataclass
class Tenant:
    """A list of so many objects, and the calls that it answered."""

    items: list[Object]
    log: list[str] = field(default_factory=list)
    error: Exception | None = None

    def pages(self, filters: Mapping[str, str]) -> Iterator[Page]:
        for start in itertools.count(0, PAGE_SIZE):
            self.log.append(f"list {dict(filters)}" if filters else "list")
            if self.error:
                raise self.error
            found = [item for item in self.items if filters.items() <= item.items()]
            yield Page(found[start : start + PAGE_SIZE], len(found))
            if start + PAGE_SIZE >= len(found):
                return

    def one(self, name: str) -> Object:
        self.log.append("get")
        for item in self.items:
            if name in item.values():
                return item
        raise NotFoundError("none", status=404, method="GET", path="/")

    def reads(self, **options: Any) -> BulkReads:
        return BulkReads(self.pages, self.one, ("id", "identifier"), **options)


def tenant_of(count: int) -> Tenant:
    return Tenant([grant(number) for number in range(count)])


def test_one_call_reads_a_hundred_objects() -> None:
    """A stack that holds everything in a small tenant is read by one page."""
    tenant = tenant_of(PAGE_SIZE)
    reads = tenant.reads()
    assert [reads.get(item["id"]) for item in tenant.items] == tenant.items
    assert tenant.log == ["list"]


def test_an_object_has_several_names() -> None:
    """An API read by its identifier is the one read by its id."""
    reads = tenant_of(10).reads()
    assert reads.get("name-7") == reads.get("cgr_00007") == grant(7)


@pytest.mark.parametrize(
    ("count", "most"), [(200, 2), (201, 3), (410, 6), (2_000, 26), (4_100, 52), (10_000, 125)]
)
def test_reading_a_whole_tenant_costs_its_pages_and_little_more(count: int, most: int) -> None:
    """Whatever the order of the reads, a whole tenant costs about a call per hundred objects."""
    tenant = tenant_of(count)
    reads = tenant.reads()
    backwards = list(reversed(tenant.items))
    assert [reads.get(item["id"]) for item in backwards] == backwards
    assert len(tenant.log) <= most


@pytest.mark.parametrize("wanted", [1, 5, 9])
def test_a_few_objects_of_a_large_tenant_are_read_by_themselves(wanted: int) -> None:
    """A stack with one API in a tenant of 5,000 grants fetches one page, not fifty."""
    tenant = tenant_of(5_000)
    reads = tenant.reads()
    for item in tenant.items[-wanted:]:
        assert reads.get(item["id"]) == item
    assert tenant.log == ["list"] + ["get"] * wanted


def test_threads_share_the_pages() -> None:
    """Four threads that read at once wait for one page instead of fetching four."""
    tenant = tenant_of(80)
    reads = tenant.reads()
    together = threading.Barrier(4)

    def read(item: Object) -> Object:
        together.wait()
        return reads.get(item["id"])

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(read, tenant.items[:4])) == tenant.items[:4]
    assert tenant.log == ["list"]


def test_what_the_pages_do_not_show_is_asked_for() -> None:
    """Only the object's own address says that it is gone: pages shift while others write."""
    tenant = tenant_of(3)
    reads = tenant.reads()
    reads.get("cgr_00000")
    tenant.items.append(grant(7))
    assert reads.get("cgr_00007") == grant(7)
    with pytest.raises(NotFoundError):
        reads.get("cgr_00009")
    assert tenant.log == ["list", "get", "get"]


def test_what_is_written_is_read_back() -> None:
    """Answers of writes replace what pages showed, and deletions take it out."""
    tenant = tenant_of(3)
    reads = tenant.reads()
    reads.get("cgr_00000")
    reads.keep({**grant(0), "scope": ["new"]})
    assert reads.get("name-0") == {**grant(0), "scope": ["new"]}
    del tenant.items[1]
    reads.drop("cgr_00001")
    for name in ("cgr_00001", "name-1"):
        with pytest.raises(NotFoundError):
            reads.get(name)


def test_a_page_that_was_under_way_does_not_undo_a_write() -> None:
    """What was written while a page was fetched is younger than the page."""
    tenant = tenant_of(3)
    stale = [dict(item) for item in tenant.items]

    def slow_pages(_: Mapping[str, str]) -> Iterator[Page]:
        reads.keep({**grant(0), "scope": ["new"]})
        reads.drop("cgr_00001")
        del tenant.items[1]
        yield Page(stale, 3)

    reads = BulkReads(slow_pages, tenant.one)
    assert reads.get("cgr_00000")["scope"] == ["new"]
    with pytest.raises(NotFoundError):
        reads.get("cgr_00001")


def test_an_object_that_comes_back_is_read() -> None:
    """Deleted and made again under the same name, an object is there."""
    tenant = tenant_of(2)
    reads = tenant.reads()
    reads.drop("cgr_00001")
    reads.keep(grant(1))
    assert reads.get("cgr_00001") == grant(1)
    assert tenant.log == ["list"] or tenant.log == []


def test_a_caller_cannot_spoil_what_is_kept() -> None:
    """What is handed out is a copy."""
    reads = tenant_of(2).reads()
    reads.get("cgr_00001").clear()
    reads.where({})[0].clear()
    assert reads.get("cgr_00001") == grant(1)
    assert len(reads.where({})) == 2


def test_pages_are_fetched_anew_when_they_are_old(clock: Clock) -> None:
    """After five minutes nothing of the old pages is told any more."""
    tenant = tenant_of(2)
    reads = tenant.reads(clock=clock)
    reads.get("cgr_00001")
    tenant.items[1] = {**grant(1), "scope": ["new"]}
    clock.now += MAX_AGE_SECONDS
    assert "scope" not in reads.get("cgr_00001")
    clock.now += 1
    assert reads.get("cgr_00001")["scope"] == ["new"]


def test_after_an_error_in_paging_reads_go_one_by_one() -> None:
    """A page that fails is told once; what was not paged is then read by itself."""
    tenant = tenant_of(250)
    tenant.error = ServerError("down", status=500, method="GET", path="/")
    reads = tenant.reads()
    with pytest.raises(ServerError):
        reads.get("cgr_00001")
    tenant.error = None
    assert reads.get("cgr_00001") == grant(1)
    assert tenant.log == ["list", "get"]


def test_a_filter_is_answered_from_the_pages() -> None:
    """Where all pages are there, or cheap to get, every filter costs nothing more."""
    tenant = tenant_of(150)
    reads = tenant.reads()
    for number in range(10):
        assert len(reads.where({"audience": f"api-{number}"})) == 15
    assert tenant.log == ["list", "list"]


def test_a_filter_in_a_large_tenant_is_left_to_the_tenant() -> None:
    """One API's grants among 5,000 are one filtered list, asked for once."""
    tenant = tenant_of(5_000)
    reads = tenant.reads()
    filters = {"audience": "api-3"}
    assert len(reads.where(filters)) == len(reads.where(filters)) == 500
    assert tenant.log == ["list"] + [f"list {filters}"] * 5


def test_filters_see_what_was_written() -> None:
    """A grant that this process deleted no longer counts, one that it made does."""
    reads = tenant_of(5_000).reads()
    filters = {"audience": "api-3"}
    reads.where(filters)
    reads.drop("cgr_00003")
    reads.keep({"id": "cgr_new", "identifier": "new", "audience": "api-3"})
    names = [item["id"] for item in reads.where(filters)]
    assert "cgr_00003" not in names
    assert "cgr_new" in names


def test_pages_that_do_not_add_up_are_not_the_whole_list() -> None:
    """Where objects moved between pages a filter asks the tenant, not the pages."""
    tenant = tenant_of(150)

    def shifting(filters: Mapping[str, str]) -> Iterator[Page]:
        for page in tenant.pages(filters):
            yield page
            if not filters and len(tenant.items) == 150:
                del tenant.items[0]  # what was first on the second page is now last on the first

    reads = BulkReads(shifting, tenant.one)
    assert "cgr_00100" in [item["id"] for item in reads.where({"audience": "api-0"})]
    assert tenant.log[-1] == "list {'audience': 'api-0'}"


def test_a_list_that_ends_early_is_not_waited_for() -> None:
    """A total that promises more than there is does not keep the paging going."""
    tenant = tenant_of(5)

    def short(filters: Mapping[str, str]) -> Iterator[Page]:
        tenant.log.append("list")
        yield Page([] if filters else tenant.items, 150)

    reads = BulkReads(short, tenant.one)
    assert len(reads.where({})) == 5
    with pytest.raises(NotFoundError):
        reads.get("cgr_00009")
    assert tenant.log == ["list", "list", "get"]


def test_the_price_of_pages_is_what_the_constants_say() -> None:
    """The last page is taken when it is the last of what the reads so far have earned."""
    tenant = tenant_of(PAGE_SIZE * (FIRST_PAGES + PAGES_PER_MISS))
    reads = tenant.reads()
    reads.get(tenant.items[-1]["id"])
    assert tenant.log == ["list", "get"]
    reads.get(tenant.items[-1]["id"])
    assert tenant.log == ["list", "get"]
    reads.get(tenant.items[-2]["id"])
    assert set(tenant.log[2:]) == {"list"}
