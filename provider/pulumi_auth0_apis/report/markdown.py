"""The report as a comment on a pull request: summary first, details folded, never over the size limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pulumi_auth0_apis.escaping import markdown as in_line
from pulumi_auth0_apis.escaping import markdown_block, markdown_code, markdown_comment, terminal
from pulumi_auth0_apis.report.advice import RULE, Advice
from pulumi_auth0_apis.report.broken_rules import BrokenRule, broken_rules, counted
from pulumi_auth0_apis.report.changes import SettingChange
from pulumi_auth0_apis.report.declared_access import EVERYTHING, FOR_WHOM
from pulumi_auth0_apis.report.log import LoggedViolation
from pulumi_auth0_apis.report.report import Report

LIMIT = 60_000
"""GitHub refuses comments over 65,536 characters; this leaves room for what a workflow adds."""
LONGEST_TITLE = 100
LONGEST_TEXT = 800
MOST_NAMES = 5


K = TypeVar("K")


@dataclass(frozen=True)
class ReportSection:
    """A part of the report that can lose rows; a lower `rank` is cut later."""

    rank: int
    title: str
    head: str
    rows: Sequence[str]
    foot: str = ""
    folded: bool = False

    def text(self, kept: int) -> str:
        """Return the section with so many of its rows, and what is left out."""
        left_out = len(self.rows) - kept
        note = f"\n\n_{left_out} more left out to keep this comment short._" if left_out else ""
        body = "\n".join(filter(None, [self.head, *self.rows[:kept]])) + note + self.foot
        if self.folded:
            return f"<details><summary>{self.title} ({len(self.rows)})</summary>\n\n{body}\n\n</details>"
        return f"### {self.title}\n\n{body}"


def markdown(report: Report, limit: int = LIMIT) -> str:
    """Return the report in at most `limit` characters; the least important rows go first."""
    head, sections = _summary(report), [section for section in _sections(report) if section.rows]
    kept = _fit(sections, limit - len(head) - 200)
    parts = [head, *(section.text(kept[section.title]) for section in sections)]
    return "\n\n".join(parts) + "\n"


def _fit(sections: Sequence[ReportSection], room: int) -> dict[str, int]:
    """Return how many rows of each section fit, the most important section served first."""
    room -= sum(len(section.text(0)) + 2 for section in sections)
    kept = {}
    for section in sorted(sections, key=lambda each: each.rank):
        count = 0
        while count < len(section.rows) and len(section.rows[count]) + 1 <= room:
            room -= len(section.rows[count]) + 1
            count += 1
        kept[section.title] = count
    return kept


def _summary(report: Report) -> str:
    sign = "❌" if report.stopped else "⚠️" if report.advisory else "✅"
    title = terminal(report.title)[:LONGEST_TITLE]
    lines = [
        f"<!-- auth0-apis report {markdown_comment(title)} -->",
        f"## {sign} Auth0 APIs of {_plain(title)}: {report.verdict}",
        "",
        _counts(report),
    ]
    notes = [note for note in (_fakes(report), report.blind_spots) if note]
    return "\n".join([*lines, *(line for note in notes for line in ("", note))])


def _fakes(report: Report) -> str:
    fakes = report.run.fakes
    told = ", ".join(f"{count} of {_code(package)}" for package, count in fakes.items())
    return f"Fakes played {sum(fakes.values())} resources, nothing of them is real: {told}." if told else ""


def _counts(report: Report) -> str:
    did = "Previewed" if report.run.preview else "Run"
    by = f"{did} by {_plain(report.run.engine)}." if report.run.engine else ""
    if not report.run.changes:
        return f"No resource was compared. {by}".strip()
    counted = [f"{count} to {key}" for key, count in report.counts.items() if count and key != "same"]
    return f"{', '.join(counted) or 'Nothing to do'}, {report.counts['same']} unchanged. {by}".strip()


def _sections(report: Report) -> list[ReportSection]:
    return [
        ReportSection(1, "Errors", "", _messages(report.errors)),
        *_moves(report.moves),
        _settings(report),
        _access(report),
        _consequences(report),
        _violations(0, "Rules broken", [each for each in report.mandatory if each.rule != RULE]),
        _violations(5, "Warnings", report.advisory, folded=True),
        ReportSection(8, "Said by the engine", "", _messages(report.warnings), folded=True),
        ReportSection(
            6,
            "Corrected by rules",
            "| Rule | Resource | Change |\n|---|---|---|",
            [
                f"| {_code(rule)} | {_listed(names)} | {_plain(change)} |"
                for (rule, change), names in _grouped(
                    ((rule, change), name) for rule, name, change in report.remediations
                )
            ],
        ),
        ReportSection(
            7,
            "Resources that change",
            "| Operation | Resource | Type |\n|---|---|---|",
            [
                f"| {each.operation} | {_code(each.name)} | {_code(each.type.rpartition(':')[2])} |"
                for each in report.changed
            ],
            folded=True,
        ),
    ]


def _messages(messages: Sequence[tuple[str, str]]) -> list[str]:
    return [f"- {_code(where)} {_plain(what)}" for where, what in messages]


def _moves(moves: Sequence[Advice]) -> list[ReportSection]:
    """Return what is renamed, each with its code, what is swapped, with one step for all, and the rest."""
    renamed = [each for each in moves if each.code]
    swapped = [each for each in moves if each.step and not each.code]
    steps = dict.fromkeys(each.step for each in swapped)
    return [
        ReportSection(
            0,
            "Renamed or moved",
            "",
            [f"- {_plain(each.told)} {_plain(each.step)}\n\n{markdown_block(each.code)}" for each in renamed],
        ),
        ReportSection(
            0, "Swapped", "", _findings(swapped), foot="".join(f"\n\n{_plain(step)}" for step in steps)
        ),
        ReportSection(6, "Taken over", "", _findings([each for each in moves if not each.step])),
    ]


def _findings(moves: Sequence[Advice]) -> list[str]:
    return [f"- {_plain(each.told)}" for each in moves]


def _settings(report: Report) -> ReportSection:
    rows = [
        f"| {_plain(each.api)} | {_plain(each.label)} | {_code(each.old)} "
        f"| {_code(each.new)}{_corrected(report, each)} |"
        for each in report.settings
    ]
    return ReportSection(3, "Settings", "| API | Setting | Now | Then |\n|---|---|---|---|", rows)


def _corrected(report: Report, change: SettingChange) -> str:
    rules = report.correctors(change)
    return f", corrected by {_listed(rules)}" if rules else ""


def _access(report: Report) -> ReportSection:
    rows = [
        f"| {_code(each.application)}{FOR_WHOM.get(each.subject, '')} "
        f"| {_plain(report.names.get(each.audience, each.audience))} "
        f"| {_scopes(each.gained)} | {_scopes(each.lost)} |"
        for each in report.access
    ]
    return ReportSection(2, "Access", "| Application | API | Gains | Loses |\n|---|---|---|---|", rows)


def _consequences(report: Report) -> ReportSection:
    rows = [
        f"- **{_plain(each.resource) or '?'}** is {each.operation}d"
        + (f" because of {_plain(each.reason)}." if each.reason else ".")
        + "".join(f"\n  - {_plain(effect)}" for effect in each.effects)
        for each in report.consequences
    ]
    return ReportSection(4, "Replaced and deleted", "", rows)


def _violations(
    rank: int, title: str, violations: Sequence[LoggedViolation], *, folded: bool = False
) -> ReportSection:
    rows = [row for broken in broken_rules(violations) for row in _rows(broken)]
    return ReportSection(rank, title, f"{counted(violations)}.\n", rows, folded=folded)


def _rows(broken: BrokenRule) -> Iterator[str]:
    """Yield a row for each thing that breaks a rule, the first below what the rule asks."""
    severity = f" ({_plain(broken.severity)})" if broken.severity else ""
    head = f"- {_code(broken.rule)}{severity}: {_plain(broken.description)}"
    head += f" Fix: {_plain(broken.remedy)}\n" if broken.remedy else "\n"
    for breach in broken.breaches:
        own = f" Fix: {_plain(breach.remedy)}" if breach.remedy else ""
        yield f"{head}  - {_listed(breach.resources)}: {_plain(breach.message)}{own}"
        head = ""


def _grouped(rows: Iterable[tuple[K, str]]) -> Iterable[tuple[K, list[str]]]:
    """Return what is the same of several resources once, with their names."""
    groups: dict[K, list[str]] = {}
    for key, name in rows:
        groups.setdefault(key, []).append(name)
    return groups.items()


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(map(_code, names[:MOST_NAMES])) + (f" and {more} more" if more > 0 else "")


def _scopes(scopes: Sequence[str]) -> str:
    return ", ".join(f"**{scope}**" if scope == EVERYTHING else _code(scope) for scope in scopes)


def _code(text: str) -> str:
    """Return a text as code; an empty text stays empty."""
    return markdown_code(_shortened(text))


def _plain(text: str) -> str:
    """Return a text on one line in which nothing is markup, or mentions anyone."""
    return in_line(_shortened(text))


def _shortened(text: str) -> str:
    shown = terminal(text)
    return shown if len(shown) <= LONGEST_TEXT else shown[:LONGEST_TEXT] + " …"
