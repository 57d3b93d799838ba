"""Reading many objects of one kind in few calls.

The first read fetches the first page of the list, which costs what reading one object costs and answers up
to a hundred. Nobody tells us how many reads are to come, so the other pages are fetched once that costs
little beside what reads have missed so far: a stack that holds a whole tenant soon has all of it, and one
that holds a single object of a large tenant never pays for the rest. An object that the pages do not show
is read by itself before anybody hears that it is gone.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pulumi_auth0_apis.management.documents import Object

MAX_AGE_SECONDS = 300.0
"""Pages are fetched anew when they are older."""

PAGE_SIZE = 100
"""The largest page that clients of the Management API ask for (Auth0 docs)."""

FIRST_PAGES = 3
PAGES_PER_MISS = 5
"""Three pages are worth one read, and five more each read that the pages so far did not answer."""


class Page(NamedTuple):
    """Some objects of a list, and how many the whole list holds."""

    items: list[Object]
    total: int


class BulkReads:
    """The objects of one collection, by any of `names`, from its pages and from what writes answered.

    `pages` starts to page through the list, or with filters through a part of it; `one` reads one object.
    """

    def __init__(
        self,
        pages: Callable[[Mapping[str, str]], Iterator[Page]],
        one: Callable[[str], Object],
        names: tuple[str, ...] = ("id",),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_pages = pages
        self._one = one
        self._names = names
        self._clock = clock
        self._turning = threading.Lock()
        self._lock = threading.Lock()
        self._complete = False
        self._forget()

    def get(self, name: str) -> Object:
        """The object. Raises NotFoundError."""
        with self._turning:
            self._forget_what_is_old()
            found = self._find(name)
            while found is None and self._another_page_is_worth_it():
                self._turn_page()
                found = self._find(name)
            self._misses += found is None
        return dict(found or self.fresh(name))

    def fresh(self, name: str) -> Object:
        """The object as it is now. Raises NotFoundError."""
        found = self._one(name)
        self.keep(found)
        return found

    def where(self, filters: Mapping[str, str], *, narrow: bool = False) -> list[Object]:
        """The objects that have these values, from all pages or from a list that the tenant filters.

        With `narrow` no page of the whole list is turned for it.
        """
        with self._turning:
            self._forget_what_is_old()
            asked = frozenset(filters.items())
            while not narrow and self._is_open(asked) and self._another_page_is_worth_it():
                self._turn_page()
            if self._is_open(asked):
                for page in self._open_pages(filters):
                    self._merge(page.items)
                self._filtered.add(asked)
                self._misses += 1
        with self._lock:
            items = [item for name, item in self._by_name.items() if name == item["id"]]
        return [dict(item) for item in items if filters.items() <= item.items()]

    def read_all(self, pages: Iterator[Page], most: int) -> bool:
        """Read the whole list from `pages`, which must not shift while objects go; at most `most` of them.

        Returns whether it is whole. Counts do not tell that while objects go between two pages.
        """
        with self._turning:
            self._forget_what_is_old()
            if not self._complete:
                for number, page in enumerate(pages):
                    if number == most:
                        return False
                    self._merge(page.items)
                self._complete = True
            return True

    def keep(self, item: Object) -> None:
        """Remember an object as the tenant has just answered it."""
        with self._lock:
            names = self._names_of(item)
            self._gone.difference_update(names)
            self._by_name.update(dict.fromkeys(names, item))

    def drop(self, name: str) -> None:
        """Forget an object that has been deleted, in pages still on their way too."""
        with self._lock:
            item = self._by_name.get(name)
            names = {name} if item is None else {name, *self._names_of(item)}
            self._gone |= names
            for each in names:
                self._by_name.pop(each, None)

    def _is_open(self, asked: frozenset[tuple[str, str]]) -> bool:
        """Whether the pages so far cannot tell all objects that have these values."""
        return not self._complete and asked not in self._filtered

    def _find(self, name: str) -> Object | None:
        with self._lock:
            return self._by_name.get(name)

    def _names_of(self, item: Object) -> list[str]:
        return [item[name] for name in self._names]

    def _forget(self) -> None:
        self._by_name: dict[str, Object] = {}
        self._gone: set[str] = set()
        self._listed: set[str] = set()
        self._filtered: set[frozenset[tuple[str, str]]] = set()
        self._pages: Iterator[Page] | None = None
        self._totals: set[int] = set()
        self._left = 0
        self._misses = 0
        self._complete = False
        self._since = self._clock()

    def _forget_what_is_old(self) -> None:
        if self._clock() - self._since > MAX_AGE_SECONDS:
            with self._lock:
                self._forget()

    def _another_page_is_worth_it(self) -> bool:
        return self._pages is None or 0 < self._left < PAGES_PER_MISS * self._misses + FIRST_PAGES

    def _turn_page(self) -> None:
        if self._pages is None:
            self._pages = self._open_pages({})
        self._left = 0  # an error ends the paging for good, and reads go one by one
        page = next(self._pages, None)
        if page is None:
            return
        self._merge(page.items)
        self._listed.update(item["id"] for item in page.items)
        self._totals.add(page.total)
        self._left = math.ceil(max(0, page.total - len(self._listed)) / PAGE_SIZE)
        # Objects move between pages while others come and go: only a count that adds up is the whole list.
        self._complete = self._totals == {len(self._listed)}

    def _merge(self, items: list[Object]) -> None:
        """Take in a page. What a write has answered in the meantime is younger."""
        with self._lock:
            for item in items:
                names = self._names_of(item)
                if self._gone.isdisjoint(names) and names[0] not in self._by_name:
                    self._by_name.update(dict.fromkeys(names, item))
