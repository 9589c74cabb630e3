"""When: two dates are compared when they date the same thing, at the coarser of their grains.

A date beside "said" or "announced" dates the announcement; any other dates the act it stands beside. A grain that holds
the other is detail (November 2016, 23 November 2016); midnight belongs to the day before it as well as to its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import thresholds
from app.core.records import Claim, DateMention, Dimension, Modality, Outcome, Reason
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, say_date
from app.core.relation.likeness import coverage
from app.core.relation.scan import Scan, modality_of, scan
from app.core.relation.wordlists import load_lists

__all__ = ["bounds", "compare_dates"]

_ANNOUNCED = "announced"
_PARTS = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}
_PART = re.compile(r"\b(?:" + "|".join(_PARTS) + r")\b")
_WHOLE = ""  # no verb near: the date belongs to the statement as a whole


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with what it dates: the announcement, an axis with its sign, or a verb's stem."""

    date: DateMention
    slot: str
    about: frozenset[str]
    midnight: bool
    ahead: bool  # of something still to come


def compare_dates(a: Claim, b: Claim, context: Context) -> Reason | None:
    """EXCLUDES when one thing is dated apart; DETAIL when one date holds the other; SAME when equal."""
    first, second = _dated(a), _dated(b)
    found: list[tuple[int, Outcome, _Dated, _Dated]] = []
    for p in first:
        for q in second:
            if not _one_thing(p, q, a, b):
                continue
            found.append((len(p.about & q.about), _outcome(p, q), p, q))
    if not found:
        return None
    agreeing = [f for f in found if f[1] in (Outcome.SAME, Outcome.DETAIL)]
    _, outcome, p, q = max(
        agreeing or found,
        key=lambda f: (
            f[1] is Outcome.SAME,
            f[0],
            a.start + b.start - f[2].date.start - f[3].date.start,
            _key(f[2], f[3]),
        ),
    )
    names = between_names(a, b, context)
    values = say_date(p.date.value, p.date.upto), say_date(q.date.value, q.date.upto)
    thing = "the announcement" if p.slot == _ANNOUNCED else "it"
    if outcome is Outcome.SAME:
        say = f"Both give {values[0]}."
    elif outcome is Outcome.DETAIL:
        say = f"{names[0]} gives {values[0]}, {names[1]} {values[1]}: one holds the other."
    else:
        say = f"{names[0]} dates {thing} {values[0]}; {names[1]} {values[1]}."
    return reason(Dimension.DATE, outcome, a, b, (p.date.start, p.date.end), (q.date.start, q.date.end), say)


def _key(p: _Dated, q: _Dated) -> tuple[str, str]:
    """An order of pairs that does not depend on which side is which."""
    first, second = sorted((p.date.value, q.date.value))
    return first, second


def _dated(claim: Claim) -> list[_Dated]:
    read = scan(claim.text)
    out = []
    for mention in claim.dates:
        start, end = mention.start - claim.start, mention.end - claim.start
        slot, verb = _slot(claim, read, start, end) or (_WHOLE, None)
        ahead = verb is not None and modality_of(read.words, verb) is Modality.FUTURE
        before = read.text[max(0, start - 18) : start].casefold()
        midnight = "midnight" in before or "midnight" in mention.text.casefold() or _minutes(mention.value) == 0
        out.append(_Dated(mention, slot, read.stems, midnight, ahead))
    return out


def _slot(claim: Claim, read: Scan, start: int, end: int) -> tuple[str, int] | None:
    """What the date dates, with its index: the nearest announcing word, axis or verb, counted in words."""
    lists = load_lists()
    position = next((i for i, w in enumerate(read.words) if w.end > start), None)
    after = next((i for i, w in enumerate(read.words) if w.start >= end), len(read.words))
    if position is None:
        return None
    verbs = {w.start - claim.start for w in claim.words if w.kind == "verb"}
    axes = {i: p for p in read.predicates for i in range(p.first, p.last + 1)}
    best: tuple[float, str, int] | None = None
    for i, word in enumerate(read.words):
        if position <= i < after:
            continue
        if word.stem in lists.announcing:
            name = _ANNOUNCED
        elif i in axes:
            name = axes[i].axis if axes[i].axis != "continuing" else f"continuing{axes[i].sign:+}"
        elif word.start in verbs:
            name = word.stem
        else:
            continue
        between = read.words[i + 1 : position] if i < position else read.words[after:i]
        distance = (
            float(len(between)) + 0.5 * (i > position) + 4.0 * sum(w.lower in lists.clause_marks for w in between)
        )
        if distance <= thresholds.DATE_REACH and (best is None or distance < best[0]):
            best = (distance, name, i)
    return best[1:] if best else None


