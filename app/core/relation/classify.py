"""Reasons -> verdict. High likeness with a failed guard is a conflict candidate, never agreement.

What excludes decides before what differs, and that before what changed with time; but where an act is told to have changed
with time, another date or number beside it is part of that change and no conflict of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.records import ActorKind, Between, Claim, Dimension, Outcome, Reason, RelationKind, Speaker
from app.core.relation.context import Context, Guard
from app.core.relation.date import compare_dates
from app.core.relation.number import compare_numbers
from app.core.relation.parts import compare_parts
from app.core.relation.place import compare_places
from app.core.relation.polarity import compare_polarity
from app.core.relation.role import compare_roles
from app.core.relation.speaker import compare_speakers
from app.core.relation.wording import compare_wording
from app.core.text import fold

__all__ = ["GUARDS", "between", "classify", "collect"]

GUARDS: tuple[Guard, ...] = (
    compare_polarity,
    compare_dates,
    compare_numbers,
    compare_places,
    compare_parts,
    compare_roles,
    compare_speakers,
    compare_wording,
)
"""One a dimension, in the order in which reasons of equal weight are shown."""

_WEIGHT = {Outcome.EXCLUDES: 0, Outcome.DIFFERS: 1, Outcome.LATER: 2, Outcome.DETAIL: 3, Outcome.SAME: 4}
_KIND = {
    Outcome.EXCLUDES: RelationKind.CONFLICT,
    Outcome.DIFFERS: RelationKind.DIVERGE,
    Outcome.LATER: RelationKind.UPDATED,
}
_ANYBODY = frozenset(
    "official officials source sources spokesman spokeswoman spokesperson aide insider insiders".split()
)
_TOLD_BY_OUTLETS = (Dimension.DATE, Dimension.ROLE, Dimension.SPEAKER)


def collect(a: Claim, b: Claim, context: Context, guards: Sequence[Guard] = GUARDS) -> tuple[Reason, ...]:
    """Every guard's reason, the weightiest first."""
    found = [r for guard in guards if (r := guard(a, b, context)) is not None]
    return tuple(sorted(found, key=lambda r: _WEIGHT[r.outcome]))


def classify(reasons: Sequence[Reason]) -> RelationKind:
    """The kind that the reasons make; no reason against means that the two agree."""
    outcomes = {r.outcome for r in reasons}
    changed = any(r.outcome is Outcome.LATER and r.dimension is Dimension.POLARITY for r in reasons)
    if changed:
        return RelationKind.UPDATED
    for outcome in (Outcome.EXCLUDES, Outcome.DIFFERS, Outcome.LATER):
        if outcome in outcomes:
            return _KIND[outcome]
    return RelationKind.AGREE


def between(a: Claim, b: Claim, context: Context, reasons: Sequence[Reason]) -> Between:
    """Who is at odds: the outlets, or the actors whose statements they report.

    Inside one article only actors can be. What an outlet dates, whom it names and how it calls him is its own telling;
    what is affirmed, counted or placed is the speaker's where both sides give one, and a denial always is.
    """
    if context.inside or (context.a_article.outlet and context.a_article.outlet == context.b_article.outlet):
        return Between.ACTORS
    if not reasons or reasons[0].dimension in _TOLD_BY_OUTLETS:
        return Between.OUTLETS
    first, second = a.speaker, b.speaker
    if first and second:
        return Between.OUTLETS if first.key == second.key or _same_voice(first, second) else Between.ACTORS
    if reasons[0].dimension is Dimension.POLARITY and reasons[0].outcome is Outcome.EXCLUDES and (first or second):
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
