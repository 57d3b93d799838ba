"""The rows: every change of which it is known that it lost an object once, or could."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.declarations import Key
from ..model.runs import Options
from ..model.witness import OTHER_CLIENT_ID
from .meanwhile import (
    Interrupted,
    attempt,
    both,
    by_hand,
    deleted_by_hand,
    held_twice,
    run_other_stack,
    taint,
)
from .programs import (
    ADOPTED,
    ALONE,
    BILLING,
    GRANTS,
    JUST_READ,
    LISTED,
    NEW,
    PERMISSIONS,
    REPORTING,
    SHOP,
    TWO,
    A,
    B,
    grants,
    permissions,
    urn,
)
from .rows import (
    Outcome,
    Row,
    Way,
    api,
    at,
    changed,
    moved,
    named,
    permission,
    program,
    renamed,
    standing_for,
    swapped,
    with_options,
)

DONE, NO_CALL, REFUSED = Outcome.DONE, Outcome.NO_CALL, Outcome.REFUSED
REPLACED, TAKEN_OVER = Outcome.REPLACED, Outcome.TAKEN_OVER

MOVES: Mapping[Way, Outcome] = {
    "neither": REFUSED,
    "adopt": TAKEN_OVER,
    "equal": TAKEN_OVER,
    "aliases": NO_CALL,
}
EXCHANGES: Mapping[Way, Outcome] = {**MOVES, "aliases": REFUSED}
"""A resource is looked for under its own name first, so an alias cannot help."""
MADE_ANEW: Mapping[Way, Outcome] = {"neither": REFUSED, "adopt": TAKEN_OVER, "first": REPLACED}


RENAMES = [
    Row(change="an API is renamed", before=SHOP, after=renamed(SHOP, "shop"), outcomes=MOVES),
    Row(change="a permission is renamed", before=SHOP, after=renamed(SHOP, "read"), outcomes=MOVES),
    Row(change="a grant is renamed", before=SHOP, after=renamed(SHOP, "billing"), outcomes=MOVES),
    Row(change="API, permissions and grant are renamed", before=SHOP, after=renamed(SHOP), outcomes=MOVES),
    Row(change="all are renamed back", before=renamed(SHOP), after=SHOP, outcomes=MOVES),
    Row(change="an API moves into a component", before=SHOP, after=moved(SHOP, "shop"), outcomes=MOVES),
    Row(change="a permission moves into a component", before=SHOP, after=moved(SHOP, "read"), outcomes=MOVES),
    Row(change="a grant moves into a component", before=SHOP, after=moved(SHOP, "billing"), outcomes=MOVES),
    Row(change="all move out of a component", before=moved(SHOP), after=SHOP, outcomes=MOVES),
]
LISTS = [
    Row(
        change="indexed permissions, the first removed",
        before=permissions("read", "write", "admin"),
        after=permissions("write", "admin"),
        outcomes=EXCHANGES,
    ),
    Row(
        change="indexed permissions, another put in front",
        before=permissions("read", "write"),
        after=permissions("admin", "read", "write"),
        outcomes=EXCHANGES,
    ),
    Row(
        change="indexed permissions, reversed",
        before=permissions("read", "write", "admin"),
        after=permissions("admin", "write", "read"),
        outcomes=EXCHANGES,
    ),
    Row(
        change="indexed grants, the first removed",
        before=grants(BILLING, REPORTING),
        after=grants(REPORTING),
        outcomes=EXCHANGES,
    ),
    Row(
        change="indexed grants, another put in front",
        before=grants(REPORTING),
        after=grants(BILLING, REPORTING),
        outcomes=EXCHANGES,
    ),
    Row(
        change="`[a, b, c]` becomes `[x, a, b]`, is interrupted and taken back",
        before=permissions("read", "write", "admin"),
        meanwhile=Interrupted(5, permissions("delete", "read", "write"), Options(equal=True)),
        after=permissions("read", "write", "admin"),
        outcomes={"neither": REFUSED, "adopt": TAKEN_OVER, "equal": TAKEN_OVER},
    ),
]
SWAPS = [
    Row(
        change="two permissions swap",
        before=PERMISSIONS,
        after=swapped(PERMISSIONS, "read", "write"),
        outcomes=EXCHANGES,
    ),
    Row(
        change="two grants swap their applications",
        before=GRANTS,
        after=swapped(GRANTS, "billing", "reporting"),
        outcomes=EXCHANGES,
    ),
    Row(
        change="two APIs swap identifiers and settings",
        before=TWO,
        after=swapped(TWO, "shop", "stock"),
        outcomes=EXCHANGES,
    ),
    Row(
        change="two APIs swap identifiers alone",
        before=TWO,
        after=swapped(TWO, "shop", "stock", with_settings=False),
        outcomes={**EXCHANGES, "equal": REFUSED},
    ),
    Row(
        change="two APIs swap, the old one to be deleted first",
        before=TWO,
        after=with_options(swapped(TWO, "shop", "stock"), "shop", delete_before_replace=True),
        outcomes={"neither": REFUSED, "adopt": REFUSED, "equal": REFUSED},
    ),
    Row(
        change="two permissions swap, an old one to be deleted first",
        before=PERMISSIONS,
        after=with_options(swapped(PERMISSIONS, "read", "write"), "read", delete_before_replace=True),
        outcomes={"neither": REFUSED, "adopt": REFUSED, "equal": REFUSED},
    ),
    Row(
        change="another identifier for an API with a grant, the old one to be deleted first",
        before=SHOP,
        after=with_options(at(NEW, SHOP), "shop", delete_before_replace=True),
        outcomes={"neither": REFUSED},
    ),
    Row(
        change="a permission stands for what a removed one stood for",
        before=PERMISSIONS,
        after=JUST_READ.with_changed(
            named(JUST_READ, "read"), standing_for(named(JUST_READ, "read"), named(PERMISSIONS, "write"))
        ),
        outcomes=EXCHANGES,
    ),
    Row(
        change="a grant stands for what a removed one stood for",
        before=GRANTS,
        after=GRANTS.without(named(GRANTS, "reporting")).with_changed(
            named(GRANTS, "billing"), standing_for(named(GRANTS, "billing"), named(GRANTS, "reporting"))
        ),
        outcomes=EXCHANGES,
    ),
    Row(
        change="an API stands for what a removed one stood for",
        before=TWO,
        after=program(api("shop", B, name="Stock")),
        outcomes=EXCHANGES,
    ),
]
TWICE = [
    Row(
        change="a permission is declared twice",
        before=SHOP,
        after=SHOP.with_added(permission("read-2", A, "read")),
        outcomes={"neither": REFUSED, "adopt": REFUSED, "equal": REFUSED},
    ),
    Row(
        change="an API is declared twice",
        before=SHOP,
        after=SHOP.with_added(api("shop-2", A, name="Shop")),
        outcomes={"neither": REFUSED, "adopt": REFUSED, "equal": REFUSED},
    ),
    Row(
        change="a permission that an older version let two resources hold: one is removed",
        before=SHOP,
        meanwhile=held_twice("read", "read-2", SHOP),
        after=SHOP,
        outcomes={"neither": NO_CALL, "adopt": NO_CALL},
    ),
    Row(
        change="an API that an older version let two resources hold: one is removed",
        before=SHOP,
        meanwhile=held_twice("shop", "shop-2", SHOP),
        after=SHOP,
        outcomes={"neither": NO_CALL, "adopt": NO_CALL},
    ),
]
REPLACEMENTS = [
    Row(
        change="an API is tainted", before=SHOP, meanwhile=taint("shop", SHOP), after=SHOP, outcomes=MADE_ANEW
    ),
    Row(
        change="a permission is tainted",
        before=PERMISSIONS,
        meanwhile=taint("read", PERMISSIONS),
        after=PERMISSIONS,
        outcomes=MADE_ANEW,
    ),
    Row(
        change="a grant is tainted",
        before=SHOP,
        meanwhile=taint("billing", SHOP),
        after=SHOP,
        outcomes=MADE_ANEW,
    ),
    Row(
        change="`--replace` of an API",
        before=SHOP,
        after=SHOP,
        options=Options(replaces=(urn("shop"),)),
        outcomes=MADE_ANEW,
    ),
    Row(
        change="`--replace` of a grant",
        before=SHOP,
        after=SHOP,
        options=Options(replaces=(urn("billing"),)),
        outcomes=MADE_ANEW,
    ),
    Row(
        change="`replace_on_changes` of an API",
        before=with_options(SHOP, "shop", replace_on_changes=("name",)),
        after=changed(with_options(SHOP, "shop", replace_on_changes=("name",)), "shop", name="Store"),
        outcomes={"neither": REPLACED, "adopt": REPLACED},
    ),
    Row(
        change="`signing_alg` of an API with permissions and a grant",
        before=SHOP,
        after=changed(SHOP, "shop", signing_alg="PS256"),
        outcomes={"neither": REPLACED, "adopt": REPLACED},
    ),
    Row(
        change="another identifier for an API",
        before=TWO,
        after=TWO.with_changed(named(TWO, "shop"), api("shop", NEW, name="Shop")),
        outcomes={"neither": DONE, "adopt": DONE},
    ),
]
INTERRUPTIONS = [
    Row(
        change="interrupted between the creation and the saved state",
        before=PERMISSIONS,
        meanwhile=by_hand(Key("grant", A, BILLING), scopes=["read"]),
        after=SHOP,
        outcomes={"neither": REFUSED, "adopt": TAKEN_OVER, "equal": TAKEN_OVER},
    ),
    Row(
        change="renamed with `adopt`, interrupted before the old entry goes, continued",
        before=ALONE,
        meanwhile=Interrupted(2, renamed(ADOPTED)),
        after=renamed(ADOPTED),
        outcomes={"neither": NO_CALL},
    ),
    Row(
        change="renamed with `adopt`, interrupted, the old one run with `--target`",
        before=ALONE,
        meanwhile=Interrupted(2, renamed(ADOPTED)),
        after=renamed(ADOPTED),
        options=Options(targets=(urn("shop"),)),
        outcomes={"neither": NO_CALL},
    ),
    Row(change="from `Permission` to `scopes`", before=PERMISSIONS, after=LISTED, outcomes={"neither": DONE}),
    Row(
        change="from `Permission` to `scopes`, interrupted, continued",
        before=PERMISSIONS,
        meanwhile=Interrupted(3, LISTED),
        after=LISTED,
        outcomes={"neither": NO_CALL},
    ),
    Row(
        change="from `scopes` to `Permission`",
        before=LISTED,
        after=PERMISSIONS,
        outcomes={"neither": TAKEN_OVER},
    ),
    Row(
        change="from `scopes` to `Permission`, interrupted, continued",
        before=LISTED,
        meanwhile=Interrupted(3, PERMISSIONS),
        after=PERMISSIONS,
        outcomes={"neither": TAKEN_OVER},
    ),
]
OTHERS = [
    Row(
        change="a second stack declares the same API",
        before=SHOP,
        stack="two",
        after=ALONE,
        outcomes={"neither": REFUSED, "adopt": TAKEN_OVER, "equal": TAKEN_OVER},
    ),
    Row(
        change="a second stack that has adopted the API is destroyed",
        before=PERMISSIONS,
        meanwhile=run_other_stack(ADOPTED),
        stack="two",
        command="destroy",
        after=ADOPTED,
        outcomes={"neither": DONE},
    ),
    Row(
        change="`signing_alg` of an API on which somebody else holds a grant",
        before=SHOP,
        meanwhile=by_hand(Key("grant", A, OTHER_CLIENT_ID)),
        after=changed(SHOP, "shop", signing_alg="PS256"),
        outcomes={"neither": REFUSED, "adopt": REFUSED, "force": REPLACED},
    ),
    Row(
        change="`signing_alg` of an API on which somebody else holds a grant, refused and taken back",
        before=PERMISSIONS,
        meanwhile=both(
            by_hand(Key("grant", A, OTHER_CLIENT_ID)),
            attempt(changed(PERMISSIONS, "shop", signing_alg="PS256")),
        ),
        after=PERMISSIONS,
        outcomes={"neither": TAKEN_OVER},
    ),
    Row(
        change="the same with a grant of this program",
        before=SHOP,
        meanwhile=both(
            by_hand(Key("grant", A, OTHER_CLIENT_ID)), attempt(changed(SHOP, "shop", signing_alg="PS256"))
        ),
        after=SHOP,
        outcomes={"neither": NO_CALL},
    ),
    Row(
        change="an API on which somebody else holds a grant is removed",
        before=SHOP,
        meanwhile=by_hand(Key("grant", A, OTHER_CLIENT_ID)),
        after=program(),
        outcomes={"neither": REFUSED, "force": DONE},
    ),
    Row(
        change="a permission is removed that a grant still holds",
        before=PERMISSIONS,
        meanwhile=by_hand(Key("grant", A, OTHER_CLIENT_ID), scopes=["write"]),
        after=JUST_READ,
        outcomes={"neither": REFUSED, "force": DONE},
    ),
]
LEAVING = [
    Row(
        change="a retained API and its permission are removed",
        before=with_options(JUST_READ, "shop", retain_on_delete=True),
        after=program(),
        outcomes={"neither": DONE},
    ),
    Row(
        change="a protected API and its permission are removed",
        before=with_options(JUST_READ, "shop", protect=True),
        after=program(),
        outcomes={"neither": REFUSED},
    ),
    Row(
        change="an API that is gone already and its permission are removed",
        before=JUST_READ,
        meanwhile=deleted_by_hand(Key("api", A)),
        after=program(),
        outcomes={"neither": DONE},
    ),
    Row(
        change="an API is renamed, and one of its permissions is removed at once",
        before=PERMISSIONS,
        after=renamed(JUST_READ, "shop"),
        outcomes={"neither": REFUSED, "adopt": TAKEN_OVER, "equal": TAKEN_OVER, "aliases": DONE},
    ),
]

TABLES: Mapping[str, list[Row]] = {
    "Renamed or moved": RENAMES,
    "Lists that are named by position": LISTS,
    "Swapped": SWAPS,
    "Declared twice": TWICE,
    "Made anew": REPLACEMENTS,
    "Interrupted and continued": INTERRUPTIONS,
    "Other stacks and other people": OTHERS,
    "Taken out": LEAVING,
}
