"""The state of one stack on disk: read, written, backed up, with its history."""

from __future__ import annotations

import gzip
import json
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pulumi_auth0_apis.engine.files.atomic import probe, write_atomically
from pulumi_auth0_apis.engine.model.checkpoint import deployment_of, to_checkpoint_document
from pulumi_auth0_apis.engine.model.problems import EngineError, UnwritableError
from pulumi_auth0_apis.engine.model.snapshot import Snapshot, new_manifest
from pulumi_auth0_apis.engine.model.state import Decrypt, IntegrityError
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider, hidden
from pulumi_auth0_apis.engine.store.journal_file import (
    JournalError,
    JournalFile,
    entries_of,
    mark_folded,
    provider_of,
    read_journal,
    tells_changes,
)
from pulumi_auth0_apis.engine.store.journal_replayer import JournalReplayer
from pulumi_auth0_apis.engine.store.locks import locked

_UNREADABLE: Final = (ValueError, EOFError, zlib.error, OSError, KeyError, TypeError, AttributeError)
"""The errors that a damaged file can raise on its way to a snapshot."""


_COPIES: Final = 4
"""How often a run writes the state at most: the file, the one before, and for the history two copies."""
_ROOM: Final = 1 << 20
"""Bytes for what a run adds to it, and for the journal."""


class StateFileError(EngineError):
    """A state file is damaged. It was left as it is."""


@dataclass(frozen=True, kw_only=True)
class Update:
    """One entry of a stack's history."""

    kind: str
    """`update`, `refresh` or `destroy`."""
    started: float
    """Seconds since the epoch."""
    succeeded: bool
    resource_changes: Mapping[str, int]
    config: Mapping[str, Any]
    """As the stack's file has it; secrets as ciphertext."""
    message: str = ""
    environment: Mapping[str, str]


