"""Pulumi's YAML files are read as YAML 1.2 and changed in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_auth0_apis.engine.files.yaml_files import FileError, dumped, read_yaml, set_entry

COMMENTED = """\
# settings of the stack
config:
  app:a: 1  # the first

  # the second
  app:b:
    c: [1, 2]
    d: text
# at the end
encryptionsalt: v1
"""


def read(tmp_path: Path, text: str | bytes) -> dict[str, Any]:
    file = tmp_path / "file.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(file)


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("1_000", "1_000"),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("-3", -3),
        ("1e3", 1000.0),
        ("2.5", 2.5),
        ("true", True),
        ("~", None),
        ("", None),
        ("'3'", "3"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_scalars(tmp_path: Path, scalar: str, value: Any) -> None:
    """A plain scalar is what YAML 1.2 says, not what YAML 1.1 made of it."""
    read_value = read(tmp_path, f"a: {scalar}\n")["a"]
    assert (type(read_value), read_value) == (type(value), value)


def test_byte_order_mark_and_emptiness(tmp_path: Path) -> None:
    """Editors on Windows leave a mark at the start; an empty file has no keys."""
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\n") == {"a": 1}
    assert read(tmp_path, "") == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [1\nb: 2\n", r"is not valid YAML: line 2, column 2: "),
        ("a: !!python/object:os.system x\n", r"is not valid YAML: line 1, column 4: "),
        ("- a\n", r"must hold keys and values"),
        (b"\xff\xfe\xfa", r"cannot be read"),
    ],
)
def test_unreadable_files(tmp_path: Path, text: str | bytes, why: str) -> None:
    """The message names the file, the place and what is wrong there, in one line."""
    with pytest.raises(FileError, match=rf"^{tmp_path}/file.yaml {why}") as caught:
        read(tmp_path, text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("config", "app:a"), "x", "app:a: 1  # the first", "app:a: x"),
        (("config", "app:b"), 5, "app:b:\n    c: [1, 2]\n    d: text", "app:b: 5"),
        (("config", "app:n"), {"k": [1]}, "    d: text", "    d: text\n  app:n:\n    k:\n    - 1"),
        (("encryptionsalt",), "v2", "encryptionsalt: v1", "encryptionsalt: v2"),
        (("new",), True, "encryptionsalt: v1", "encryptionsalt: v1\nnew: true"),
    ],
)
def test_set_entry(path: tuple[str, ...], value: Any, old: str, new: str) -> None:
    """One value changes; every other line, comments included, stays as it is."""
    changed = set_entry(COMMENTED, path, value)
    assert changed == COMMENTED.replace(old, new)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "config:\n", "config: {}\n", "a: 1"])
def test_set_entry_where_there_is_none(text: str) -> None:
    """A file without the section gets it."""
    assert yaml.safe_load(set_entry(text, ("config", "app:a"), "x"))["config"] == {"app:a": "x"}


def test_set_entry_refuses_a_flow_mapping() -> None:
    """A mapping on one line is not taken apart."""
    with pytest.raises(FileError, match="cannot be set there"):
        set_entry("{a: 1}\n", ("b",), 2)


@pytest.mark.parametrize(
    "text", ["0o7", "1e3", "12:30", "yes", "~", "2026-01-01", "<<", "1_000", "null", "é\n"]
)
def test_what_is_written_is_read_as_it_was(tmp_path: Path, text: str) -> None:
    """Text stays text, in whichever version of YAML it would be a number or a date."""
    file = tmp_path / "x.yaml"
    file.write_text(dumped({"config": {"a:b": text, "n": 7, "is": True}}), encoding="utf-8")
    assert read_yaml(file) == {"config": {"a:b": text, "n": 7, "is": True}}
