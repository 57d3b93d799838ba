"""What the tests of a resource say of its page, so that it can be played: `PAGE` of `test_<resource>.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from auth0_api_vocabulary import snake_case
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

HEAD = "import pulumi\nfrom pulumi_auth0_apis import *\n"
API = 'orders = ResourceServer("orders", identifier="https://orders.example.com")\n'


def nothing(_: TenantUnderTest) -> None:
    """No hand but the program's makes any such object."""


def as_it_is(_: TenantUnderTest) -> Mapping[str, str]:
    """The programs need nothing of the tenant, and no configuration."""
    return {}


@dataclass(frozen=True)
class PlayedPage:
    """The programs that make each operation's calls, and what they need beside them.

    `operations` are declarations, each added to `before`, by the operation that an update then carries out;
    `refresh` has none. `prepare` makes what the tenant has to hold before, and returns the
    configuration that names it; `by_hand` makes the object that `adopt` takes over.
    """

    operations: Mapping[str, str]
    before: str = ""
    by_hand: Callable[[TenantUnderTest], object] = nothing
    prepare: Callable[[TenantUnderTest], Mapping[str, str]] = as_it_is


def page_of(resource: str) -> PlayedPage:
    """The page of a resource class."""
    tests = import_module(f".provider.test_{snake_case(resource)}", __package__)
    page = tests.PAGE
    assert isinstance(page, PlayedPage)
    return page
