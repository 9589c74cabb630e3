"""Whether two numbers may be held against each other, and which values a number leaves open."""

from __future__ import annotations

import math

from app.core.claims.numbers.units import in_common_unit, kind_of_unit
from app.core.claims.numbers.words import is_person
from app.core.records import Hedge, NumberMention, NumberRole
from app.core.thresholds import ABOUT_SHARE

__all__ = ["alike", "bounds", "change"]

_ANYONE = frozenset({"person", "victim", "other", "soul", "man", "human"})


def alike(a: NumberMention, b: NumberMention) -> bool:
    """Whether both tell the same of the same kind of thing: one role, unit, thing, fate, measure, whole and base.

    What one leaves unsaid does not part them, but a fate does: 45 people are no 45 dead. Numbers that say nothing of what
    they count are alike to none.
    """
    one_unit = in_common_unit(1, a.unit)[1] == in_common_unit(1, b.unit)[1]
    if _role(a) is not _role(b) or not (one_unit or (_counts_people(a) and _counts_people(b))):
        return False
    if a.fate != b.fate or a.per != b.per:
        return False
    if not _same_thing(a.counts, b.counts) or (a.of and b.of and not _same_thing(a.of, b.of)):
        return False
    if a.measure != b.measure and a.measure and b.measure:
        return False
    return bool(a.unit or a.counts or a.fate) and (
        a.role is not NumberRole.SCORE or (a.upto is None) == (b.upto is None)
    )


def _role(n: NumberMention) -> NumberRole:
    return NumberRole.RISE if n.role in {NumberRole.RISE, NumberRole.FALL} else n.role


def _counts_people(n: NumberMention) -> bool:
    return (n.unit is None or n.unit == "person") and is_person(n.counts)


def _same_thing(a: str | None, b: str | None) -> bool:
    if a == b or a is None or b is None:
        return True
    return (a in _ANYONE and is_person(b)) or (b in _ANYONE and is_person(a))


def bounds(n: NumberMention) -> tuple[float, float]:
    """The least and the most that a number with its hedge leaves open, in the common unit of its kind."""
    low, high = n.value, n.upto if n.upto is not None else n.value
    if n.hedge is Hedge.AT_LEAST:
        high = math.inf
    elif n.hedge is Hedge.AT_MOST:
        low = -math.inf if kind_of_unit(n.unit) in {"heat", "share"} else 0.0
    elif n.hedge is Hedge.ABOUT:
        low, high = low - ABOUT_SHARE * abs(low), high + ABOUT_SHARE * abs(high)
    return in_common_unit(low, n.unit)[0], in_common_unit(high, n.unit)[0]


def change(n: NumberMention) -> float | None:
    """By which factor something changed, when a number tells so: 0.5 for "halved", 0.67 for "fell by a third"; else None."""
    if n.role is NumberRole.MULTIPLE:
        return n.value
    value, unit = in_common_unit(n.value, n.unit)
    if unit != "share" or n.role not in {NumberRole.RISE, NumberRole.FALL}:
        return None
    return 1 + value if n.role is NumberRole.RISE else 1 - value
