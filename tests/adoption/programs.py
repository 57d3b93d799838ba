"""What the programs of the rows are made of: a shop, with one thing more or less."""

from __future__ import annotations

from ..model.declarations import CLIENTS, Program
from ..model.edits import IDENTIFIERS
from .rows import api, grant, named, permission, program, with_options

A, B, NEW = IDENTIFIERS
BILLING, REPORTING = CLIENTS

SHOP = program(
    api("shop", A, name="Shop"),
    permission("read", A, "read"),
    permission("write", A, "write"),
    grant("billing", A, BILLING, "read"),
)
TWO = program(api("shop", A, name="Shop"), api("stock", B, name="Stock"))
PERMISSIONS = SHOP.without(named(SHOP, "billing"))
GRANTS = program(
    api("shop", A),
    permission("read", A, "read"),
    grant("billing", A, BILLING, "read"),
    grant("reporting", A, REPORTING, "read"),
)
ALONE = program(api("shop", A, name="Shop"))
ADOPTED = with_options(ALONE, "shop", adopt=True)
LISTED = program(api("shop", A, name="Shop", scopes=("read", "write")))
JUST_READ = PERMISSIONS.without(named(PERMISSIONS, "write"))


def permissions(*scopes: str) -> Program:
    """Permissions that a loop names by position."""
    return program(api("shop", A), *(permission(f"p{n}", A, scope) for n, scope in enumerate(scopes)))


def grants(*clients: str) -> Program:
    """Grants that a loop names by position."""
    each = (grant(f"g{n}", A, client, "read") for n, client in enumerate(clients))
    return program(api("shop", A), permission("read", A, "read"), *each)


def urn(name: str, of: Program = SHOP) -> str:
    return named(of, name).urn("one")
