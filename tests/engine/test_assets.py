"""Assets and archives: read for their hash, kept as the CLI keeps them, never shown with their text."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine import PolicyPack, digest
from pulumi_auth0_apis.engine.files.hashing import hashed
from pulumi_auth0_apis.engine.model.assets import ARCHIVE, ASSET, Archive, Asset
from pulumi_auth0_apis.engine.model.problems import EngineError, UnsupportedError
from pulumi_auth0_apis.engine.model.values import SIGNATURE, Secret, from_checkpoint, to_checkpoint

from .stacks import THINGS, TestStack, ops, said
from .test_fakes import engine

TEXT = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"
"""The SHA-256 of "hello world"."""
BUCKET = "from other import Bucket\nfrom pulumi import AssetArchive, FileArchive, FileAsset, StringAsset\n"


@pytest.fixture
def other(stack: TestStack) -> TestStack:
    """A stack whose programs may use other providers, played by fakes that are told nothing."""
    shutil.copy(THINGS.with_name("other.py"), stack.folder)
    stack.engine = engine(stack, {})
    return stack


def test_an_asset_is_kept_with_its_hash(other: TestStack) -> None:
    """The state has the asset as the CLI writes it, and a component's outputs and the stack's have it too."""
    (other.folder / "page.txt").write_text("hello world")
    other.up(
        f'{BUCKET}Bucket("b", text=StringAsset("hello world"), file=FileAsset("page.txt"))\n'
        'pulumi.export("page", FileAsset("page.txt"))'
    )
    state = other.state()
    assert state["b"]["inputs"] == {
        "text": {SIGNATURE: ASSET, "hash": TEXT, "text": "hello world"},
        "file": {SIGNATURE: ASSET, "hash": TEXT, "path": "page.txt"},
    }
    assert state["b"]["outputs"] == state["b"]["inputs"]
    assert state["tests-dev"]["outputs"] == {"page": state["b"]["inputs"]["file"]}


def test_what_is_in_an_asset_counts(other: TestStack) -> None:
    """The same contents by another way are no change; other contents under the same path are one."""
    (other.folder / "page.txt").write_text("hello world")
    other.up(f'{BUCKET}Bucket("b", page=FileAsset("page.txt"))')
    assert ops(other.up(f'{BUCKET}Bucket("b", page=StringAsset("hello world"))')) == [("same", "b")]
    other.up(f'{BUCKET}Bucket("b", page=FileAsset("page.txt"))')
    (other.folder / "page.txt").write_text("hello")
    result = other.up(f'{BUCKET}Bucket("b", page=FileAsset("page.txt"))')
    assert ops(result) == [("update", "b")]
    assert result.steps[0]["detailedDiff"] == {"page": {"diffKind": "update", "inputDiff": True}}


def test_events_show_no_text(other: TestStack) -> None:
    """A text may be of any size: events, and the document made of them, have its hash alone."""
    all_of_it = 'AssetArchive({"x": StringAsset("hello")})'
    result = other.up(f'{BUCKET}Bucket("b", page=StringAsset("hello world"), all={all_of_it})')
    told = json.dumps([result.events, digest(result.events)])
    assert "hello" not in told
    assert TEXT in told


def test_a_fake_gets_assets(other: TestStack) -> None:
    """A fake may look at an asset, and answer with it."""
    other.engine = engine(
        other, {"aws:s3/bucket:Bucket": lambda inputs: {"arn": inputs["page"].text, "same": inputs["page"]}}
    )
    result = other.up(f'{BUCKET}pulumi.export("arn", Bucket("b", page=StringAsset("hello world")).arn)')
    assert result.outputs["arn"] == "hello world"
    assert other.state()["b"]["outputs"]["same"]["hash"] == TEXT


def test_policies_see_assets(other: TestStack, tmp_path: Path) -> None:
    """A rule gets an asset as the SDK has it, its text too."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text(
        "from pulumi_policy import *\n"
        "def seen(args, report):\n"
        "    if 'page' in args.props:\n"
        "        report(type(args.props['page']).__name__ + ' ' + args.props['page'].text)\n"
        "PolicyPack('pack', [ResourceValidationPolicy('seen', 'Seen.', seen, EnforcementLevel.ADVISORY)])\n"
    )
    result = other.up(f'{BUCKET}Bucket("b", page=StringAsset("hello"))', policy_packs=[PolicyPack(pack)])
    (violation,) = result.violations
    assert "StringAsset hello" in violation["message"]


