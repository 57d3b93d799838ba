"""Paging as recorded: bare arrays, pages with totals, and checkpoints.

`include_totals=true` → `{"total", "start", "limit", list}`; `take` → `{list, "next"}` whatever else is sent,
`next` absent on the last page; neither → the bare array.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_auth0_apis.emulator.errors import ApiError

PageBody = list[Any] | dict[str, Any]

DEFAULT_SIZE = 50


def paginate(
    items: Sequence[dict[str, Any]],
    query: Mapping[str, Any],
    name: str,
    key: str,
    *,
    totals_last: bool = False,
) -> PageBody:
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


def _checkpoint(items: Sequence[dict[str, Any]], query: Mapping[str, Any], name: str, key: str) -> PageBody:
    size = query.get("take", DEFAULT_SIZE)
    start = _position(items, query["from"], key) if "from" in query else 0
    end = start + size
    page = list(items[start:end])
    more = end < len(items)
    return {name: page} | ({"next": _token(end, page[-1][key])} if more else {})


def _token(end: int, last: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([end, last]).encode()).decode()


def _position(items: Sequence[dict[str, Any]], token: str, key: str) -> int:
    """The index after the item that the token names; 400 for a token of no such form.

    Where that item has been deleted since, the rest has moved up by one.
    """
    try:
        end, last = json.loads(base64.b64decode(token, b"-_", validate=True))
        after = range(end)[-1]
    except (ValueError, TypeError, IndexError, RecursionError) as cause:
        raise ApiError(400, "The 'from' parameter is invalid", "invalid_paging") from cause
    return next((index + 1 for index, item in enumerate(items) if item[key] == last), after)


def project(item: dict[str, Any], query: Mapping[str, Any]) -> dict[str, Any]:
    """`item` with only the `fields` asked for, or without them when `include_fields=false`."""
    if not query.get("fields"):
        return item
    fields = {field.strip() for field in query["fields"].split(",")}
    included = query.get("include_fields", True)
    return {name: value for name, value in item.items() if (name in fields) is included}
