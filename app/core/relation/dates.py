"""When: two dates are held against each other when they date the same thing, at the coarser of their grains.

What a date dates is read with it (`DateMention.event`). A grain that holds the other is detail (November 2016, 23 November
2016); midnight belongs to the day before it as well as to its own; times of day are compared as instants or in one zone.
"""

from __future__ import annotations

from itertools import product

from app.core.claims.dates.instants import instant, same_clock
from app.core.records import Claim, DateMention, Dimension, Modality, Outcome
from app.core.relation.likeness import ramp, rest, share, stems_near
from app.core.relation.open_dates import around_then, date_bounds, is_relative, said_alike
from app.core.relation.say import between_names, say_date
from app.core.relation.sides import Evidence, Sides, foremost
from app.core.text import stem
from app.core.thresholds import CLOCK_SLACK, CLOSE_DATES, FAR_DATES, NEAR_WORDS

__all__ = ["compare_dates"]

_PARTS = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}


def compare_dates(sides: Sides) -> list[Evidence]:
    """SAME or DETAIL where one date holds the other; EXCLUDES where one thing is dated apart, LATER where it was put off."""
    judged = [(outcome, p, q) for p, q in product(sides.a.dates, sides.b.dates) if (outcome := _outcome(p, q))]
    good = [(p, q) for outcome, p, q in judged if outcome in {Outcome.SAME, Outcome.DETAIL}]
    alike = [pair for pair in product(sides.a.dates, sides.b.dates) if said_alike(*pair)]
    settled = {id(d) for pair in (*good, *alike) for d in pair}
    out = [_agree(sides, p, q) for p, q in foremost(sides, good)]
    return out + [
        _differ(sides, p, q)
        for outcome, p, q in judged
        if outcome in {Outcome.EXCLUDES, Outcome.DIFFERS} and id(p) not in settled and id(q) not in settled
    ]


_PRINTING = frozenset("report write publish print air broadcast".split())
"""Each outlet does these for itself: two days of them are no two accounts of one."""


def _agree(sides: Sides, p: DateMention, q: DateMention) -> Evidence:
    names, outcome = between_names(sides), _outcome(p, q) or Outcome.SAME
    if outcome is Outcome.SAME:
        say = f"Both give {say_date(p)}."
    else:
        say = f"{names[0]} gives {say_date(p)}, {names[1]} {say_date(q)}: one holds the other."
    return Evidence("", Dimension.DATE, outcome, (p.start, p.end), (q.start, q.end), say, {})


def _differ(sides: Sides, p: DateMention, q: DateMention) -> Evidence:
    spans = (p.start, p.end), (q.start, q.end)
    gap = sides.days_between or 0
    put_off = bool(gap) and (_ahead(sides.a, p) or _ahead(sides.b, q))
    around = [stems_near(c, s, NEAR_WORDS) for c, s in ((sides.a, spans[0]), (sides.b, spans[1]))]
    signs = {
        "alone": float(p.value not in sides.b_report.days and q.value not in sides.a_report.days),
        "one_event": float(_one_event(p, q)),
        "near": ramp(share(*around), 0.0, 0.5),
        "close": ramp(_units_apart(p, q), FAR_DATES, CLOSE_DATES),
        "relative": float(is_relative(p) or is_relative(q)),
        "guessed": float((p.yearless or q.yearless) and p.value[:4] != q.value[:4]),
        "bounds": float(bool(p.bound and q.bound and p.bound != q.bound)),
        "printed": float({p.event, q.event} <= _PRINTING),
        "rest": rest(sides.a, sides.b, [spans[0]], [spans[1]]),
    }
    names = between_names(sides)
    outcome = Outcome.LATER if put_off else _outcome(p, q) or Outcome.EXCLUDES
    told = [{"by": "by ", "from": "not before "}.get(d.bound or "", "") + say_date(d) for d in (p, q)]
    say = f"{names[0]} says {told[0]}; {names[1]} {told[1]}."
    return Evidence("date", Dimension.DATE, outcome, *spans, say, signs)


