"""Who gains and who loses access: which application may call what, with which permissions."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_auth0_apis.report.declared_access import EVERYTHING, DeclaredAccess


@dataclass(frozen=True)
class AccessChange:
    """What one application may ask of one API that it may not now, and the other way round."""

    application: str
    audience: str
    subject: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def access_changes(old: DeclaredAccess, new: DeclaredAccess) -> list[AccessChange]:
    """Return every application whose access changes, in the order of their names."""
    return [
        AccessChange(
            *grantee,
            gained=_beyond(new.access.get(grantee), old.access.get(grantee)),
            lost=_beyond(old.access.get(grantee), new.access.get(grantee)),
        )
        for grantee in sorted(old.access.keys() | new.access.keys())
        if old.access.get(grantee) != new.access.get(grantee)
    ]


def _beyond(one: frozenset[str] | None, other: frozenset[str] | None) -> tuple[str, ...]:
    """Return what one side allows and the other does not; a grant without permissions allows a token."""
    if one is None or EVERYTHING in (other or ()):
        return ()
    if not one and other is None:
        return ("a token without permissions",)
    return tuple(sorted(one - (other or frozenset())))
