"""Texts that cannot be what they stand for. Nothing here knows a setting, and no reason repeats a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

NO_VALUE = re.compile(r"Calling \S+ on an \[?Output\b| at 0x[0-9a-fA-F]{6,}>")
"""What Pulumi's SDKs make of an Output in a text (`Output.__str__` in Python, `[toString]` and `[toJSON]` in
Node.js), and Python of every object that has no text of its own."""
MEANT = (
    "holds what an f-string or str() makes of an Output or another object, which is no value; write "
    'pulumi.Output.concat("https://", name, "/api") or name.apply(lambda value: f"https://{value}/api")'
)
CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters (Unicode's category Cc), and its separators of lines and of paragraphs."""
UNFIT = {
    re.compile(f"[{CONTROL}]"): "should contain no line break, NUL or other control character",
    re.compile(r"\A\s|\s\Z"): "should neither begin nor end with a blank",
    re.compile(r"\A\.{1,2}\Z"): "should be neither . nor .., which are steps of a URL's path",
}
"""Why a text identifies no object: Auth0 compares it as it is, and it is a part of URLs."""
SCOPE = re.compile(rf"[^\s{CONTROL}]+")
NO_BLANK = "no white space or control character"


def without_value(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The paths in `value` of the texts that a program made of an object instead of its value, and why."""
    match value:
        case str() if NO_VALUE.search(value):
            yield path, MEANT
        case Mapping():
            for name, item in value.items():
                yield from without_value(item, f"{path}.{name}".removeprefix("."))
        case list():
            for position, item in enumerate(value):
                yield from without_value(item, f"{path}[{position}]")


def unfit_names(inputs: Mapping[str, Any], *names: str) -> Iterator[tuple[str, str]]:
    """Which of these inputs can identify no object, each with its first reason. What is unknown passes."""
    for name in names:
        if isinstance(text := inputs.get(name), str):
            reasons = (reason for pattern, reason in UNFIT.items() if pattern.search(text))
            yield from ((name, reason) for reason in [*reasons][:1])
