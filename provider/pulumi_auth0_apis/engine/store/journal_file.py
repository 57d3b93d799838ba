"""The journal of a state: what has happened since it was last written as a whole, a line for each entry.

Writing the whole state after each of n steps would cost n times n; a line costs the same however big the
state is. The first line says which state the entries belong to. A crash leaves the journal behind: whoever
reads the state next replays them. A last line that a crash has cut short was never acknowledged,
and is nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pulumi_auth0_apis.engine.files.atomic import sync_directory
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import Decrypt, PendingOperation, ResourceState
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry

_NEXT = "Look into it for resources that the state lacks, bring the state in order, and delete that file."


_PARTS = {"begun", "ended", "new", "old", "kept"}


class JournalError(EngineError):
    """A crash's journal cannot be replayed on the state that is there."""


class JournalFile:
    """Appends entries to the file; each `append` is on disk when it returns."""

    def __init__(self, file: Path, state: bytes, secrets: SecretsProvider) -> None:
        """Begin a journal on the state whose file holds `state`."""
        self._secrets = secrets
        self._provider = secrets.to_state()
        self._stream: BinaryIO = file.open("wb")
        _append(self._stream, [{"state": _digest(state), "secrets_providers": self._provider}])
        sync_directory(file.parent)

    def append(self, entries: Iterable[JournalEntry]) -> None:
        """Write entries down. Raises `SecretsError` for a secret without a passphrase."""
        lines: list[Mapping[str, Any]] = [_written(entry, self._secrets) for entry in entries]
        provider = self._secrets.to_state()
        if provider != self._provider:
            self._provider = provider
            lines.insert(0, {"secrets_providers": provider})
        _append(self._stream, lines)

    def close(self) -> None:
        self._stream.close()


def mark_folded(file: Path, state: bytes) -> None:
    """Note, before it is written, the state that all entries of a journal have gone into."""
    if file.exists():
        with file.open("ab") as stream:
            _append(stream, [{"folded": _digest(state)}])


def read_journal(file: Path, state: bytes) -> list[dict[str, Any]]:
    """The lines that are to be replayed on a state; none where there was no crash.

    Raises `JournalError` when somebody else has written the state since, or the journal is damaged.
    """
    try:
        *whole, _cut_short = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    try:
        lines = [json.loads(line) for line in whole]
    except ValueError:
        raise JournalError(f"{file}, left by a deployment that crashed, is damaged. {_NEXT}") from None
    if not lines or lines[-1].get("folded") == _digest(state):
        return []
    if lines[0].get("state") != _digest(state):
        raise JournalError(
            f"A deployment crashed and left what it had done in {file}, but another command has changed the "
            f"state since. {_NEXT}"
        )
    return lines


def _digest(state: bytes) -> str:
    return hashlib.sha256(state).hexdigest()


def _append(stream: BinaryIO, lines: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    stream.write(text.encode())
    stream.flush()
    os.fsync(stream.fileno())


def tells_changes(lines: Iterable[Mapping[str, Any]]) -> bool:
    """Whether anything is not as it was; a run in which everything was kept need not write the state."""
    return any(line.keys() & (_PARTS - {"kept"}) for line in lines)


def provider_of(lines: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The secrets provider that a journal's secrets were encrypted with, if it names one."""
    named = [line["secrets_providers"] for line in lines if line.get("secrets_providers")]
    return named[-1] if named else None


def entries_of(lines: Iterable[Mapping[str, Any]], decrypt: Decrypt) -> list[JournalEntry]:
    """The entries among the lines of a journal."""
    return [_read(line, decrypt) for line in lines if line.keys() & _PARTS]


def _written(entry: JournalEntry, secrets: SecretsProvider) -> dict[str, Any]:
    line: dict[str, Any] = {}
    if entry.begun is not None:
        number, operation = entry.begun
        line["begun"] = [number, operation.to_json(secrets.encrypt)]
    if entry.ended is not None:
        line["ended"] = entry.ended
    if entry.new is not None:
        line["new"] = entry.new.to_json(secrets.encrypt)
    if entry.old is not None:
        position, left = entry.old
        line["old"] = [position, left and left.to_json(secrets.encrypt)]
    if entry.kept is not None:
        line["kept"] = entry.kept
    return line


def _read(line: Mapping[str, Any], decrypt: Decrypt) -> JournalEntry:
    begun, old, new = line.get("begun"), line.get("old"), line.get("new")
    return JournalEntry(
        begun=(begun[0], PendingOperation.from_json(begun[1], decrypt)) if begun else None,
        ended=line.get("ended"),
        kept=line.get("kept"),
        new=ResourceState.from_json(new, decrypt) if new else None,
        old=(old[0], ResourceState.from_json(old[1], decrypt) if old[1] else None) if old else None,
    )