def _one_thing(p: _Dated, q: _Dated, a: Claim, b: Claim) -> bool:
    """Announcements are one when what is announced is: they speak of one axis in one sense, or share enough words."""
    shared = len(p.about & q.about)
    if _WHOLE in (p.slot, q.slot):
        return coverage(a, b) >= thresholds.SAME_STATEMENT_COVERAGE and _ANNOUNCED not in (p.slot, q.slot)
    if p.slot != q.slot or (p.ahead != q.ahead and p.slot != _ANNOUNCED and _far(p.date, q.date)):
        return False
    if p.slot == _ANNOUNCED:
        axes_a = {(x.axis, x.sign) for x in scan(a.text).predicates}
        axes_b = {(x.axis, x.sign) for x in scan(b.text).predicates}
        if (
            any(x.axis == y[0] and x.sign != y[1] for x in scan(a.text).predicates for y in axes_b)
            and not axes_a & axes_b
        ):
            return False
        return bool(axes_a & axes_b) or shared > thresholds.SAME_THING_OVERLAP
    return shared > thresholds.SAME_THING_OVERLAP


def _far(p: DateMention, q: DateMention) -> bool:
    """Too far apart to be one occasion, once told as past and once as to come."""
    x, y = bounds(p), bounds(q)
    return max((x[0] - y[1]).days, (y[0] - x[1]).days) > thresholds.OCCASION_DAYS


def _outcome(p: _Dated, q: _Dated) -> Outcome:
    x, y = bounds(p.date), bounds(q.date)
    if x == y:
        return _same_days(p.date, q.date)
    if (x[0] <= y[0] and y[1] <= x[1]) or (y[0] <= x[0] and x[1] <= y[1]):
        return Outcome.DETAIL
    if x[0] <= y[1] and y[0] <= x[1]:  # "from 3 to 6 June", "from 4 to 7 June"
        return Outcome.DIFFERS if p.date.upto and q.date.upto else Outcome.DETAIL
    near = min(abs((x[1] - y[0]).days), abs((y[1] - x[0]).days)) <= 1
    if near and (p.midnight or q.midnight):
        return Outcome.DETAIL
    if any(d.approximate and not _part(d) for d in (p.date, q.date)):
        return Outcome.DIFFERS
    return Outcome.EXCLUDES


def _same_days(p: DateMention, q: DateMention) -> Outcome:
    """Days alike: are the times of day, and the parts of a longer span ("early 2019", "late 2019")?"""
    minutes = _minutes(p.value), _minutes(q.value)
    if None not in minutes and minutes[0] != minutes[1]:
        if p.grain == q.grain == "minute":
            apart = abs((minutes[0] or 0) - (minutes[1] or 0))
            return Outcome.DIFFERS if apart <= thresholds.CLOCK_SLACK else Outcome.EXCLUDES
        return Outcome.DETAIL if (minutes[0] or 0) // 60 == (minutes[1] or 0) // 60 else Outcome.EXCLUDES
    parts = _part(p), _part(q)
    if parts[0] and parts[1] and parts[0] != parts[1]:
        return Outcome.DIFFERS
    return Outcome.SAME if p.grain == q.grain else Outcome.DETAIL


def _minutes(value: str) -> int | None:
    """Minutes into the day; None when no time is given."""
    _, _, time = value.partition("T")
    if not time:
        return None
    hour, _, minute = time.partition(":")
    return 60 * int(hour) + int(minute or 0)


def _part(mention: DateMention) -> str:
    """Which part of its span a date names: "early", "mid", "late", or "" for no part."""
    found = _PART.search(mention.text.casefold())
    return _PARTS[found[0]] if found else ""


def bounds(mention: DateMention) -> tuple[date, date]:
    """First and last day that a date expression covers."""
    first, last = _days(mention.value)
    if mention.upto:
        last = max(last, _days(mention.upto)[1])
    return first, last


def _days(value: str) -> tuple[date, date]:
    parts = value.partition("T")[0].split("-")
    year = int(parts[0])
    if len(parts) == 1:
        return date(year, 1, 1), date(year, 12, 31)
    if parts[1].startswith("W"):
        monday = date.fromisocalendar(year, int(parts[1][1:]), 1)
        return monday, monday + timedelta(days=6)
    if parts[1].startswith("Q"):
        month = 3 * int(parts[1][1:]) - 2
        return date(year, month, 1), _month_end(year, month + 2)
    if len(parts) == 2:
        return date(year, int(parts[1]), 1), _month_end(year, int(parts[1]))
    day = date(year, int(parts[1]), int(parts[2]))
    return day, day


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
