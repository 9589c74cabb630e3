"""How many: two numbers are held against each other when they tell the same of the same thing, by one measure.

What a number counts, what became of those counted, what it measures and of what is read with it (`claims/numbers`); here only
values are compared, as the intervals that hedges and roundness leave open. Equal values settle the numbers they stand in,
where they can be of one thing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, pairwise, product

from app.core.claims.numbers.alike import change, number_bounds, numbers_alike, numbers_apart
from app.core.claims.numbers.units import in_common_unit, kind_of_unit
from app.core.claims.numbers.words import may_be_person
from app.core.claims.numbers.written import VAGUE
from app.core.records import Claim, Dimension, Hedge, NumberMention, NumberRole, Outcome
from app.core.relation.likeness import common_act, ramp, rest, share, stems_near
from app.core.relation.say import between_names, hedged, thing_counted
from app.core.relation.sides import Evidence, Sides, foremost
from app.core.thresholds import (
    CLOSE_RATIO,
    CONVERSION_SHARE,
    FAR_RATIO,
    MORE_THAN_STEPS,
    NEAR_WORDS,
    ROUND_SHARE,
    UPDATE_DAYS,
    VAGUE_REACH,
)

__all__ = ["compare_numbers", "meet"]

_GROWING = frozenset(
    {"dead", "injured", "displaced", "infected", "arrested", "rescued", "destroyed", "damaged", "affected"}
)
_SHRINKING = frozenset({"missing"})  # as people are found
_EITHER_WAY = frozenset({"hospitalised"})  # some are brought in, others go home
_OF_A_DAY = frozenset({"share_price", "market_value"})  # measures that are others tomorrow
_IN_OTHER_WORDS = frozenset(
    {" (", " (about ", " (some ", " (around ", " (nearly ", " (roughly ", ", or ", ", or about "}
)


def compare_numbers(sides: Sides) -> list[Evidence]:
    """SAME or DETAIL where values meet; EXCLUDES where they cannot both hold, DIFFERS of two "more than", LATER where a count moved."""
    if two := _of_two_things(sides):
        return [_differ(sides, p, q, two_things=True) for p, q in foremost(sides, two)]
    pairs = [(p, q) for p, q in product(sides.a.numbers, sides.b.numbers) if _one_kind(p, q)]
    meeting = [(p, q) for p, q in pairs if meet(p, q)]
    again = _written_again(sides.a) | _written_again(sides.b)
    settled = {id(n) for pair in meeting if not numbers_apart(*pair) for n in pair}
    settled |= _adding_up(sides.a.numbers, sides.b.numbers) | _adding_up(sides.b.numbers, sides.a.numbers)
    settled |= {id(n) for first, second in again.values() if settled & {id(first), id(second)} for n in (first, second)}
    out = [_agree(sides, p, q) for p, q in foremost(sides, [m for m in meeting if numbers_alike(*m, loosely=True)])]
    out += [
        _differ(sides, p, q)
        for p, q in pairs
        if not {id(p), id(q)} & (settled | again.keys()) and not meet(p, q) and not _changes_meet(p, q)
    ]
    return out


def _of_two_things(sides: Sides) -> list[tuple[NumberMention, NumberMention]]:
    """The numbers of two claims that count two things, of which neither's main act is told by the other: "12 were injured", "12 houses
    were damaged".
    """
    pairs = list(product(sides.a.numbers, sides.b.numbers))
    if not all(numbers_apart(p, q) for p, q in pairs):
        return []
    told = common_act(sides.a.actions[:1], sides.b.acts) or common_act(sides.a.acts, sides.b.actions[:1])
    return [] if told else pairs


def _adding_up(whole: Sequence[NumberMention], parts: Sequence[NumberMention]) -> set[int]:
    """A count that is the sum of two of the other side, and these two: "140 politicians", "12 leaders and 128 other politicians"."""
    counted = [
        n for n in parts if n.role is NumberRole.AMOUNT and n.hedge is Hedge.EXACT and n.unit in {None, "person"}
    ]
    return {
        id(n)
        for x, y in combinations(counted, 2)
        for total in whole
        if total.value == x.value + y.value and all(numbers_alike(total, n, loosely=True) for n in (x, y))
        for n in (total, x, y)
    }


def _written_again(claim: Claim) -> dict[int, tuple[NumberMention, NumberMention]]:
    """The numbers that only put the one before them in another unit, "770 kilometers (480 miles)", each with the one before it."""
    return {
        id(second): (first, second)
        for first, second in pairwise(claim.numbers)
        if claim.text[first.end - claim.start : second.start - claim.start] in _IN_OTHER_WORDS
        and kind_of_unit(first.unit) == kind_of_unit(second.unit) is not None
    }


def meet(p: NumberMention, q: NumberMention) -> bool:
    """Whether some value fits both: intervals that overlap, one the other written round, or the same in another unit.

    "More than 26,000" is said of hardly more than that (Cummins, Sauerland and Solt 2012), so two such figures may be apart.
    """
    (low, high), (least, most) = number_bounds(p), number_bounds(q)
    if p.hedge is q.hedge is Hedge.AT_LEAST:
        high, most = (in_common_unit(_hardly_more(n), n.unit)[0] for n in (p, q))
    if max(low, least) <= min(high, most):
        return True
    if p.hedge is Hedge.AT_LEAST or q.hedge is Hedge.AT_LEAST:
        return False
    x, y = in_common_unit(p.value, p.unit)[0], in_common_unit(q.value, q.unit)[0]
    if p.unit != q.unit:
        return abs(x - y) <= CONVERSION_SHARE * max(abs(x), abs(y))
    return _written_round(p.value, q.value) or _written_round(q.value, p.value)


def _hardly_more(n: NumberMention) -> float:
    """Up to where "more than" so many reaches, and "dozens" or "hundreds of thousands"."""
    vague = any(word in VAGUE for word in n.text.casefold().split())
    return VAGUE_REACH * n.value if vague else n.value + MORE_THAN_STEPS * _step(n.value)


def _written_round(rough: float, exact: float) -> bool:
    """12,000 stands for 12,340, 1.5 for 1.48; exact counts stand for themselves.

    >>> _written_round(12000, 12340), _written_round(100, 112), _written_round(6, 6.1), _written_round(1.5, 1.48)
    (True, False, False, True)
    """
    if rough != int(rough):
        step = 10.0 ** -len(f"{rough:g}".partition(".")[2])
        return f"{exact:g}" != f"{rough:g}" and len(f"{exact:g}") > len(f"{rough:g}") and abs(rough - exact) <= step / 2
    if rough < 1000:
        return False
    step = _step(rough)
    return step > 1 and exact % step != 0 and abs(rough - exact) <= min(step / 2, ROUND_SHARE * abs(rough))


def _step(value: float) -> float:
    """The step in which a number seems to be given: 1,000 for 26,000, 1 for 31 and for what is no whole number."""
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _one_kind(p: NumberMention, q: NumberMention) -> bool:
    """May the two be of one thing at all: one role and one kind of unit?"""
    if (change(p) is not None) and (change(q) is not None):
        return p.of == q.of and p.measure == q.measure
    if p.role is not q.role or p.role in {NumberRole.SCORE, NumberRole.DENIED}:
        return False
    if p.role is q.role is NumberRole.AGE and p.of is not None and q.of is not None and not _one_bearer(p.of, q.of):
        return False
    if any(n.value == 1 and n.fate is None is not m.fate for n, m in ((p, q), (q, p))):
        return False  # "one victim was counted twice" is no toll
    x, y = in_common_unit(1, p.unit)[1], in_common_unit(1, q.unit)[1]
    return x == y or {x, y} <= {None, "person"}


def _one_bearer(a: str, b: str) -> bool:
    """May two ages be of one person: what bears them is called alike, or one of the two by no name ("the driver")?"""
    return a == b or may_be_person(a) or may_be_person(b)


def _parted(p: NumberMention, q: NumberMention) -> bool:
    """Does something that was read with both tell them apart, or a fate that only one has?"""
    pairs = (p.fate, q.fate), (p.measure, q.measure), (p.of, q.of), (p.per, q.per)
    apart = any(one is not None and other is not None and one != other for one, other in pairs)
    return apart or (p.fate is None) != (q.fate is None)


def _changes_meet(p: NumberMention, q: NumberMention) -> bool:
    x, y = change(p), change(q)
    return x is not None and y is not None and abs(x - y) <= CONVERSION_SHARE * max(abs(x - 1), abs(y - 1))


def _agree(sides: Sides, p: NumberMention, q: NumberMention) -> Evidence:
    same = number_bounds(p) == number_bounds(q)
    names = between_names(sides)
    say = f"Both give {p.text}." if same else f"{names[0]} says {hedged(p)}, {names[1]} {hedged(q)}: both can hold."
    outcome = Outcome.SAME if same else Outcome.DETAIL
    return Evidence("", Dimension.NUMBER, outcome, (p.start, p.end), (q.start, q.end), say, {})


def _differ(sides: Sides, p: NumberMention, q: NumberMention, *, two_things: bool = False) -> Evidence:
    spans = (p.start, p.end), (q.start, q.end)
    gap = sides.days_between or 0
    denied = _denies(sides.a, q), _denies(sides.b, p)
    corrected = denied[0] if gap < 0 else denied[1]
    moved = abs(gap) >= UPDATE_DAYS and (corrected or _moved(p, q, gap))
    at_least = p.hedge is q.hedge is Hedge.AT_LEAST
    outcome = Outcome.LATER if moved else Outcome.DIFFERS if at_least or two_things else Outcome.EXCLUDES
    around = [stems_near(c, s, NEAR_WORDS) for c, s in ((sides.a, spans[0]), (sides.b, spans[1]))]
    alone = not sides.b_report.gives(p) and not sides.a_report.gives(q)
    one_thing = p.counts is not None and p.counts == q.counts
    read_alike = (p.fate is not None and p.fate == q.fate) or (p.measure is not None and p.measure == q.measure)
    signs = {
        "alone": float(alone and not two_things),
        "close": 0.0 if two_things else ramp(_ratio(p.value, q.value), FAR_RATIO, CLOSE_RATIO),
        "near": ramp(share(*around), 0.0, 0.5),
        "one_thing": float(one_thing or read_alike or p.role is NumberRole.AGE),
        "alike": float(numbers_alike(p, q)),
        "loosely": float(numbers_alike(p, q, loosely=True)),
        "parted": float(two_things or _parted(p, q)),
        "two_things": float(two_things),
        "one_unit": float(p.unit not in {None, "person"} and p.unit == q.unit),
        "few": ramp(math.log(len(sides.a.numbers) * len(sides.b.numbers)), 2.5, 0.0),
        "rest": rest(sides.a, sides.b, [spans[0]], [spans[1]]),
        "moved": float(moved),
        "denied": float(any(denied)),
    }
    return Evidence("number", Dimension.NUMBER, outcome, *spans, _say(sides, p, q, outcome, gap), signs)


def _denies(claim: Claim, other: NumberMention) -> bool:
    """Whether a claim says that it is not the other side's number: "ten and not eleven"."""
    return any(n.role is NumberRole.DENIED and meet(n, other) for n in claim.numbers)


def _ratio(x: float, y: float) -> float:
    """How many times the one is the other, as a logarithm, up to twenty times."""
    return min(3.0, abs(math.log(max(abs(x), 1e-6) / max(abs(y), 1e-6))))


def _moved(p: NumberMention, q: NumberMention, gap: int) -> bool:
    """A toll rightly rises: the later report gives more, or fewer where what is counted is found; a share price moves anyhow."""
    if p.measure is not None and p.measure == q.measure and p.measure in _OF_A_DAY:
        return True
    if p.fate != q.fate:
        return False
    if p.fate in _EITHER_WAY:
        return True
    if p.fate in _SHRINKING:
        return (gap > 0) == (q.value < p.value)
    return p.fate in _GROWING and (gap > 0) == (q.value > p.value)


def _say(sides: Sides, p: NumberMention, q: NumberMention, outcome: Outcome, gap: int) -> str:
    thing = thing_counted(p, q)
    if outcome is Outcome.LATER:
        first, last = (p, q) if gap > 0 else (q, p)
        return f"The number{thing} went from {hedged(first)} to {hedged(last)}."
    names = between_names(sides)
    return f"{names[0]} gives {hedged(p)}{thing}; {names[1]} {hedged(q)}."
