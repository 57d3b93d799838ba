"""Messages in the words of the plugin's programs.

Errors are written in those of Python: `token_lifetime`, `adopt=True`, `auth0:domain`. A program in another
language says `tokenLifetime`, `adopt: true`, `auth0-apis:domain`. What is quoted, and what stands in a URL or
in an id, is somebody's own text and stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from auth0_api_vocabulary import OUR_KINDS, camel_case
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis._texts import MEANT
from pulumi_auth0_apis.management.settings import KEYS
from pulumi_auth0_apis.plugin.names import names_in
from pulumi_auth0_apis.plugin.package import PACKAGE

_OPTIONS = re.compile(r"ResourceOptions\((.*?)\)(?=[^\w)]|$)")
_ALIAS = re.compile(r"\[pulumi\.Alias\((.*?)\)\]")
_GIVEN = re.compile(r"(?<![\w-])([a-z]+(?:_[a-z]+)*)_?=(?=[\w\[\"{…])")
_BOOLEAN = re.compile(r"(?<=: )(True|False)\b")

_PHRASES = {
    re.escape(MEANT): "holds what a text makes of an Output or another object, which is no value; let the "
    "Output make it: `pulumi.interpolate` in TypeScript, `pulumi.Sprintf` in Go, `pulumi.Output.concat` in "
    "Python",
    "To have the program written: `auth0-apis import .*?` in its folder, with this declaration taken out": (
        "To have it written: `pulumi import` with its id, and this declaration taken out"
    ),
    "`auth0-apis stack rm --force`": "`pulumi stack rm --force`",
}
"""What only a Python program would do, and what others do instead."""


def in_their_words(text: str) -> str:
    """`text` as a program of the plugin would say it."""
    for phrase, other in _PHRASES.items():
        text = re.sub(phrase, other, text)
    text = _KEY.sub(rf"{PACKAGE}:\1", text)
    text = _ALIAS.sub(r"[{ \1 }]", _OPTIONS.sub(r"the option \1", text))
    text = _GIVEN.sub(lambda found: f"{camel_case(found[1])}: ", text)
    text = _BOOLEAN.sub(lambda found: found[1].lower(), text)
    return _names().sub(lambda found: camel_case(found[0]), text)


_KEY = re.compile(rf"\bauth0:({'|'.join(key.partition(':')[2] for key in KEYS)})\b")


@cache
def _names() -> re.Pattern[str]:
    names = {"depends_on", "delete_before_replace"}
    for kind in OUR_KINDS:
        provider = lifecycle_of(kind.module)
        names |= {*names_in((*provider.settings, *provider.options)), *provider.computed}
    long_ones = sorted((name for name in names if "_" in name), key=len, reverse=True)
    return re.compile(rf'(?<![\w/:"-])({"|".join(long_ones)})(?![\w/:-])')
