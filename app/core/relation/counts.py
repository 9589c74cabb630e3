"""What a number counts: its unit, the thing, and what happened to those counted ("killed", "arrested", "jobs")."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.core import thresholds
from app.core.claims.numbers import in_common_unit
from app.core.records import Claim, Hedge, NumberMention
from app.core.relation.scan import Scan, scan
from app.core.relation.wordlists import load_lists, stem

__all__ = ["ANYONE", "PEOPLE", "Count", "counted", "counts_of", "interval"]

PEOPLE = frozenset(
    stem(w)
    for w in "person people man men woman women passenger civilian soldier child children victim villager worker resident "
    "protester troop officer tourist student miner migrant patient".split()
)
_FATES = frozenset("dead injured missing arrested charged displaced rescued infected".split())
ANYONE = frozenset(stem(w) for w in "person people victim".split())


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts: its group ("dead"), its unit, and the thing's stem."""

    mention: NumberMention
    group: str | None
    grows: bool
    unit: str | None
    thing: str | None
    near: frozenset[str]
    low: float
    high: float


def counts_of(claim: Claim) -> list[Count]:
    read = scan(claim.text)
    out = []
    for mention in claim.numbers:
        factor, unit = in_common_unit(1.0, mention.unit)
        low, high = interval(mention)
        group, grows = _group(read, mention.start - claim.start, mention.end - claim.start)
        thing = stem(mention.counts) if mention.counts else None
        if thing in PEOPLE and unit is None:
            unit = "person"
        near = _near(read, mention.start - claim.start, mention.end - claim.start)
        out.append(Count(mention, group, grows, unit, thing, near, low * factor, high * factor))
    return out


def counted(claim: Claim) -> frozenset[str]:
    """What is counted of people in a claim: the names of the groups ("dead", "injured")."""
    return frozenset(c.group for c in counts_of(claim) if c.group in _FATES)


def _near(read: Scan, start: int, end: int) -> frozenset[str]:
    first = next((i for i, w in enumerate(read.words) if w.end > start), 0)
    last = next((i for i, w in enumerate(read.words) if w.start >= end), len(read.words))
    reach = thresholds.COUNTED_REACH
    window = (*read.words[max(0, first - reach) : first], *read.words[last : last + reach])
    return frozenset(w.stem for w in window if w.content and not w.lower[0].isdigit())


def _group(read: Scan, start: int, end: int) -> tuple[str | None, bool]:
    """The nearest word that says what happened to those counted; words after the number go before words before it."""
    words = read.words
    first = next((i for i, w in enumerate(words) if w.end > start), 0)
    last = next((i for i, w in enumerate(words) if w.start >= end), len(words))
    marks = load_lists().clause_marks
    best: tuple[float, str, bool] | None = None
    for i, word in enumerate(words):
        if first <= i < last:
            continue
        for row, group in load_lists().groups.get(word.lower, ()):
            if tuple(w.lower for w in words[i : i + len(row)]) != row:
                continue
            span = words[last:i] if i >= last else words[i + len(row) : first]
            distance = float(len(span)) + 3 * sum(w.lower in marks or w.lower in ("and", "while", "but") for w in span)
            distance += 1.5 * any(w.lower[0].isdigit() for w in span) + 3 * (not group.strong)
            if distance <= thresholds.COUNTED_REACH and (best is None or (distance, group.name) < best[:2]):
                best = (distance, group.name, group.grows)
    return (best[1], best[2]) if best else (None, False)


def interval(mention: NumberMention) -> tuple[float, float]:
    """The values that a number with its hedge leaves open, in its unit."""
    low, high = mention.value, mention.upto if mention.upto is not None else mention.value
    if mention.hedge is Hedge.AT_LEAST:
        return low, math.inf
    if mention.hedge is Hedge.AT_MOST:
        return 0.0, high
    if mention.hedge is Hedge.ABOUT:
        return low - thresholds.ABOUT_SHARE * abs(low), high + thresholds.ABOUT_SHARE * abs(high)
    return low, high
