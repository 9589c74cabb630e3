"""Weighed evidence -> a verdict of two claims: its kind, its probability, its reasons, and between whom.

Only from `TOLD_FROM` on a difference is told as such, and from `AGREED_FROM` on agreement of claims of a row: that both tell of
one thing at all, and tell nothing otherwise. What lies between is left to the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.records import ActorKind, Between, Dimension, Outcome, Reason, RelationKind, Speaker
from app.core.relation.accusations import compare_accusations
from app.core.relation.acts import compare_acts
from app.core.relation.dates import compare_dates
from app.core.relation.found import Found, Slots, found_between
from app.core.relation.numbers import compare_numbers
from app.core.relation.parties import compare_parties
from app.core.relation.sides import Guard, Sides
from app.core.relation.speakers import compare_speakers
from app.core.relation.undoing import compare_stances
from app.core.relation.worth import Weighed, Worth
from app.core.text import fold
from app.core.thresholds import AGREED_FROM, TOLD_FROM, UNSURE_FROM

__all__ = ["GUARDS", "Verdict", "verdict", "verdict_by"]

GUARDS: tuple[Guard, ...] = (
    compare_acts,
    compare_stances,
    compare_accusations,
    compare_numbers,
    compare_dates,
    compare_parties,
    compare_speakers,
)
"""In the order in which reasons of equal worth are shown."""

_STRENGTH = {Outcome.EXCLUDES: 0, Outcome.DIFFERS: 1, Outcome.LATER: 2, Outcome.DETAIL: 3, Outcome.SAME: 4}
_ANYBODY = frozenset(
    "official officials source sources spokesman spokeswoman spokesperson aide insider insiders".split()
)
_TOLD_BY_OUTLETS = (Dimension.DATE, Dimension.ROLE, Dimension.SPEAKER)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`probability` is that the kind is right; of UNSURE, that the two differ. The reason that decided stands first."""

    kind: RelationKind
    probability: float
    between: Between
    reasons: tuple[Reason, ...]


def verdict(
    sides: Sides,
    worth: Worth,
    guards: Sequence[Guard] = GUARDS,
    slots: Slots | None = None,
    *,
    asked: bool = False,
    row: float | None = None,
) -> Verdict:
    """What becomes of two claims by all that guards find. Symmetric: the sides may be turned. `asked`: see `Worth.weigh`;
    `row` is the score of the row that they stand in, if they do.
    """
    return verdict_by(found_between(sides, guards, slots, worth.differ), sides, worth, asked=asked, row=row)


def verdict_by(found: Found, sides: Sides, worth: Worth, *, asked: bool = False, row: float | None = None) -> Verdict:
    """The same by what was found between them."""
    score = sides.score.score
    weighed = [worth.weigh(evidence, signs, asked=asked) for evidence, signs in found.in_row(score)]
    agreeing = worth.agreeing(found, score, row, max((w.differ for w in weighed), default=0.0))
    kind, probability, deciding = _kind(weighed, agreeing, TOLD_FROM if row is None else AGREED_FROM)
    shown = sorted(
        (w for w in weighed if not w.evidence.guard or w.differ >= UNSURE_FROM or w is deciding),
        key=lambda w: (w is not deciding, _STRENGTH[w.evidence.outcome], -w.differ),
    )
    reasons = tuple(w.evidence.reason(sides) for w in shown)
    return Verdict(kind, probability, _between(sides, reasons, kind), reasons)


def _kind(
    weighed: Sequence[Weighed], agreeing: float, agreed_from: float
) -> tuple[RelationKind, float, Weighed | None]:
    against = [w for w in weighed if w.differ > 0 or w.open]
    if not against:
        return _alike(agreeing, agreed_from)
    sharpest = max(against, key=lambda w: (w.conflict, *_rank(w)))
    if sharpest.conflict >= TOLD_FROM:
        return RelationKind.CONFLICT, sharpest.conflict, sharpest
    strongest = max(against, key=lambda w: (w.differ, *_rank(w)))
    if strongest.differ >= TOLD_FROM:
        later = strongest.evidence.outcome is Outcome.LATER
        return (RelationKind.UPDATED if later else RelationKind.DIVERGE), strongest.differ, strongest
    doubts = [w for w in weighed if w.open]
    if strongest.differ >= UNSURE_FROM or doubts:
        return RelationKind.UNSURE, strongest.differ, strongest if strongest.differ >= UNSURE_FROM else doubts[0]
    return _alike(agreeing, agreed_from)


def _alike(probability: float, agreed_from: float) -> tuple[RelationKind, float, None]:
    """Two claims between which nothing was found, by the probability that they tell the same."""
    if probability >= agreed_from:
        return RelationKind.AGREE, probability, None
    return RelationKind.UNSURE, 1.0 - probability, None


def _rank(weighed: Weighed) -> tuple[int, int]:
    """What goes first of evidence that is worth as much, whichever way round the sides stand."""
    evidence = weighed.evidence
    places = [span[0] for span in (evidence.a, evidence.b) if span]
    return -_STRENGTH[evidence.outcome], -sum(places)


def _between(sides: Sides, reasons: Sequence[Reason], kind: RelationKind) -> Between:
    """Who is at odds: the outlets, or the actors whose statements they report.

    Inside one article only actors can be. What an outlet dates, whom it names and how it calls him is its own telling;
    what is affirmed, counted or placed is the speaker's where both sides give one, and a denial always is.
    """
    outlets = sides.a_report.article.outlet, sides.b_report.article.outlet
    if sides.inside or (outlets[0] and outlets[0] == outlets[1]):
        return Between.ACTORS
    if not reasons or reasons[0].dimension in _TOLD_BY_OUTLETS:
        return Between.OUTLETS
    first, second = sides.a.speaker, sides.b.speaker
    if first and second:
        return Between.OUTLETS if first.key == second.key or _same_voice(first, second) else Between.ACTORS
    if reasons[0].dimension is Dimension.POLARITY and kind is RelationKind.CONFLICT and (first or second):
        return Between.ACTORS
    return Between.OUTLETS


def _same_voice(first: Speaker, second: Speaker) -> bool:
    """May an unnamed official or source be the one that the other report names?"""
    if ActorKind.UNNAMED not in (first.kind, second.kind):
        return False
    names = set(fold(first.name).split()), set(fold(second.name).split())
    return bool(names[0] & names[1] & _ANYBODY or names[0] <= names[1] or names[1] <= names[0]) or any(
        n & _ANYBODY for n in names
    )
