"""What every language must do: the example of it, played from its first preview to its destruction.

Each part returns what the table of docs/languages.md says of it; AssertionError says that it is not so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pulumi_auth0_apis.emulator import Sandbox

from .imported import import_
from .language import Language
from .looked_up import look_up
from .moved import moved_back, moved_over
from .stack import SECRET, LanguageStack, apis, management

ORDERS = "https://orders.example.com"
MOVED = "https://orders-2.example.com"
RESOURCES = 8
"""Of ours in the example: three APIs, three permissions, a grant, and a provider."""


def preview(stack: LanguageStack) -> str:
    """Without credentials, and without a call."""
    ran = stack.run("preview", credentials=False)
    assert ran.made() == Counter(create=RESOURCES - 1), ran.operations
    assert not ran.calls, ran.calls
    return ran.count


def up(stack: LanguageStack) -> str:
    """Two permissions of one API share a call where the engine asks for them at the same time."""
    ran = stack.run("up")
    assert ran.made() == Counter(create=RESOURCES - 1), ran.operations
    orders = apis(stack.own)[ORDERS]
    assert orders["token_lifetime"] == 3600, orders
    assert orders["subject_type_authorization"]["user"] == {"policy": "require_client_grant"}, orders
    assert sorted(scope["value"] for scope in orders["scopes"]) == ["read:orders", "write:orders"], orders
    assert 6 <= ran.calls.total() <= 7, ran.calls
    return "6 or 7 calls"


def no_change(stack: LanguageStack) -> str:
    ran = stack.run("up", "--expect-no-changes")
    assert not ran.calls, ran.calls
    return ran.count


def secrets(stack: LanguageStack) -> str:
    """Neither state nor anything that was printed shows a secret."""
    state = stack.state()
    for secret in (SECRET, stack.partners.client_secret, stack.own.client_secret):
        assert secret not in state
        assert not any(secret in said for said in stack.said)
    legacy = next(each for each in json.loads(state)["deployment"]["resources"] if _named(each, "legacy"))
    assert "ciphertext" in legacy["outputs"]["signingSecret"], legacy
    assert apis(stack.own)["https://legacy.example.com"]["signing_secret"] == SECRET
    return "encrypted"


def update(stack: LanguageStack) -> str:
    """Two APIs at most: a component's setting is that of both tenants."""
    stack.change("3600", "1800")
    ran = stack.run("up")
    assert set(ran.made()) == {"update"}, ran.operations
    assert apis(stack.own)[ORDERS]["token_lifetime"] == 1800
    return "in place"


def target(stack: LanguageStack) -> str:
    """One resource of several that the program changes."""
    stack.change("1800", "900")
    ran = stack.run("up", "--target", "**:ResourceServer::orders")
    assert ran.made() == Counter(update=1), ran.operations
    assert apis(stack.own)[ORDERS]["token_lifetime"] == 900
    stack.change("900", "1800")
    stack.run("up")
    return "it alone"


def replace(stack: LanguageStack) -> str:
    """An API of another identifier is another API, and what belongs to it follows."""
    stack.change(ORDERS, MOVED)
    ran = stack.run("up")
    assert ran.made()["replace"] == 4, ran.operations
    own = apis(stack.own)
    assert ORDERS not in own
    assert sorted(scope["value"] for scope in own[MOVED]["scopes"]) == ["read:orders", "write:orders"], own
    return "API, permissions, grant"


def unknowns(stack: LanguageStack) -> str:
    """The id of an API that is not there yet has become a part of another one's name."""
    own = apis(stack.own)
    assert own["https://legacy.example.com"]["name"] == f"Orders before {own[MOVED]['id']}", own
    return "yes"


def tenants(stack: LanguageStack) -> str:
    """An explicit provider is another tenant."""
    assert list(apis(stack.partners)) == [ORDERS]
    assert ORDERS not in apis(stack.own)
    return "two"


def refresh(stack: LanguageStack) -> str:
    """What somebody else changed is seen, and put right by the next update."""
    with management(stack.own) as client:
        id_ = apis(stack.own)[MOVED]["id"]
        client.patch(f"/resource-servers/{id_}", json={"token_lifetime": 60}).raise_for_status()
    ran = stack.run("refresh")
    assert ran.operations["orders"] in ("update", "refresh"), ran.operations
    repaired = stack.run("up")
    assert repaired.made() == Counter(update=1), repaired.operations
    assert apis(stack.own)[MOVED]["token_lifetime"] == 1800
    return ran.count


def destroy(stack: LanguageStack) -> str:
    ran = stack.run("destroy")
    assert not apis(stack.own), apis(stack.own)
    assert not apis(stack.partners)
    return ran.count


def _named(resource: dict[str, str], name: str) -> bool:
    return resource["urn"].endswith(f"::{name}")


PARTS: dict[str, Callable[[LanguageStack], str]] = {
    "moved over": moved_over,
    "moved back": moved_back,
    "preview": preview,
    "up": up,
    "no change": no_change,
    "secrets": secrets,
    "update": update,
    "target": target,
    "replace": replace,
    "unknowns": unknowns,
    "several tenants": tenants,
    "look-ups": look_up,
    "refresh": refresh,
    "import": import_,
    "destroy": destroy,
}


def played(language: Language, folder: Path) -> Iterator[tuple[str, str]]:
    """Each part, in order, and what is so."""
    with Sandbox() as own, Sandbox() as partners:
        stack = LanguageStack(language, folder, own, partners)
        stack.create()
        for name, part in PARTS.items():
            yield name, part(stack)
