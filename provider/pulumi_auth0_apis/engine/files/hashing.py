"""The hashes of assets and archives, of the files that they name.

They are those of `EnsureHash` in `sdk/go/common/resource/{asset,archive}` of pulumi/pulumi: of a file or an
archive its bytes, of a folder or of single files the bytes of a tar file that has them all.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.assets import Archive, Asset
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.values import OutputValue, Secret

_ARCHIVES: Final = (".tar", ".tgz", ".tar.gz", ".zip", ".jar")
_BOOKKEEPING: Final = ".pulumi"


def hashed(value: Any, folder: Path) -> Any:
    """The same value, each asset and archive in it with its hash; relative paths are below `folder`.

    Raises `EngineError` for a file that cannot be read, `UnsupportedError` for one of another machine.
    """
    if isinstance(value, Asset):
        return value if value.hash else replace(value, hash=_sha256(_contents(value, folder)))
    if isinstance(value, Archive):
        return _hashed_archive(value, folder)
    if isinstance(value, Secret):
        return replace(value, value=hashed(value.value, folder))
    if isinstance(value, OutputValue):
        return replace(value, value=hashed(value.value, folder))
    if isinstance(value, Mapping):
        return {key: hashed(item, folder) for key, item in value.items()}
    return [hashed(item, folder) for item in value] if isinstance(value, list) else value


def _hashed_archive(archive: Archive, folder: Path) -> Archive:
    assets = {name: hashed(each, folder) for name, each in archive.assets.items()}
    if archive.hash:
        return replace(archive, assets=assets)
    if (file := _place(archive, folder)) is not None and file.name.endswith(_ARCHIVES):
        return replace(archive, hash=_sha256(_read(file)))
    files: dict[str, bytes] = {}
    for name, data in _files(archive, folder):
        files.setdefault(name, data)
    return replace(archive, assets=assets, hash=_sha256(_tar(files)))


def _files(archive: Archive, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive, by name. An archive within one counts as a file: nobody here unpacks it."""
    if (root := _place(archive, folder)) is None:
        for name in sorted(archive.assets):
            each = archive.assets[name]
            if isinstance(each, Asset):
                yield name, _contents(each, folder)
            else:
                yield from ((str(PurePosixPath(name, inner)), data) for inner, data in _files(each, folder))
    elif root.name.endswith(_ARCHIVES):
        yield root.name, _read(root)
    elif not root.is_dir():
        raise EngineError(f"{root} is neither a folder nor an archive ({', '.join(_ARCHIVES)}).")
    else:
        yield from ((file.relative_to(root).as_posix(), _read(file)) for file in _walk(root))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name == _BOOKKEEPING or (entry.is_symlink() and entry.is_dir()):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


def _tar(files: Mapping[str, bytes]) -> bytes:
    """A tar file as Go writes it: no owner, no time, and two empty blocks at its end."""
    written = io.BytesIO()
    for name, data in files.items():
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(data), 0o600
        written.write(_header(entry))
        written.write(data)
        written.write(bytes(-len(data) % tarfile.BLOCKSIZE))
    written.write(bytes(2 * tarfile.BLOCKSIZE))
    return written.getvalue()


def _header(entry: tarfile.TarInfo) -> bytes:
    """Python leaves the numbers of a device out where there is none; Go writes zeros.

    Go writes names that are long or not ASCII in another way: the hash with such a name is ours alone.
    """
    try:
        header = bytearray(entry.tobuf(tarfile.USTAR_FORMAT))
    except (ValueError, UnicodeError):  # a name that is too long
        return entry.tobuf(tarfile.PAX_FORMAT)
    header[329:345] = b"0000000\0" * 2
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def _contents(asset: Asset, folder: Path) -> bytes:
    file = _place(asset, folder)
    return asset.text.encode() if file is None else _read(file)


def _place(value: Asset | Archive, folder: Path) -> Path | None:
    """The file of an asset or archive; None where it is not one file."""
    if value.path:
        return folder / value.path
    if not value.uri:
        return None
    address = urlsplit(value.uri)
    if address.scheme != "file":
        raise unsupported.REMOTE_ASSETS.error(f"The asset {value.uri}")
    return Path(unquote(address.path))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise EngineError(
            f"The asset {file} is a folder.", "Make it an archive: pulumi.FileArchive."
        ) from None
    except OSError as error:
        raise EngineError(f"The asset {file} cannot be read: {error.strerror}.") from None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
