"""The files of an import stay together, or none is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.draft import Draft


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """Files and folders of the import are gone, what was there is as it was, and the message says which."""
    (tmp_path / "Pulumi.yaml").write_text("before")
    too_long = pytest.raises(ConfigurationError, match=r"a{300}\.py cannot be written: File name too long")
    with too_long, Draft() as draft:
        draft.write(tmp_path / "Pulumi.yaml", "after")
        draft.write(tmp_path / "apis" / "more" / "one.py", "")
        draft.write(tmp_path / "apis" / f"{'a' * 300}.py", "")
    assert [file.name for file in tmp_path.iterdir()] == ["Pulumi.yaml"]
    assert (tmp_path / "Pulumi.yaml").read_text() == "before"
