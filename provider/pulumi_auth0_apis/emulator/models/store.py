"""Where the tenant's state lies: in memory, and in a SQLite file as well when one is given.

What one call writes is one transaction, so the file is whole whenever the process is killed, and holds each
call's effect entirely or not at all.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, MutableMapping, Sequence, ValuesView
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

_APPLICATION = 0x41304150
"""SQLite's application_id of a tenant's file: no other database is taken for one."""

_SCHEMA = """
create table record (
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
_DELETE = "delete from record where kind = ? and key = ?"

Value = TypeVar("Value")


class DataFileError(ValueError):
    """The file cannot keep a tenant: it is damaged, in use, out of reach or something else."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot keep a tenant: {reason}. Name another file, or move this one away.")


class Store:
    """The tables of one tenant; `path` None keeps them in memory alone. Raises DataFileError."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._path = path
        self._connection = None if path is None else _open(path)

    def table(self, kind: str) -> Table[Any]:
        """The table of this kind, with what the file holds of it."""
        return Table(kind, self)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all changes made inside to the file together; no other thread comes between."""
        with self._lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._connection is not None:
                    self._connection.commit()

    def read(self, kind: str) -> dict[str, Any]:
        """Return the objects of a kind that the file holds, in order of insertion."""
        if self._connection is None or self._path is None:
            return {}
        try:
            return {key: json.loads(value) for key, value in self._connection.execute(_GET, [kind])}
        except (sqlite3.DatabaseError, ValueError) as error:
            self.close()
            raise DataFileError(self._path, str(error)) from error

    def write(self, statement: str, parameters: Sequence[Any]) -> None:
        """Carry a change to the file, at once where no transaction is open."""
        if self._connection is not None:
            with self.transaction():
                self._connection.execute(statement, parameters)

    def close(self) -> None:
        """Close the file; everything is in it already."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Table(MutableMapping[str, Value], Generic[Value]):
    """A dict, in order of insertion, each of whose writes is kept in the file."""

    def __init__(self, kind: str, store: Store) -> None:
        self._kind = kind
        self._store = store
        self._values: dict[str, Value] = store.read(kind)

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __setitem__(self, key: str, value: Value) -> None:
        self._values[key] = value
        self._store.write(_PUT, [self._kind, key, json.dumps(value)])

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self._store.write(_DELETE, [self._kind, key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> ValuesView[Value]:
        """A view whose copy is one step, so that a test may look on while the server writes."""
        return self._values.values()


def _open(path: Path) -> sqlite3.Connection:
    """The file, for this process and this user alone: it holds secrets, and the tenant lives in memory."""
    try:
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=0, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise DataFileError(path, str(error)) from error
    try:
        _prepare(connection)
    except (sqlite3.Error, ValueError) as error:
        connection.close()
        in_use = "locked" in str(error)
        raise DataFileError(path, "another tenant is in it" if in_use else str(error)) from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Exclusive, and no fsync: a killed process loses nothing, only a failing machine does."""
    connection.execute("pragma locking_mode = exclusive")
    (application,) = connection.execute("pragma application_id").fetchone()
    (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
    if tables and application != _APPLICATION:
        raise ValueError("it is a database of something else")
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = off")
    if not tables:
        connection.execute("begin")
        connection.execute(f"pragma application_id = {_APPLICATION}")
        connection.execute(_SCHEMA)
        connection.commit()
