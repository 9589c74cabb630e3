"""Weeks, months, years and seasons told from publication or from the date before: "last week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.claims.dates.almanac import (
    add_months,
    day_number,
    grain_start,
    month_number,
    number_of,
    safe_date,
    season_span,
    weekday_number,
)
from app.core.claims.dates.context import Context, Match, Resolved
from app.core.claims.dates.direction import direction
from app.core.records import Grain

__all__ = [
    "UNIT_GRAIN",
    "ago",
    "ago_this",
    "in_some_time",
    "period",
    "shifted",
    "this_in",
    "year_before",
    "years_ago_on",
]

UNIT_GRAIN: dict[str, Grain] = {
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "year",
    "night": "day",
    "weekend": "day",
}


def shifted(day: date, unit: str, count: int) -> date:
    try:
        if unit in {"day", "night"}:
            return day + timedelta(days=count)
        if unit in {"week", "weekend"}:
            return day + timedelta(weeks=count)
        if unit == "fortnight":
            return day + timedelta(weeks=2 * count)
        if unit == "quarter":
            return add_months(day, 3 * count)
        if unit == "month":
            return add_months(day, count)
        return add_months(day, 12 * count * (10 if unit == "decade" else 1))
    except OverflowError:
        return day


def period(m: Match, ctx: Context) -> Resolved | None:
    """Last / this / next week, month, year, quarter, weekend, season; with "earlier", "late", "the end of"."""
    which, unit = m["which"].lower(), m["unit"].lower()
    loose = bool(m["loose"])
    anaphoric = which in {"that", "the same", "the following", "the previous", "the next", "the preceding"}
    base = ctx.anchor if anaphoric else ctx.published
    if which in {"the next", "the following", "the previous"} and base is None and unit != "day":
        return None
    if base is None:
        return None
    near = ctx.text[max(0, m.start() - 14) : m.start()]
    if unit not in {"spring", "summer", "autumn", "fall", "winter", "weekend"} and (
        (which in {"last", "next", "this"} and not loose and re.search(r"\b[Tt]he $", near))
        or (which == "the next" and _WITHIN.search(near))
    ):
        return None  # "over the last month", "in the next year": a span
    step = {
        "last": -1,
        "this past": -1,
        "the previous": -1,
        "the preceding": -1,
        "next": 1,
        "this coming": 1,
        "the next": 1,
        "the following": 1,
    }.get(which, 0)
    if unit in {"spring", "summer", "autumn", "fall", "winter"}:
        if unit == "fall" and which not in {"last", "this", "next"}:
            return None
        spans = [season_span(unit, base.year + y) for y in (-2, -1, 0, 1)]
        if step < 0:
            done = [s for s in spans if add_months(s[1], 1) <= base]
            first, last = done[-1]
        elif step > 0:
            first, last = next(s for s in spans if s[0] > base)
        else:
            near_ones = spans
            if which == "this" and unit != "winter":
                year = base.year + (spans[2][1] < base and direction(ctx.text, m.start(), m.end()) == "future")
                near_ones = [s for s in spans if s[0].year == year]
            first, last = min(near_ones, key=lambda s: (abs((s[0] - base).days), s[0]))
        return Resolved(first, "month", upto=last, approximate=True)
    if unit == "weekend":
        saturday = grain_start(base, "week") + timedelta(days=5)
        if which in {"last", "this past"}:
            saturday -= timedelta(days=7)
        elif step > 0:
            saturday += timedelta(days=7 if base.weekday() < 5 and which == "next" else 0 if base.weekday() < 5 else 7)
        return Resolved(saturday, "day", upto=saturday + timedelta(days=1))
    grain = UNIT_GRAIN[unit]
    if unit == "decade":
        first = date(base.year // 10 * 10 + 10 * step, 1, 1)
        return Resolved(first, "year", upto=date(first.year + 9, 1, 1), approximate=True)
    if unit == "day" and which not in {
        "that",
        "the same",
        "the following",
        "the previous",
        "the next",
        "the preceding",
    }:
        return None
    if anaphoric and unit == "day" and ctx.anchor_grain not in {"day", "hour", "minute"}:
        return None
    return Resolved(
        grain_start(shifted(base, unit, step), grain) if grain != "day" else shifted(base, unit, step),
        grain,
        approximate=loose,
    )


def ago(m: Match, ctx: Context) -> Resolved | None:
    """Two days ago, a week earlier, three months later."""
    unit, count = m["unit"].lower().removesuffix("s"), number_of(m["n"])
    word = m["word"].lower()
    back = word in {"ago", "earlier", "before", "previously"}
    base = ctx.published if word in {"ago", "from now", "hence"} else (ctx.anchor or (ctx.published if back else None))
    if base is None:
        return None
    if unit in {"hour", "minute"}:
        if word != "ago":
            return None
        return Resolved(base - timedelta(days=1 if unit == "hour" and count > 18 else 0), "day", approximate=True)
    day = shifted(base, unit, -count if back else count)
    grain = UNIT_GRAIN[unit]
    loose = unit == "decade" or bool(m["about"])
    if word not in {"ago", "from now", "hence"}:
        if unit == "week" and ctx.anchor_grain == "day":
            grain = "day"
        elif unit == "year" and ctx.anchor is not None and ctx.anchor_grain in {"quarter", "month"}:
            grain = ctx.anchor_grain  # "sales in April were higher than a year earlier"
    return Resolved(grain_start(day, grain), grain, approximate=loose)


def ago_this(m: Match, ctx: Context) -> Resolved | None:
    """From "two years ago this month", "this week a year ago", "a year ago Friday", "this time last year" to the day, week or month meant."""
    if ctx.published is None:
        return None
    groups = m.groupdict()
    count = number_of(groups["n"]) if groups.get("n") else 1
    day = shifted(ctx.published, (groups.get("unit") or "year").lower().removesuffix("s"), -count)
    words = m["this"].lower().split()
    if words[-1].endswith("day") and words[-1] not in {"day", "today", "yesterday"}:
        number = weekday_number(words[-1])
        named = ctx.published - timedelta(days=(ctx.published.weekday() - number) % 7)
        return Resolved(shifted(named, groups["unit"].lower().removesuffix("s"), -count), "day")
    grain: Grain = "week" if words[-1] == "week" else "month" if words[-1] in {"month", "time"} else "day"
    if words[-1] == "year":
        grain = "year"
    day -= timedelta(days=words[-1] == "yesterday")
    return Resolved(grain_start(day, grain), grain, approximate=words[-1] == "time")


def years_ago_on(m: Match, ctx: Context) -> Resolved | None:
    """The day or month of another year: "two years ago on March 12", "ten years ago in May"."""
    if ctx.published is None:
        return None
    day = safe_date(ctx.published.year - number_of(m["n"]), month_number(m["mon"]), day_number(m["d"] or "1"))
    return Resolved(day, "day" if m["d"] else "month") if day else None


def this_in(m: Match, ctx: Context) -> Resolved | None:
    """The day or month of publication in another year: "on this day in 1945", "this month in 1998"."""
    if ctx.published is None:
        return None
    day = add_months(ctx.published, 12 * (int(m["y"]) - ctx.published.year))
    grain: Grain = "day" if m["this"].lower().endswith("day") else "month"
    return Resolved(grain_start(day, grain), grain)


def year_before(m: Match, ctx: Context) -> Resolved | None:
    """The year before the one named last; told of nothing named, it is no date."""
    if ctx.anchor is None:
        return None
    unit = m["unit"].lower()
    day = shifted(ctx.anchor, unit, 1 if m["word"].lower() == "after" else -1)
    return Resolved(grain_start(day, UNIT_GRAIN[unit]), UNIT_GRAIN[unit])


_SUPERLATIVE = re.compile(r"\b(?:first|last|only|once|twice|lowest|highest|[a-z]+est|most|time|times)\b[^.;,]*$")
_WITHIN = re.compile(r"\b(?:over|within|during|for|in|of|throughout|across) (?:the )?$|\bthe $", re.IGNORECASE)


def in_some_time(m: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None or direction(ctx.text, m.start(), m.end()) != "future":
        return None
    if _SUPERLATIVE.search(ctx.text[max(0, m.start() - 40) : m.start()]):
        return None  # "the first time in 48 years"
    unit, count = m["unit"].lower().removesuffix("s"), number_of(m["n"])
    grain = UNIT_GRAIN[unit]
    return Resolved(grain_start(shifted(ctx.published, unit, count), grain), grain, approximate=True)
