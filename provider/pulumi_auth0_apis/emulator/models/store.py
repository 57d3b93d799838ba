"""Where the tenant's state lies: in memory, and in a SQLite file as well when one is given.

Every write is one transaction, so a file is whole whenever the process is killed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, MutableMapping, ValuesView
from pathlib import Path
from typing import Any, Generic, TypeVar

_SCHEMA = """
create table if not exists record (
    position integer primary key autoincrement,
    kind text not null,
    key text not null,
    value text not null,
    unique (kind, key)
)
"""
_GET = "select key, value from record where kind = ? order by position"
_PUT = """
insert into record (kind, key, value) values (?, ?, ?)
on conflict (kind, key) do update set value = excluded.value
"""

Value = TypeVar("Value")


class Table(MutableMapping[str, Value], Generic[Value]):
    """A dict, in order of insertion, each of whose writes is kept in the file."""

    def __init__(self, kind: str, connection: sqlite3.Connection | None) -> None:
        self._kind = kind
        self._connection = connection
        self._values: dict[str, Value] = {}
        if connection is not None:
            rows = connection.execute(
                "select key, value from record where kind = ? order by position", [kind]
            )
            self._values = {key: json.loads(value) for key, value in rows}

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __setitem__(self, key: str, value: Value) -> None:
        self._values[key] = value
        if self._connection is not None:
            self._connection.execute(_PUT, [self._kind, key, json.dumps(value)])

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        if self._connection is not None:
            self._connection.execute("delete from record where kind = ? and key = ?", [self._kind, key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> ValuesView[Value]:
        """A view whose copy is one step, so that a test may look on while the server writes."""
        return self._values.values()


class Store:
    """The tables of one tenant; `path` None keeps them in memory alone."""

    def __init__(self, path: Path | None = None) -> None:
        self._connection = None if path is None else _open(path)

    def table(self, kind: str) -> Table[Any]:
        """The table of this kind, with what the file holds of it."""
        return Table(kind, self._connection)

    def close(self) -> None:
        """Close the file; everything is in it already."""
        if self._connection is not None:
            self._connection.close()


def _open(path: Path) -> sqlite3.Connection:
    """Autocommit, and no fsync: a killed process loses nothing, only a failing machine does."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = off")
    connection.execute(_SCHEMA)
    return connection
