"""A row by the outlets that report it: those that differ first, one of each telling beside the other; silences in a line. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.records import Outcome
from app.core.text import fold
from app.exports.lines import Place, RowLine

__all__ = ["FRONT", "Reports", "reports_of"]

FRONT = 6
"""Reports that stand open though they tell nothing else than the others: two lines of a wide window."""
_LOUD = (Outcome.EXCLUDES, Outcome.DIFFERS, Outcome.LATER)


@dataclass(frozen=True, slots=True)
class Reports(RowLine):
    """`front`: what is read first; `rest`: further outlets that tell the same, folded away under their names."""

    front: tuple[Place, ...]
    rest: tuple[Place, ...]


def reports_of(line: RowLine, held: int = 0) -> Reports:
    """`held`: so many of the first places were pinned, and come first whatever they tell."""
    told = [p for p in line.places if p.claims]
    pinned = [p for p in line.places[:held] if p.claims]
    free = [p for p in told if p not in pinned]
    loud = [p for p in free if _words(p)]
    quiet = [p for p in free if not _words(p)]
    first = [*pinned, *_one_of_each(loud)]
    open_ = max(FRONT - len(first), 0)
    if len(quiet) == open_ + 1:  # a fold for a single report hides more than it saves
        open_ += 1
    return Reports(line.row, line.places, (*first, *quiet[:open_]), tuple(quiet[open_:]))


def _words(place: Place) -> tuple[str, ...]:
    """The words in which its report differs from another's, the weightiest kind of difference only."""
    marks = [(m.outcome, c.text[m.start : m.end]) for c in place.claims for m in c.marks if m.outcome in _LOUD]
    most = min((_LOUD.index(outcome) for outcome, _ in marks), default=None)
    return tuple(sorted({fold(text) for outcome, text in marks if _LOUD.index(outcome) == most}))


def _one_of_each(places: Sequence[Place]) -> list[Place]:
    """One report of each telling first, the rarest before the others, then those that tell what one of these told."""
    often = Counter(_words(p) for p in places)
    seen: set[tuple[str, ...]] = set()
    firsts: list[Place] = []
    others: list[Place] = []
    for place in places:
        (others if _words(place) in seen else firsts).append(place)
        seen.add(_words(place))
    return [*sorted(firsts, key=lambda p: often[_words(p)]), *others]
