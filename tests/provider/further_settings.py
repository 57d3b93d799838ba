"""Settings that the tenant of a test has and that we have no input for; `sandbox` knows those of a module."""

from __future__ import annotations

from typing import Any

from .conftest import Props

ORDERS = "https://orders.example.com"
FURTHER: dict[str, Any] = {
    "resource-servers": {
        "color": {"type": ["string", "null"], "maxLength": 10},
        "mode": {},
        "size": {"type": "integer"},
        "token": {"type": ["string", "null"], "writeOnly": True},
        "weight": {"type": "number"},
    },
    "client-grants": {"reason": {"type": ["string", "null"]}},
}
PATCH = "PATCH /api/v2/resource-servers/{id}"


def an_api(**additional: Any) -> Props:
    """The inputs of an API with these additional settings."""
    return {"identifier": ORDERS, "additional_settings": additional}
