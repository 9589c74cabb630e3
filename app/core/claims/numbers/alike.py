"""Whether two numbers may be held against each other, and which values a number leaves open."""

from __future__ import annotations

import math
from collections.abc import Iterable

from app.core.claims.numbers.units import in_common_unit, kind_of_unit
from app.core.claims.numbers.words import is_person, may_be_person
from app.core.lexicon.load import word_set
from app.core.records import Claim, Hedge, NumberMention, NumberRole
from app.core.thresholds import ABOUT_SHARE

__all__ = ["change", "number_bounds", "numbers_alike", "numbers_apart", "stated_numbers", "stated_values"]

_ANYONE = frozenset({"person", "victim", "other", "soul", "life", "man", "human"})
_TOLD_APART = frozenset({NumberRole.SCORE})  # of which game or vote, the record does not say


def numbers_alike(a: NumberMention, b: NumberMention, *, loosely: bool = False) -> bool:
    """Whether both tell the same of the same kind of thing, so that they agree or differ; what parts them is not looked at.

    One role, one kind of unit, one fate, one base ("a share"), one thing counted; of an age one person, of a share one whole. An
    amount must say what it measures, and people what became of them or what they make up: "$5" and "$6", or "five people" and
    "12 people", may be of anything. `loosely`: people go by any name; 12 people dead and 12 soldiers dead may be the same, but
    12 people and 10 soldiers do not differ, for the ten may be some of the 12.
    """
    if _role(a) is not _role(b) or a.role in _TOLD_APART or a.fate != b.fate or a.per != b.per:
        return False
    people = _counts_people(a) and _counts_people(b)
    if in_common_unit(1, a.unit)[1] != in_common_unit(1, b.unit)[1] and not people:
        return False
    if (
        not _same_thing(a.counts, b.counts, loosely=loosely)
        or not _same_thing(a.of, b.of, loosely=loosely)
        or (a.measure and b.measure and a.measure != b.measure)
    ):
        return False
    one_measure = a.measure is not None and a.measure == b.measure
    if a.role is NumberRole.AGE:
        return a.of is not None and a.of == b.of
    if people:
        return a.fate is not None or one_measure or a.counts == b.counts != "person"
    return one_measure or ((a.counts or a.of) is not None and (a.counts, a.of) == (b.counts, b.of))


def numbers_apart(a: NumberMention, b: NumberMention) -> bool:
    """Whether two counts are surely of two things: of people and of what is none, or of people with two fates that no one shares."""
    apart = word_set("counted", "apart")
    if a.fate in apart and b.fate in apart and a.fate != b.fate:
        return True
    kinds = _kind_counted(a), _kind_counted(b)
    return None not in kinds and kinds[0] != kinds[1]


def _kind_counted(n: NumberMention) -> str | None:
    if _counts_people(n):
        return "person"
    return "thing" if n.counts is not None and n.unit is None and not may_be_person(n.counts) else None


def _role(n: NumberMention) -> NumberRole:
    return NumberRole.RISE if n.role is NumberRole.FALL else n.role


def _counts_people(n: NumberMention) -> bool:
    return n.unit in {None, "person"} and is_person(n.counts)


def _same_thing(a: str | None, b: str | None, *, loosely: bool) -> bool:
    if a == b or a is None or b is None or (a in _ANYONE and b in _ANYONE):
        return True
    return loosely and ((a in _ANYONE and is_person(b)) or (b in _ANYONE and is_person(a)))


def number_bounds(n: NumberMention) -> tuple[float, float]:
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


def stated_numbers(claims: Iterable[Claim]) -> tuple[NumberMention, ...]:
    """The numbers that claims give, without those that they say it is not."""
    return tuple(n for c in claims for n in c.numbers if n.role is not NumberRole.DENIED)


def stated_values(claims: Iterable[Claim]) -> frozenset[float]:
    """The values of these."""
    return frozenset(n.value for n in stated_numbers(claims))
