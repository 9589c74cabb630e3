"""How many: two numbers are compared when they count one thing, as intervals that hedges open.

What a number counts is what stands beside it: killed, injured, arrested, a unit, the thing counted. Numbers of different
things are never compared. "At least 20" leaves room above, "about 200" on both sides, a round number stands for its like.
"""

from __future__ import annotations

import re

from app.core import thresholds
from app.core.records import Claim, Dimension, Hedge, NumberMention, Outcome, Reason
from app.core.relation.context import Context
from app.core.relation.counts import ANYONE, PEOPLE, Count, counts_of
from app.core.relation.evidence import between_names, reason
from app.core.relation.likeness import coverage, different_subjects
from app.core.relation.scan import scan

__all__ = ["compare_numbers"]

_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|tens of|millions|several|a few|many|handful)\b")
_FALLING = frozenset({"missing"})  # as people are found
_MOVED = re.compile(
    r"\b(?:grown|grew|risen|rose|climbed|jumped|swelled|reduced|cut|lowered|raised|revised|fallen|fell|increased|doubled|reached|shortened|extended)\b[^.;,]{0,60}$"
)


def compare_numbers(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when no number fits both, LATER when a growing count grew with time, DETAIL when one is rougher."""
    alike = coverage(a, b) >= thresholds.SAME_STATEMENT_COVERAGE
    meeting = [
        (p, q)
        for p in counts_of(a)
        for q in counts_of(b)
        if (_comparable(p, q, alike) and _one_subject(a, p, b, q)) or _equal(p, q)
    ]
    if not meeting:
        return None
    judged = [(_outcome(p, q, a, b, context), p, q) for p, q in meeting]
    good = [j for j in judged if j[0] in (Outcome.SAME, Outcome.DETAIL)]
    settled_a = {j[1].mention.start for j in good}
    settled_b = {j[2].mention.start for j in good}
    bad = [
        j
        for j in judged
        if j[0] not in (Outcome.SAME, Outcome.DETAIL)
        and j[1].mention.start not in settled_a
        and j[2].mention.start not in settled_b
    ]
    rank = [Outcome.EXCLUDES, Outcome.DIFFERS, Outcome.LATER, Outcome.DETAIL, Outcome.SAME]
    outcome, p, q = min(
        bad or good or judged,
        key=lambda j: (
            rank.index(j[0]),
            -len(j[1].near & j[2].near),
            j[1].mention.start - a.start + j[2].mention.start - b.start,
            sorted((j[1].low, j[2].low)),
        ),
    )
    if not bad and not good:
        return None
    names = between_names(a, b, context)
    words = p.mention.text, q.mention.text
    thing = f" {p.group}" if p.group in ("dead", "injured", "missing", "arrested", "infected", "rescued") else ""
    if outcome is Outcome.SAME:
        say = f"Both give {words[0]}."
    elif outcome is Outcome.DETAIL:
        say = f"{names[0]} says {words[0]}, {names[1]} {words[1]}: both can hold."
    elif outcome is Outcome.LATER:
        say = f"The count{thing and f' of the {p.group}'} went from {_order(words, p, q, context)}."
    else:
        say = f"{names[0]} counts {words[0]}{thing}; {names[1]} {words[1]}."
    return reason(
        Dimension.NUMBER, outcome, a, b, (p.mention.start, p.mention.end), (q.mention.start, q.mention.end), say
    )


def _order(words: tuple[str, str], p: Count, q: Count, context: Context) -> str:
    gap = context.days_between or 0
    first = gap > 0 or (gap == 0 and p.low <= q.low)
    return f"{words[0]} to {words[1]}" if first else f"{words[1]} to {words[0]}"


def _comparable(p: Count, q: Count, alike: bool) -> bool:
    if p.unit != q.unit and not (p.group and p.group == q.group and {p.unit, q.unit} <= {None, "person"}):
        return False
    if p.group != q.group:
        return False
    if p.thing and q.thing and p.thing != q.thing:
        people = p.thing in PEOPLE and q.thing in PEOPLE
        if not (people and (p.thing in ANYONE or q.thing in ANYONE)) and p.group is None:
            return False
        if people and p.thing not in ANYONE and q.thing not in ANYONE:
            return False
        if not people and p.group is not None and not {p.thing, q.thing} & ANYONE:
            return False
    if p.group:
        return True
    shared = len(p.near & q.near)
    if shared > thresholds.SAME_THING_OVERLAP:
        return True
    return bool(shared and ((p.thing and p.thing == q.thing) or (alike and p.unit)))


def _equal(p: Count, q: Count) -> bool:
    """The same amount of the same unit beside shared words agrees, whatever it measures."""
    same = p.unit is not None and p.unit == q.unit and (p.low, p.high) == (q.low, q.high)
    return same and p.unit != "person" and bool(p.near & q.near)


def _one_subject(a: Claim, p: Count, b: Claim, q: Count) -> bool:
    places = [
        next((i for i, w in enumerate(scan(c.text).words) if c.start + w.end > x.mention.start), 0)
        for c, x in ((a, p), (b, q))
    ]
    return not different_subjects(a, places[0], b, places[1])


def _outcome(p: Count, q: Count, a: Claim, b: Claim, context: Context) -> Outcome:
    m, n = p.mention, q.mention
    if (p.low, p.high) == (q.low, q.high):
        return Outcome.SAME
    floors = m.hedge is Hedge.AT_LEAST or n.hedge is Hedge.AT_LEAST
    rough = max(p.low, q.low) <= min(p.high, q.high) or _rounded(m, n) or _converted(p, q)
    ratio = max(p.low, q.low) / max(1e-9, min(p.low, q.low))
    vague = any(_VAGUE.search(x.text.casefold()) for x in (m, n))
    if rough and not (floors and not vague and ratio > thresholds.NUMBER_FLOOR_RATIO):
        return Outcome.DETAIL
    if _grew(p, q, context) or _said_to_change(p, q, a, b, context):
        return Outcome.LATER
    hazy = all(_VAGUE.search(x.text.casefold()) for x in (m, n))  # dozens here, hundreds there
    return Outcome.DIFFERS if rough or hazy else Outcome.EXCLUDES


def _grew(p: Count, q: Count, context: Context) -> bool:
    """A toll rightly rises: the later report gives more, or says itself that the count changed."""
    gap = context.days_between
    if gap and p.group in _FALLING:
        return (gap > 0) == (q.low < p.low)
    return bool(gap and p.grows and (gap > 0) == (q.low > p.low))


def _said_to_change(p: Count, q: Count, a: Claim, b: Claim, context: Context) -> bool:
    """The later report says itself that the count moved: "has grown to", "reduced to", "have now"."""
    gap = context.days_between
    if not gap:
        return False
    last, count = (b, q) if gap > 0 else (a, p)
    before = scan(last.text).text[: count.mention.start - last.start].casefold()
    return scan(last.text).later or bool(_MOVED.search(before))


def _rounded(m: NumberMention, n: NumberMention) -> bool:
    """Is one the other, written round: 12,000 for 12,340; 4 for 4.2."""
    for rough, exact in ((m.value, n.value), (n.value, m.value)):
        step = _step(rough, exact)
        if step and abs(rough - exact) <= min(step / 2, thresholds.ROUND_SHARE * abs(rough)):
            return True
    return False


def _step(value: float, other: float) -> float:
    if value != int(value):
        digits = len(f"{value:g}".partition(".")[2])
        return 10.0**-digits
    if other != int(other) and abs(value) < 100:
        return 1.0
    step: float = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step if step >= 100 or (step >= 10 and value >= 1000) else 0.0


def _converted(p: Count, q: Count) -> bool:
    if p.mention.unit == q.mention.unit:
        return False
    return abs(p.low - q.low) <= thresholds.CONVERSION_SHARE * max(abs(p.low), abs(q.low))