def test_a_dynamic_resource_takes_none(stack: TestStack) -> None:
    """Neither APIs nor permissions have files: the option is refused by name before anything is made."""
    result = stack.program('Thing("a", page=pulumi.StringAsset("x"))').engine.up()
    assert (result.exit_code, stack.calls()) == (1, [])
    assert "An asset (a file as a property) is not supported" in said(result)


def test_a_file_that_is_not_there_is_named(other: TestStack) -> None:
    """The error says which file is missing, and nothing is made."""
    result = other.program(f'{BUCKET}Bucket("b", page=FileAsset("none.txt"))').engine.up()
    assert result.exit_code == 1
    assert f"The asset {other.folder / 'none.txt'} cannot be read: No such file" in said(result)


def test_a_folder_is_hashed_as_a_tar_file_of_it(tmp_path: Path) -> None:
    """The hash is that of a tar file without owners and times, which any reader of such files reads."""
    from pulumi_auth0_apis.engine.files import hashing

    folder = tmp_path / "site"
    (folder / "css").mkdir(parents=True)
    (folder / ".pulumi").mkdir()
    (folder / ".pulumi" / "state").write_text("not of it")
    (folder / "index.html").write_text("hello world")
    (folder / "css" / "a.css").write_text("red")
    files = dict(hashing._files(Archive(path="site"), tmp_path))
    assert files == {"css/a.css": b"red", "index.html": b"hello world"}
    (tmp_path / "x.tar").write_bytes(hashing._tar({**files, "a" * 300: b"x"}))
    with tarfile.open(tmp_path / "x.tar") as written:
        assert written.getnames() == [*files, "a" * 300]
    by_path, by_parts = (
        Archive(path="site"),
        Archive(assets={"css": Archive(path="site/css"), "index.html": Asset(text="hello world")}),
    )
    assert hashed(by_path, tmp_path) == hashed(by_parts, tmp_path)
    assert (
        hashed(by_path, tmp_path).hash == "a63374760edc5a60170fa607984e1f08bfb31e7d0d0df88bb81f0af9f0257b3a"
    )


def test_an_archive_is_hashed_as_it_is(tmp_path: Path) -> None:
    """An archive's file, by path or address, has the hash of its bytes."""
    (tmp_path / "site.zip").write_text("hello world")
    assert hashed(Archive(path="site.zip"), tmp_path).hash == TEXT
    assert hashed(Archive(uri=(tmp_path / "site.zip").as_uri()), Path()).hash == TEXT


@pytest.mark.parametrize(
    ("value", "error", "why"),
    [
        (Asset(uri="https://example.com/x"), UnsupportedError, "https://example.com/x is not supported"),
        (Asset(path="."), EngineError, "is a folder"),
        (Archive(path="file"), EngineError, "neither a folder nor an archive"),
        (Archive(path="none"), EngineError, "neither a folder nor an archive"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, value: Asset, error: type[EngineError], why: str) -> None:
    """What is no file of this machine, or of another kind, is told with its name."""
    (tmp_path / "file").touch()
    with pytest.raises(error, match=why):
        hashed({"x": [Secret(value)]}, tmp_path)


def test_written_and_read_again() -> None:
    """A state's assets and archives come back as they were written."""
    asset = {SIGNATURE: ASSET, "hash": "h", "text": "t"}
    archive = {
        SIGNATURE: ARCHIVE,
        "hash": "g",
        "assets": {"a": asset, "b": {SIGNATURE: ARCHIVE, "path": "p"}},
    }
    written = {"asset": asset, "archive": archive, "empty": {SIGNATURE: ARCHIVE, "hash": "e", "assets": {}}}
    assert to_checkpoint(from_checkpoint(written, str), None) == written
