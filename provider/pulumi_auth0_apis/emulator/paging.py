"""Paging as recorded: bare arrays, pages with totals, and checkpoints.

`include_totals=true` → `{"total", "start", "limit", list}`; `take` → `{list, "next"}` whatever else is sent,
`next` absent on the last page; neither → the bare array.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_auth0_apis.emulator.errors import ApiError

Page = list[Any] | dict[str, Any]

DEFAULT_SIZE = 50


def paginate(
    items: Sequence[dict[str, Any]],
    query: Mapping[str, Any],
    name: str,
    key: str,
    *,
    totals_last: bool = False,
) -> Page:
    """One page of `items` (in their order); `name` is the list's name, `key` what a checkpoint points at.

    Organization lists put start, limit and total after the list (`totals_last`, recorded).
    """
    if "take" in query or "from" in query:
        return _checkpoint(items, query, name, key)
    size = query.get("per_page", DEFAULT_SIZE)
    start = query.get("page", 0) * size
    page = list(items[start : start + size])
    if not query.get("include_totals"):
        return page
    if totals_last:
        return {name: page, "start": start, "limit": size, "total": len(items)}
    return {"total": len(items), "start": start, "limit": size, name: page}


def _checkpoint(items: Sequence[dict[str, Any]], query: Mapping[str, Any], name: str, key: str) -> Page:
    size = query.get("take", DEFAULT_SIZE)
    start = _after(items, query["from"], key) if "from" in query else 0
    page = list(items[start : start + size])
    more = start + size < len(items)
    return {name: page} | ({"next": _token(page[-1][key])} if more else {})


def _token(last: str) -> str:
    return base64.urlsafe_b64encode(last.encode()).decode().rstrip("=")


def _after(items: Sequence[dict[str, Any]], token: str, key: str) -> int:
    """The index after the item that the token names; 400 for a token that names none.

    A checkpoint whose item has been deleted since goes on where it stood, so lists sorted by `key` compare.
    """
    try:
        last = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as cause:
        raise ApiError(400, "The 'from' parameter is invalid", "invalid_paging") from cause
    for index, item in enumerate(items):
        if item[key] == last:
            return index + 1
    return sum(1 for item in items if item[key] <= last)


def project(item: dict[str, Any], query: Mapping[str, Any]) -> dict[str, Any]:
    """`item` with only the `fields` asked for, or without them when `include_fields=false`."""
    if not query.get("fields"):
        return item
    fields = {field.strip() for field in query["fields"].split(",")}
    included = query.get("include_fields", True)
    return {name: value for name, value in item.items() if (name in fields) is included}