def _ahead(claim: Claim, mention: DateMention) -> bool:
    """Is what the date dates still to come?"""
    acts = [a for a in claim.acts if mention.event_at is not None and a.start <= mention.event_at < a.end]
    return any(a.modality is Modality.FUTURE for a in acts)


def _outcome(p: DateMention, q: DateMention) -> Outcome | None:
    if any(d.bound for d in (p, q)) and any("T" in d.value for d in (p, q)):
        return None  # "by 6 p.m.", "after 9": what was so at another time may be so by then
    if any(d.value.startswith("T") for d in (p, q)):  # of no day
        return _clocks(p, q) if "T" in p.value and "T" in q.value else None
    if p.bound != q.bound:
        return _bounds(p, q)
    x, y = date_bounds(p), date_bounds(q)
    if x == y:
        return _same_days(p, q)
    if max(x[0], y[0]) <= min(x[1], y[1]):
        return Outcome.DETAIL
    if around_then(p, q):
        return None
    near_by = min(abs((x[1] - y[0]).days), abs((y[1] - x[0]).days)) <= 1
    midnight = any("midnight" in d.text.casefold() or d.value.endswith(("T00", "T00:00")) for d in (p, q))
    if near_by and midnight:
        return Outcome.DETAIL
    if near_by and "T" in p.value and "T" in q.value:
        return _clocks(p, q)
    return Outcome.EXCLUDES


_UNITS = {"year": 365, "quarter": 91, "month": 30, "week": 7, "day": 1}


def _units_apart(p: DateMention, q: DateMention) -> float:
    """How far two dates lie apart, in units of the coarser of their grains; times of day in hours."""
    days = max(_UNITS.get(d.grain, 0) for d in (p, q))
    if days and not any(d.value.startswith("T") for d in (p, q)):
        return abs((date_bounds(p)[0] - date_bounds(q)[0]).days) / days
    return abs(_minutes(p) - _minutes(q)) / 60


def _bounds(p: DateMention, q: DateMention) -> Outcome | None:
    """A deadline or an earliest day against a day: both can hold or not. A deadline against an earliest day of one thing differs."""
    if p.bound and q.bound:
        return Outcome.DIFFERS if None in (p.event, q.event) or _one_event(p, q) else None
    bound, day = (p, q) if p.bound else (q, p)
    first, last = date_bounds(day)
    holds = first <= date_bounds(bound)[1] if bound.bound == "by" else last >= date_bounds(bound)[0]
    return Outcome.DETAIL if holds else Outcome.EXCLUDES


def _one_event(p: DateMention, q: DateMention) -> bool:
    return p.event is not None and q.event is not None and stem(p.event) == stem(q.event)


def _same_days(p: DateMention, q: DateMention) -> Outcome | None:
    if "T" in p.value and "T" in q.value and p.value != q.value:
        return _clocks(p, q)
    parts = [next((_PARTS[w] for w in d.text.casefold().split() if w in _PARTS), "") for d in (p, q)]
    if parts[0] and parts[1] and parts[0] != parts[1]:
        return Outcome.EXCLUDES
    return Outcome.SAME if p.grain == q.grain else Outcome.DETAIL


def _clocks(p: DateMention, q: DateMention) -> Outcome | None:
    """Times of day; None where their zones cannot be compared."""
    moments = instant(p), instant(q)
    if moments[0] is not None and moments[1] is not None and p.zone != q.zone:
        apart = abs((moments[0] - moments[1]).total_seconds()) / 60
    elif same_clock(p, q):
        days = [] if p.value.startswith("T") or q.value.startswith("T") else [date_bounds(d)[0] for d in (p, q)]
        apart = abs(_minutes(p) - _minutes(q)) + (1440 * abs((days[0] - days[1]).days) if days else 0)
    else:
        return None
    if apart == 0 and p.grain == q.grain:
        return Outcome.SAME
    slack = 60 if "hour" in {p.grain, q.grain} else CLOCK_SLACK if p.approximate or q.approximate else 0
    return Outcome.DETAIL if apart <= slack else Outcome.EXCLUDES


def _minutes(mention: DateMention) -> int:
    hour, _, minute = mention.value.partition("T")[2].partition(":")
    return 60 * int(hour) + int(minute or 0)