class StackStore:
    """Keeps the state of one stack. Only who holds `lock()` may write."""

    def __init__(self, folder: Path, project: str, stack: str, secrets: SecretsProvider) -> None:
        self.stack = stack
        self.qualified_name = f"organization/{project}/{stack}"
        self.history_folder = folder / "history" / project / stack
        self._plain_file = folder / "stacks" / project / f"{stack}.json"
        self._journal_file = self._plain_file.with_name(f"{stack}.json.journal")
        self._backups = folder / "backups" / project / stack
        self._locks = folder / "locks" / self.qualified_name
        self._secrets = secrets

    @property
    def file(self) -> Path:
        """The state file: compressed if the newest one is, plain if there is none."""
        candidates = (self._plain_file, self._plain_file.with_name(f"{self._plain_file.name}.gz"))
        there = [file for file in candidates if file.exists()]
        return max(there, key=lambda file: file.stat().st_mtime_ns, default=self._plain_file)

    def exists(self) -> bool:
        return self.file.exists()

    @property
    def secrets(self) -> SecretsProvider:
        """The provider that encrypts the state: the settings', unless a state that was read names its own."""
        return self._secrets

    def unlock(self) -> None:
        """Check the passphrase of the state's secrets. Raises `SecretsError`, or what `load` does."""
        if self.exists():
            with self._telling_damage():
                content, lines = self._read()
                self._take_provider(_parse(content), lines)
        self._secrets.unlock()

    def lock(self) -> AbstractContextManager[None]:
        """Keep every other deployment out. Raises `LockedError` when one is at it."""
        return locked(self._locks)

    def check_writable(self) -> None:
        """Raise `UnwritableError` where the state of a run could not be kept, as far as that can be known."""
        needed = _ROOM + _COPIES * (self.file.stat().st_size if self.exists() else 0)
        for folder in (self._plain_file.parent, self.history_folder, self._backups):
            try:
                probe(folder, needed)
            except OSError as error:
                raise UnwritableError(folder, error) from None

    def create(self) -> None:
        """Write the state of a stack that was never deployed."""
        self._plain_file.parent.mkdir(parents=True, exist_ok=True)
        self.save(Snapshot())

    def has_resources(self) -> bool:
        """Whether it manages anything; the stack itself does not count."""
        return any(each.type != STACK_TYPE for each in self.peek().resources)

    def load(self) -> Snapshot:
        """Read and check the state, and replay a crash's journal; empty for a stack that does not exist.

        Raises `StateFileError` for a damaged file, `JournalError` for a journal that does not fit it,
        `SecretsError` where it has secrets and there is no passphrase.
        """
        if not self.exists():
            return Snapshot()
        with self._telling_damage():
            return self._load()

    def peek(self, decrypt: Decrypt = hidden) -> Snapshot:
        """The state as `load` has it, without a passphrase: every secret is None, or what `decrypt` says."""
        if not self.exists():
            return Snapshot()
        with self._telling_damage():
            content, lines = self._read()
            return _snapshot(_parse(content), lines, decrypt)

    def journal(self) -> JournalFile:
        """Begin a journal on the state as it is on disk."""
        return JournalFile(self._journal_file, self.file.read_bytes(), self._secrets)

    def settle(self) -> None:
        """Fold the journal, of this deployment or of one that crashed, into the state."""
        if not self._journal_file.exists():
            return
        if tells_changes(read_journal(self._journal_file, self.file.read_bytes())):
            self.save(self.load())
        self._journal_file.unlink(missing_ok=True)

    def save(self, snapshot: Snapshot) -> None:
        """Write the whole state, atomically; the one before stays as `.bak`, and the journal ends."""
        deployment = replace(snapshot, manifest=new_manifest()).to_json(self._secrets.encrypt)
        provider = self._secrets.to_state()
        if provider:
            deployment = _with_provider(deployment, provider)
        content = _dump(to_checkpoint_document(self.qualified_name, deployment))
        if self.file.suffix == ".gz":
            content = gzip.compress(content)
        if self.exists():
            write_atomically(self.file.with_name(f"{self.file.name}.bak"), self.file.read_bytes())
        mark_folded(self._journal_file, content)
        write_atomically(self.file, content)
        self._journal_file.unlink(missing_ok=True)

    def record(self, update: Update) -> None:
        """Note a finished update in the history, with the state it left, and keep a copy of that."""
        now = time.time_ns()
        entry = {
            "kind": update.kind,
            "startTime": int(update.started),
            "message": update.message,
            "environment": dict(update.environment),
            "config": dict(update.config),
            "version": 0,
            "result": "succeeded" if update.succeeded else "failed",
            "endTime": int(now / 1e9),
            "resourceChanges": dict(update.resource_changes),
        }
        suffix = "".join(self.file.suffixes[-2:]) if self.file.suffix == ".gz" else ".json"
        self.history_folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self.history_folder / f"{self.stack}-{now}.history.json", _dump(entry))
        shutil.copyfile(self.file, self.history_folder / f"{self.stack}-{now}.checkpoint{suffix}")
        self._backups.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.file, self._backups / f"{self.stack}.{now}{suffix}")

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as error:
            raise self._damaged(str(error)) from None
        except EngineError:
            raise
        except _UNREADABLE as error:
            raise self._damaged(f"{type(error).__name__}: {error}") from None

    def _take_provider(self, deployment: Mapping[str, Any], lines: list[dict[str, Any]]) -> None:
        """The state's own salt wins over the settings'."""
        provider = provider_of(lines) or deployment.get("secrets_providers")
        if provider and provider != self._secrets.to_state():
            self._secrets = self._secrets.of_state(provider)

    def _load(self) -> Snapshot:
        content, lines = self._read()
        deployment = _parse(content)
        self._take_provider(deployment, lines)
        snapshot = _snapshot(deployment, lines, self._secrets.decrypt)
        snapshot.verify()
        return snapshot

    def _read(self) -> tuple[bytes, list[dict[str, Any]]]:
        """The state file and its journal. A deployment that runs while we read may write both anew."""
        while True:
            content = self.file.read_bytes()
            try:
                return content, read_journal(self._journal_file, content)
            except JournalError:
                if self.file.read_bytes() == content:
                    raise

    def _damaged(self, why: str) -> StateFileError:
        backup = self.file.with_name(f"{self.file.name}.bak")
        newest = max(self._backups.glob("*"), default=None, key=lambda file: file.stat().st_mtime_ns)
        copies = [str(file) for file in (backup, newest) if file and file.exists()]
        restore = f"Restore it from {' or '.join(copies)}" if copies else "Restore it from a copy"
        return StateFileError(
            f"The state of the stack {self.stack}, {self.file}, is damaged: {why}. Nothing was changed. "
            f"{restore}."
        )


def _snapshot(deployment: Mapping[str, Any], lines: list[dict[str, Any]], decrypt: Decrypt) -> Snapshot:
    """The written state, and what a crash's journal says on top of it."""
    replayer = JournalReplayer(Snapshot.from_json(deployment, decrypt))
    for entry in entries_of(lines, decrypt):
        replayer.apply(entry)
    return replayer.snapshot()


def _parse(content: bytes) -> dict[str, Any]:
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    document = json.loads(content)
    if isinstance(document, dict) and document.get("version") == 0:
        return {}  # made by `pulumi stack init` without a secrets provider
    return deployment_of(document)


def _dump(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _with_provider(deployment: dict[str, Any], provider: Mapping[str, Any]) -> dict[str, Any]:
    """Name the secrets provider, where Pulumi does: right after the manifest."""
    rest = {key: value for key, value in deployment.items() if key not in ("manifest", "secrets_providers")}
    return {"manifest": deployment["manifest"], "secrets_providers": provider, **rest}
