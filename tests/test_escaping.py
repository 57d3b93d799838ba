"""Text of others stays text: cmark-gfm, an XML parser and a terminal judge it."""

from __future__ import annotations

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import cmarkgfm
import pyte
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given
from hypothesis import strategies as st

import pulumi_auth0_apis
from pulumi_auth0_apis import errors, escaping

from .hostile_text import HIDES_THE_REST, hostile

WHERE = {
    "paragraph": "Said: {}\n\nThe end.",
    "whole paragraph": "Before.\n\n{}\n\nThe end.",
    "item": "- {}\n- The end.",
    "heading": "## ✅ {}: ready\n\nThe end.",
    "bold": "- **x{}x** is it.\n  - {}\n\nThe end.",
    "cell": "| a | b |\n|---|---|\n| {} | {} |\n| the | end |\n\nThe end.",
    "fold": "<details><summary>T</summary>\n\n- {}\n\n</details>\n\nThe end.",
}
UNTOUCHED = ("br", "span")
"""Elements that the escaping makes itself: a line's end, and a dollar."""

MENTION = re.compile(r"(?:^|\W)@[a-z0-9][a-z0-9-]*", re.IGNORECASE)
REFERENCE = re.compile(r"(?:^|\W|[\w.-]+/[\w.-]+|\w)#[0-9]|\bgh-[0-9]", re.IGNORECASE)
"""What GitHub's filters make links of in rendered text outside of code (html-pipeline's `MentionFilter`, and
https://docs.github.com/en/get-started/writing-on-github, "Autolinked references and URLs")."""


