"""Names of properties, as each family of resources writes them."""

from __future__ import annotations

import re


def camel_case(name: str) -> str:
    """Turn `token_lifetime` into `tokenLifetime`."""
    return re.sub(r"_([a-z0-9])", lambda letter: letter[1].upper(), name)


def snake_case(name: str) -> str:
    """Turn `tokenLifetime` into `token_lifetime`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
