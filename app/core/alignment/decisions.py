"""Decisions: who does what to an agreement or a measure, and whether a later report tells that it was turned round.

Words, dates and detail may differ much between the report of the day and the mention three months later; that both tell of
one decision is clear all the same: the same actor ends, keeps, lifts or imposes the same thing. The opposite decision of
the same actor on the same thing, told much later, is its reversal; the two stand in one row, as what changed with time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from app.core.alignment.bags import Bags, Ints
from app.core.alignment.concepts import things
from app.core.alignment.entries import Entry
from app.core.alignment.statement import Statement
from app.core.lexicon.actions import action_classes
from app.core.thresholds import TURN_DAYS

__all__ = ["Decision", "Decisions", "decision_of", "turned", "with_what_they_turn"]

_DOMAINS = frozenset({"agreement"})
_OPEN = frozenset(
    {"could", "may", "might", "can", "whether", "if", "unless", "consid", "possibl", "seek", "sought", "want"}
)
"""Stems of words that leave it open whether it is decided."""
_ASKED = frozenset({"urge", "pressure", "propose", "warn", "expect", "threaten", "refuse", "negotiate"})
"""Acts that speak of a decision that somebody else is to make, or that is not made yet."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`agent` decides for or against: `axis` names the two opposite classes of acts, `side` which of them comes about."""

    agent: str
    axis: str
    side: str


def decision_of(statement: Statement) -> Decision | None:
    """The decision that a statement tells, if its main act is one; not doing a thing is doing its opposite."""
    main = statement.main
    if main is None or main.agent is None or not _ASKED.isdisjoint(statement.actions):
        return None
    found = action_classes().get(main.cls)
    if found is None or found.opposite is None or found.domain not in _DOMAINS or not _OPEN.isdisjoint(statement.words):
        return None
    axis = min(main.cls, found.opposite)
    return Decision(main.agent, axis, found.opposite if main.negative else main.cls)


class Decisions:
    """Which of a story's statements tell one decision, prepared for many pairs."""

    def __init__(self, told: Sequence[Statement]) -> None:
        found = [decision_of(s) for s in told]
        names = sorted({(d.agent, d.axis, d.side) for d in found if d})
        place = {name: k for k, name in enumerate(names)}
        self._which = np.array([place[d.agent, d.axis, d.side] if d else -1 for d in found], np.intp)
        self._matter = Bags([_matter(s, d) for s, d in zip(told, found, strict=True)])

    def of_pairs(self, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
        """Whether both tell that the same actor decides the same of the same thing."""
        one = (self._which[a] >= 0) & (self._which[a] == self._which[b])
        return np.asarray(one & (self._matter.jaccard(a, b) > 0))


def with_what_they_turn(groups: Sequence[Sequence[int]], entries: Sequence[Entry]) -> dict[int, list[int]]:
    """For a group that tells a reversal, by its index: the claims of the group on what is reversed.

    Of the groups that tell one decision only the largest speaks for it: what is left over tells a part of it.
    """
    told: dict[Decision, list[tuple[int, int]]] = {}
    for n, group in enumerate(groups):
        found = _common([entries[i] for i in group])
        if found is not None:
            told.setdefault(found, []).append((-len(group), n))
    largest = {decision: min(found)[1] for decision, found in told.items()}
    out: dict[int, list[int]] = {}
    for decision, later in largest.items():
        for other, earlier in largest.items():
            if other != decision and turned([entries[i] for i in groups[earlier]], [entries[i] for i in groups[later]]):
                own = set(groups[later])
                out[later] = sorted(i for i in groups[earlier] if i not in own)
    return {n: some for n, some in out.items() if some}


def turned(earlier: Sequence[Entry], later: Sequence[Entry]) -> bool:
    """Whether most of the later claims tell that what most of the earlier ones tell was decided the other way.

    Both are groups of claims on one proposition each. The first that tells of the later decision must be published at least
    `TURN_DAYS` after the first that tells of the earlier.
    """
    first, second = _common(earlier), _common(later)
    if first is None or second is None or (first.agent, first.axis) != (second.agent, second.axis):
        return False
    if first.side == second.side or not _matters(earlier, first) & _matters(later, second):
        return False
    days = _days(earlier, first), _days(later, second)
    return bool(days[0] and days[1]) and (min(days[1]) - min(days[0])).days >= TURN_DAYS


def _common(group: Sequence[Entry]) -> Decision | None:
    """What at least half of the claims decide."""
    found = [d for e in group if (d := decision_of(e.statement))]
    counts = {d: found.count(d) for d in found}
    best = max(counts, key=lambda d: (counts[d], d.agent, d.side), default=None)
    return best if best is not None and 2 * counts[best] >= len(group) else None


def _days(group: Sequence[Entry], decision: Decision) -> list[date]:
    return [e.published for e in group if e.published and decision_of(e.statement) == decision]


def _matters(group: Sequence[Entry], decision: Decision) -> set[str]:
    return {m for e in group if decision_of(e.statement) == decision for m in _matter(e.statement, decision)}


def _matter(statement: Statement, decision: Decision | None) -> list[str]:
    """What it is decided about: things, and actors but the one who decides (a treaty is an actor)."""
    if decision is None:
        return []
    known = things()
    named = {known[w] for w in statement.words if w in known}
    return sorted(named | {f"@{key}" for key in statement.actors if key != decision.agent})
