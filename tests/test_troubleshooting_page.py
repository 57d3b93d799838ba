"""docs/troubleshooting.md: each error that it names is one that the code raises, and its advice is run."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pulumi_auth0_apis import errors
from pulumi_auth0_apis.management.failures import BY_STATUS
from pulumi_auth0_apis.management.request_log import VARIABLE, log

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "troubleshooting.md").read_text()
CLI = "From the `pulumi` CLI"
OF_PYTHON = "No module named 'pulumi_auth0_apis'"
SHORTEST = 12
"""Characters of the longest fixed part of a text; less is in any source."""


def rows(head: str) -> dict[str, list[list[str]]]:
    """The rows of the tables that begin with this column, by the section that they are in."""
    sections = re.split(r"^## (.+)\n", PAGE, flags=re.MULTILINE)[1:]
    found = {}
    for title, section in zip(sections[::2], sections[1::2], strict=True):
        tables = re.findall(rf"^\| {head} \|.*\n\|-.*\n((?:\|.*\n)+)", section, re.MULTILINE)
        lines = "".join(tables).splitlines()
        found[title] = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return found


def texts(*, of_the_cli: bool) -> list[str]:
    return [
        row[0].strip("`")
        for title, section in rows("text").items()
        for row in section
        if (title == CLI) is of_the_cli
    ]


def written(node: ast.expr) -> str:
    """A text of the source; `…` stands for what it fills in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "…"


def all_texts() -> Iterator[str]:
    """Every text of the package that is no docstring."""
    for file in (ROOT / "provider").rglob("*.py"):
        tree = ast.parse(file.read_text())
        documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        yield from (
            written(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in documents
        )


def fixed_parts(text: str) -> list[str]:
    parts = [part for part in text.split("…") if part.strip()]
    assert max(map(len, parts)) >= SHORTEST, text
    return parts


def holds(source: str, parts: list[str]) -> bool:
    return re.search(".*".join(map(re.escape, parts)), source, re.DOTALL) is not None


@pytest.fixture(scope="module")
def sources() -> list[str]:
    return [text for text in all_texts() if len(text) >= SHORTEST]


@pytest.mark.parametrize("text", texts(of_the_cli=False))
def test_the_code_has_the_text(text: str, sources: list[str]) -> None:
    """The fixed parts of an error stand in one text of the package, in this order."""
    parts = fixed_parts(text)
    assert any(holds(source, parts) for source in sources), parts


@pytest.mark.parametrize("text", [text for text in texts(of_the_cli=True) if text != OF_PYTHON])
def test_the_cli_has_the_text(text: str) -> None:
    """The fixed parts of an error of the CLI stand in its executable."""
    if (command := shutil.which("pulumi")) is None:
        pytest.skip("there is no `pulumi` command on PATH")
    executable = Path(command).read_bytes()
    for part in fixed_parts(text.removesuffix(" EOF")):
        assert part.strip(" ()").removesuffix("lock(s)").encode() in executable


def test_a_python_without_the_package() -> None:
    """A Python that lacks the package says what the page says."""
    command = [sys.executable, "-I", "-S", "-c", "import pulumi_auth0_apis"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert OF_PYTHON in run.stderr
    assert OF_PYTHON in texts(of_the_cli=True)


def test_every_answer_of_auth0_is_there() -> None:
    """The classes for what the tenant answers are all there, with their status."""
    told = {row[0].strip("`"): row[1] for row in rows("class")["What Auth0 answers"]}
    wanted = {kind.__name__: str(status) for status, kind in BY_STATUS.items()}
    assert told == wanted | {
        errors.ServerError.__name__: "5xx",
        errors.UnexpectedAnswerError.__name__: "any",
        errors.ConnectionFailedError.__name__: "none",
    }


def test_empty_attributes_are_removed(tmp_path: Path) -> None:
    """The command of the page removes the empty files, and leaves states and whole attributes."""
    (command,) = re.findall(r"^find .+$", PAGE, re.MULTILINE)
    stacks = tmp_path / ".pulumi" / "stacks" / "shop"
    stacks.mkdir(parents=True)
    for name, content in {"dev.json": "", "dev.json.attrs": "", "prod.json.attrs": "{}"}.items():
        (stacks / name).write_text(content)
    subprocess.run(command, shell=True, check=True, cwd=tmp_path)
    assert sorted(file.name for file in stacks.iterdir()) == ["dev.json", "prod.json.attrs"]


def test_the_cli_goes_on_without_empty_attributes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CLI stops at empty attributes with the page's words, and goes on once they are removed."""
    if shutil.which("pulumi") is None:
        pytest.skip("there is no `pulumi` command on PATH")
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    monkeypatch.setenv("PULUMI_BACKEND_URL", tmp_path.as_uri())
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "a passphrase")
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PULUMI_SKIP_UPDATE_CHECK", "true")
    export = ["pulumi", "stack", "export", "--stack", "dev"]
    subprocess.run(["pulumi", "stack", "init", "dev"], capture_output=True, check=True, cwd=tmp_path)
    attributes = tmp_path / ".pulumi" / "stacks" / "shop" / "dev.json.attrs"
    attributes.write_text("")
    stopped = subprocess.run(export, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert stopped.returncode != 0
    assert "failed to load checkpoint: EOF" in stopped.stderr
    attributes.unlink()
    assert subprocess.run(export, capture_output=True, check=False, cwd=tmp_path).returncode == 0


def test_a_line_of_the_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The line that the page shows has the parts of one that is written."""
    assert f"`{VARIABLE}`" in PAGE
    monkeypatch.setenv(VARIABLE, "info")
    (shown,) = re.findall(r"```json\n(.+)\n```", PAGE)
    request = httpx.Request("GET", "https://example.eu.auth0.com/api/v2/resource-servers?per_page=100")
    log(request, httpx.Response(200, headers={"x-ratelimit-remaining": "9"}), 0.048)
    assert json.loads(capsys.readouterr().err) == json.loads(shown)
