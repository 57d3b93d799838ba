"""The documentation says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from docs.sources import with_settings

ROOT = Path(__file__).parents[1]


def test_generated_parts_are_true() -> None:
    """The tables in the documentation are what the code generates."""
    generate = [sys.executable, "-m", "docs.generate", "--check"]
    run = subprocess.run(generate, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr


def test_a_class_of_another_layout_is_not_cut_short() -> None:
    """A class in which the generated parts cannot be told is refused, and none of its source is dropped."""
    with pytest.raises(ValueError, match="lay the class out"):
        with_settings('import x\nclass Permission(X):\n    """P."""\n\n    def __init__(self) -> None: ...\n')


def test_testing_page_runs(tmp_path: Path) -> None:
    """The tests on the page about testing pass as they stand there, in the repository that it names."""
    blocks = re.findall(
        r"```python(?: typed)?\n(.*?)```", (ROOT / "docs" / "testing.md").read_text(), re.DOTALL
    )
    tests = tmp_path / "test_page.py"
    tests.write_text("\n".join(blocks))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    repository = ROOT / "examples" / "tested_infrastructure"
    run = subprocess.run([*command, str(tests)], capture_output=True, text=True, check=False, cwd=repository)
    assert re.search(r"^3 passed", run.stdout, re.MULTILINE), run.stdout


def test_links_lead_somewhere() -> None:
    """Every relative link of a page names a file that is there."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    relative = re.compile(r"\]\((?!http|#)([^)#]+)")
    links = [(page, link) for page in pages for link in relative.findall(page.read_text())]
    assert len(links) > 3
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []


def anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub links them."""
    headings = re.findall(r"^#+ (.+)", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_into_pages_lead_to_a_heading() -> None:
    """Every relative link to a part of a page names a heading that is there."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    part = re.compile(r"\]\((?!http)([^)#]*)#([^)]+)\)")
    links = [(page, *link) for page in pages for link in part.findall(page.read_text())]
    assert len(links) > 10
    assert [
        (page.name, file, anchor)
        for page, file, anchor in links
        if anchor not in anchors(page.parent / file if file else page)
    ] == []


def test_every_page_has_a_test() -> None:
    """Each page of docs/ is named by a test, which plays it or holds it against the code."""
    tests = "".join(file.read_text() for file in ROOT.glob("tests/**/*.py") if file != Path(__file__))
    pages = [page.name for page in ROOT.glob("docs/*.md") if page.name != "README.md"]
    assert len(pages) > 10
    assert [name for name in pages if name not in tests] == []


def test_the_index_lists_every_page() -> None:
    """docs/README.md links every page below docs/, and the README links it."""
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text()
    pages = {str(page.relative_to(docs)) for page in docs.rglob("*.md")} - {"README.md"}
    assert pages - set(re.findall(r"\]\(([^)#]+)", index)) == set()
    assert "](docs/README.md)" in (ROOT / "README.md").read_text()


def test_every_dependency_has_its_reason() -> None:
    """CONTRIBUTING.md says of each declared dependency what it is for, and names no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = [each for extra in project["project"]["optional-dependencies"].values() for each in extra]
    wanted = [*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]]
    declared = {
        name for each in wanted if not (name := Requirement(each).name).startswith(("types-", "pulumi-auth0"))
    }
    _, _, section = (ROOT / "CONTRIBUTING.md").read_text().partition("## Dependencies")
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == declared
