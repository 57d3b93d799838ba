"""Text that somebody means to be more than text."""

from __future__ import annotations

from hypothesis import strategies as st

HIDES_THE_REST = "https://a.example.com\r\r<!-- "

_SIGNS = "\r\n\t |\\`*_~<>&@#$[]()!:=-+.\x00\x07\x0b\x0c\x1b\x7f\x85\x90\x9b\x9d\xa0\xad"
_UNSEEN = "\u0301\u061c\u200b\u200e\u202e\u2028\u2029\u2066\ufeff\ufffe\ue000\U000e0001"
_WORDS = r"""
<!-- --> --!> </td> <script> </details> <br> <b ]]> <? ?> &lt; &#60; &amp \| ``` ~~~ ** __ $$ $` `$
[x](https://evil.example) ![i](//evil.example/i.png) <x@y.example> [^1] :tada: --- === |---|
https://evil.example http:// ftp://e.example www.evil.example WWW.e.example a@b.example
mailto:a@b.example xmpp:a@b.example/c @team @org/team #12 GH-12 gh-7 o/r#1 a Z 9 é 名 👩 xxxxxxxxx
"""
_LINES = [
    "\r\n",
    "\n\n",
    "[x]: /evil",
    "- [ ] x",
    "# x",
    "> x",
    "- x",
    "+ x",
    "1. x",
    "2) x",
    "    x",
    "| x |",
]
_SEQUENCES = ("\x1b[31m", "\x1b]0;title\x07", "\x1bc", "\x9b2J")

_pieces = st.sampled_from((*_SIGNS, *_UNSEEN, *_WORDS.split(), *_LINES, *_SEQUENCES))

hostile = st.lists(_pieces | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).map("".join)
"""What a tenant, a program or a rule may say; UTF-8 carries all of it."""
