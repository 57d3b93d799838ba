"""What is known of the mutants that no test notices."""

from __future__ import annotations

from ..reliability.figures import read
from .groups import GROUPS
from .judging import HOME, PACKAGES
from .measuring import known_survivors


def test_nine_of_ten_mutants_are_noticed() -> None:
    """In every group, by the figures of the last run."""
    figures = read()["mutants"]
    assert list(figures) == list(GROUPS)
    assert [name for name, group in figures.items() if group["survivors"] > group["mutants"] / 10] == []


def test_every_survivor_is_listed() -> None:
    """As many as the last run has found, in groups that there are."""
    listed = {name: sum(map(len, reasons.values())) for name, reasons in known_survivors().items()}
    assert listed == {name: group["survivors"] for name, group in read()["mutants"].items()}


def test_what_is_changed_and_who_judges_it_is_there() -> None:
    """A file that was renamed is renamed here."""
    homes = [(HOME / package).parent for package in PACKAGES]
    for group in GROUPS.values():
        assert any((home / group.module).is_file() for home in homes), group.module
        assert [judge for judge in group.judges if not (HOME / judge).is_file()] == []
