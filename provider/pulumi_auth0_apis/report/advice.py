"""Advice on a move: its meaning to the run that it is in, and the step that settles it."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from auth0_api_vocabulary import Family, family_of, name_of
from auth0_api_vocabulary.families import DYNAMIC
from auth0_api_vocabulary.finding import Finding
from pulumi_auth0_apis.report.aliases import alias, parents_of
from pulumi_auth0_apis.report.declared_access import FOR_WHOM, grantee, kind_of
from pulumi_auth0_apis.report.log import LoggedViolation, ResourceChange
from pulumi_auth0_apis.report.moves import Move

RULE = "same-object"
PACK = "auth0-apis report"
DESCRIPTION = "No resource takes an object that another one gives up in the same run."
MOST_NAMES = 10


@dataclass(frozen=True)
class Advice:
    """A move in words."""

    move: Move
    told: str
    step: str = ""
    """What to do before the update; nothing where the move is as asked for."""
    code: str = ""
    """What the step ends with, to be pasted into the program or into a shell."""

    @property
    def violation(self) -> LoggedViolation:
        """What a move that stops the update is."""
        remedy = f"{self.step} {self.code}".strip()
        finding = Finding(self.move.target.urn, self.told, remedy)
        return LoggedViolation("mandatory", RULE, finding, DESCRIPTION, "", PACK)


def advise(moves: Sequence[Move]) -> list[Advice]:
    """Return what to say of each move. Those that no alias settles are settled together."""
    stuck = [move.target for move in moves if move.ours and not move.renamed and not move.taken_over]
    return [_taken_over(move) if move.taken_over else _stopped(move, stuck) for move in moves]


def paragraphs(advice: Sequence[Advice]) -> list[str]:
    """Return what has to be done before the update, a paragraph a step; none where nothing has."""
    findings: defaultdict[str, list[str]] = defaultdict(list)
    for each in advice:
        if each.step:
            findings[each.violation.finding.remedy].append(each.told)
    return [" ".join([*found, remedy]) for remedy, found in findings.items()]


def _taken_over(move: Move) -> Advice:
    source, target = _names(move)
    why = "adopt is set" if (move.target.new or {}).get("adopt") else "this run takes what is equal"
    return Advice(
        move,
        f"{target} takes over {_object(move.target)} from {source}, since {why}: the object stays, with the "
        f"settings of {target}, and the delete of {source} is spared.",
    )


def _stopped(move: Move, stuck: Sequence[ResourceChange]) -> Advice:
    source, target = _names(move)
    finding = f"{target} takes {_object(move.target)}, which {source} gives up in the same run."
    if move.fixed:
        algorithm = _family(move.target).spell("signing_alg")
        finding += f" It asks for another {algorithm}, which nothing changes on an API that is there."
    if move.ours:
        finding += " The update refuses that, and the tenant stays as it is."
    else:
        finding += f" The package of {source} deletes it all the same, whoever has taken it."
    return Advice(move, finding, *_settled(move, stuck))


def _settled(move: Move, stuck: Sequence[ResourceChange]) -> tuple[str, str]:
    """Return the step that settles a move, and its code."""
    source, target = move.source, move.target
    if move.renamed:
        where = "among its options" if parents_of(target.urn) else "where it is declared"
        return (
            f"If {target.name} is the same resource under another name or parent, say so {where}, and "
            "nothing is created or deleted:",
            alias(target.urn, source.urn, source.was.parent),
        )
    if move.ours:
        return _adopting(stuck), ""
    if source.operation == "delete":
        return (
            f"Let Pulumi forget {source.name} first, which changes nothing in the tenant, and set "
            f"{_family(target).switched_on('adopt')} on {target.name}:",
            f"pulumi state delete --yes {shlex.quote(source.urn)}",
        )
    return "Let each resource keep its object: make names from values, not from positions in a list.", ""


def _adopting(stuck: Sequence[ResourceChange]) -> str:
    names = ", ".join(change.name for change in stuck[:MOST_NAMES])
    more = f" and {len(stuck) - MOST_NAMES} more" if len(stuck) > MOST_NAMES else ""
    said = " and ".join(dict.fromkeys(_family(change).switched_on("adopt") for change in stuck))
    return (
        f"No alias helps here, because Pulumi looks each resource up by its own name first. Set {said} on "
        f"{names}{more}, or run one update with AUTH0_ADOPT=equal in the environment, where they differ "
        "in nothing else. Names that are made from values, not from positions in a list, never come to this."
    )


def _family(change: ResourceChange) -> Family:
    return family_of(change.type) or DYNAMIC


def _names(move: Move) -> tuple[str, str]:
    """Return what to call the source and the target: with their parents where they share a name."""
    source, target = move.source, move.target
    if source.name != target.name:
        return source.name, target.name
    return _placed(source, source.was.parent), _placed(target, target.will_be.parent)


def _placed(change: ResourceChange, parent: str) -> str:
    where = name_of(parent) if parents_of(change.urn) else "no component"
    return f"{change.name} (in {where})"


def _object(change: ResourceChange) -> str:
    kind, inputs = kind_of(change), change.new or {}
    assert kind is not None  # a move is one of an object that a kind's key tells from others
    if kind.holders:
        application, audience, subject = grantee(kind, change.name, inputs)
        return f"the {kind.noun} of {application} on {audience}" + FOR_WHOM.get(subject, "")
    own = ", ".join(str(inputs.get(name)) for name in kind.key if name != kind.api)
    return f"the {kind.noun} {own}" + (f" of {inputs.get(kind.api)}" if kind.api else "")
