"""Who gains and who loses access: which application may call what, with which permissions."""

from __future__ import annotations

from dataclasses import dataclass

from .tenant import Tenant


@dataclass(frozen=True)
class AccessChange:
    """What one application may ask of one API that it may not now, and the other way round."""

    application: str
    audience: str
    subject: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def access_changes(old: Tenant, new: Tenant) -> list[AccessChange]:
    """Return every application whose access changes; a new grant without permissions is access as well."""
    found = []
    for grantee in sorted(old.access.keys() | new.access.keys()):
        was, will_be = old.access.get(grantee), new.access.get(grantee)
        if was != will_be:
            gained, lost = (
                (will_be or frozenset()) - (was or frozenset()),
                (was or frozenset()) - (will_be or frozenset()),
            )
            found.append(
                AccessChange(
                    *grantee,
                    gained=tuple(sorted(gained)) or (("a token without permissions",) if was is None else ()),
                    lost=tuple(sorted(lost)) or (("a token without permissions",) if will_be is None else ()),
                )
            )
    return found
