"""Drift as a document, whatever names and values the tenant has."""

from __future__ import annotations

from hypothesis import example, given

from pulumi_auth0_apis.drift.comparing import Drift, Drifted, SettingDrift
from pulumi_auth0_apis.drift.documents import markdown

from ..hostile_text import HIDES_THE_REST, hostile
from ..test_escaping import Rendered


@given(text=hostile)
@example("a|b`c\nd")
@example(HIDES_THE_REST)
def test_text_of_others_cannot_break_the_document(text: str) -> None:
    """A value stays in its cell, a sentence in its item, and what follows them is seen."""
    shown, harmless = (Rendered(markdown(drift_that_says(each))) for each in (text, "harmless"))
    assert shown.structure == harmless.structure


def drift_that_says(text: str) -> Drift:
    """A drift in which every text is `text`."""
    differences = (SettingDrift(f"s{text}", text, f"{text}2"), SettingDrift("listed", [text], [f"{text}2"]))
    drifted = Drifted(f"a::b::c::{text.replace(':', '')}x", "API", "id", differences)
    return Drift(1, (drifted,), (f"The API {text}.",))