class Rendered(HTMLParser):
    """What GitHub's renderer makes of a document: its elements and comments, its text and its code."""

    def __init__(self, markdown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.structure: list[Any] = []
        self.text = self.code = ""
        self._in_code = 0
        options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNTOUCHED:
            self.structure.append((tag, attrs))
        self._in_code += tag == "code"
        self.text += "\n" if tag == "br" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag not in UNTOUCHED:
            self.structure.append(f"/{tag}")
        self._in_code -= tag == "code"

    def handle_comment(self, data: str) -> None:
        self.structure.append(f"!{data}")

    def handle_data(self, data: str) -> None:
        if self._in_code:
            self.code += data
        else:
            self.text += data

    def unknown_decl(self, data: str) -> None:
        self.structure.append(f"!{data}")

    def handle_decl(self, decl: str) -> None:
        self.structure.append(f"!{decl}")

    def handle_pi(self, data: str) -> None:
        self.structure.append(f"!{data}")


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("place", WHERE)
@given(text=hostile)
@example(HIDES_THE_REST)
@example("@team #12 GH-12 https://evil.example www.evil.example a@b.example $x$")
def test_markdown_is_text_in_every_place(place: str, text: str) -> None:
    """Nothing opens or closes a block, comment, link or image, mentions anyone or refers to anything."""
    shown, harmless = (
        Rendered(WHERE[place].replace("{}", f"a {each} a"))
        for each in (escaping.markdown(f"a{text}a"), escaping.markdown("harmless"))
    )
    assert shown.structure == harmless.structure
    assert one_line(escaping.terminal(f"a{text}a")) in one_line(shown.text.replace("\u200b", ""))
    assert not MENTION.search(shown.text) and not REFERENCE.search(shown.text)


@pytest.mark.parametrize("place", ["paragraph", "item", "cell"])
@given(text=hostile)
@example(HIDES_THE_REST)
def test_markdown_starts_as_text_too(place: str, text: str) -> None:
    """Where it stands first, it makes no list, heading, quotation or block of code."""
    shown = Rendered(WHERE[place].replace("{}", escaping.markdown(text)))
    assert shown.structure == Rendered(WHERE[place].replace("{}", "harmless")).structure


@pytest.mark.parametrize("place", ["paragraph", "item", "cell", "fold"])
@given(text=hostile.filter(lambda text: escaping.terminal(text).strip("\n")))
@example("\\|")
@example("`")
@example("a\\")
def test_markdown_code_is_code_in_every_place(place: str, text: str) -> None:
    """The code holds all of the text, and nothing beside it changes."""
    shown = Rendered(WHERE[place].replace("{}", escaping.markdown_code(text)))
    assert shown.structure == Rendered(WHERE[place].replace("{}", "`x`")).structure
    if "|" not in text or place == "cell":
        assert one_line(escaping.terminal(text)) in one_line(shown.code)


@given(text=hostile)
def test_a_block_of_code_holds_a_line(text: str) -> None:
    """Whatever fences are in it."""
    document = "- item\n\n{}\n\nThe end."
    shown = Rendered(document.replace("{}", escaping.markdown_block(text)))
    assert shown.structure == Rendered(document.replace("{}", "  ```\n  x\n  ```")).structure


@given(text=hostile)
@example("-->")
@example("--!>")
def test_a_comment_ends_where_it_should(text: str) -> None:
    """A comment has one line and one end, and what follows is seen."""
    comment = f"<!-- mark {escaping.markdown_comment(text)} -->"
    assert len(comment.splitlines()) == 1
    shown = Rendered(f"{comment}\n## The end")
    assert [each for each in shown.structure if isinstance(each, str) and each[0] != "!"] == ["/h2"]
    assert shown.text.strip() == "The end"


@given(text=hostile)
@example("\x0b")
def test_xml_is_well_formed(text: str) -> None:
    """Elements and attributes come back as they were shown."""
    element = xml.Element("a", {"b": escaping.xml(text)})
    element.text = escaping.xml(text)
    found = xml.fromstring(xml.tostring(element, encoding="unicode"))
    assert (found.text, found.get("b")) == (escaping.xml(text),) * 2


@given(text=hostile)
def test_a_terminal_shows_it_and_stays_what_it_is(text: str) -> None:
    """No colour, title, mode, character set or cursor changes; each cell holds what can be seen."""
    screen, fresh = pyte.Screen(400, 30), pyte.Screen(400, 30)
    pyte.Stream(screen).feed(escaping.terminal(text).replace("\n", "\r\n"))
    assert screen.cursor.attrs == fresh.cursor.attrs and screen.cursor.hidden is fresh.cursor.hidden
    for part in ("title", "icon_name", "mode", "margins", "charset", "g0_charset", "savepoints", "tabstops"):
        assert getattr(screen, part) == getattr(fresh, part)
    for line in screen.buffer.values():
        for cell in line.values():
            assert cell.data.isprintable() and cell._replace(data=" ") == screen.default_char


@given(text=hostile | st.text())
def test_what_is_shown_is_shown_once(text: str) -> None:
    """A text that has been made visible stays as it is, so that doing it twice does no harm."""
    shown = escaping.terminal(text)
    assert escaping.terminal(shown) == shown and shown.replace("\n", "").isprintable()


@given(document=st.dictionaries(hostile, hostile | st.integers() | st.lists(hostile)))
def test_json_says_the_same_and_may_be_printed(document: dict[str, Any]) -> None:
    """Machines read what was meant, and a terminal gets nothing to obey."""
    text = escaping.as_json(document)
    assert json.loads(text) == document
    assert text.replace("\n", "").isprintable()


@given(text=hostile)
@example("[x](https://evil.example)")
def test_a_message_of_sarif_has_no_link(text: str) -> None:
    """SARIF makes links of brackets and parentheses that touch."""
    assert "](" not in escaping.sarif(text)


@given(text=hostile)
def test_an_error_quotes_others_harmlessly(text: str) -> None:
    """The engine prints what an error says, as it comes."""
    assert str(errors.Auth0ApisError(f"It said {text}.")).replace("\n", "").isprintable()


WRITING = {"typer.echo", "typer.secho", "pulumi.log.info", "pulumi.log.warn", "pulumi.log.error"}
WRITING_IN = {room: {"print", "json.dumps"} for room in ("cli", "report", "drift")}
WRITING_IN["plugin"] = {"print"}


def test_nothing_goes_past_it() -> None:
    """No command prints, no format writes JSON, and no provider logs by another way."""
    package = Path(pulumi_auth0_apis.__file__).parent
    written = {
        f"{file.relative_to(package)}: {called}"
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and (called := ast.unparse(node.func)) in WRITING | WRITING_IN.get(file.parent.name, set())
    }
    assert written == {
        "_telling.py: pulumi.log.info",
        "_telling.py: pulumi.log.warn",
        "cli/terminal.py: typer.echo",
        "plugin/engine_log.py: print",  # where there is no engine to tell
        "plugin/server.py: print",  # its port
        "cli/deploying.py: json.dumps",  # the event log, a file
        "cli/diff_lines.py: json.dumps",  # of an event that the display has made harmless
        "cli/sandbox.py: print",  # the address and the credentials of the sandbox itself
        "cli/sandbox.py: json.dumps",
        "cli/stack.py: json.dumps",  # an output, which is then said
        "cli/token.py: json.dumps",  # a part of what is said
        "drift/documents.py: json.dumps",  # a value, as code in a cell
        "engine/children/program_runner.py: pulumi.log.error",  # an event, for the display
        "report/aliases.py: json.dumps",  # a literal, as code in a block
        "report/settings.py: json.dumps",  # a value, as code in a cell
    }
