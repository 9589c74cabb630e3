"""Days and months by name or number: "Nov. 23", "22/8/2019", "last August", "on the 23rd", "Christmas Eve"."""

from __future__ import annotations

import re
from datetime import date

from app.core.claims.dates.almanac import MONTH, day_number, holiday, month_number, safe_date, weekday_number
from app.core.claims.dates.context import Context, Match, Resolved, full_year, meant_year, year_said

__all__ = ["day_of", "day_only", "holiday_of", "iso_day", "month_of", "nine_eleven", "numeric"]


def day_of(m: Match, ctx: Context) -> Resolved | None:
    month, day = month_number(m["mon"]), day_number(m["d"])
    if ctx.text.endswith("Long ", 0, m.start()):
        return None  # the rocket: Long March 4
    year = year_said(m, ctx)
    second = m.groupdict().get("d2")
    if year is None:
        if m.groupdict().get("rely") or ctx.published is None:
            return None
        days = [d for y in (-1, 0, 1) if (d := safe_date(ctx.published.year + y, month, day))]
        if not days:
            return None
        found = meant_year(days, ctx, m, monthly=False)
        named = m.groupdict().get("w")
        if named:  # "Friday, Nov. 22": the weekday settles the year when it can
            fitting = [d for d in days if d.weekday() == weekday_number(named)]
            if not fitting:  # a story told of years ago
                long_ago = (safe_date(ctx.published.year - y, month, day) for y in range(2, 7))
                fitting = [d for d in long_ago if d and d.weekday() == weekday_number(named)][:1]
            found = fitting[0] if len(fitting) == 1 else found
    else:
        exact = safe_date(year, month, day)
        if exact is None:
            return None
        found = exact
    upto = safe_date(found.year, month, day_number(second)) if second else None
    said = bool(m.groupdict().get("y"))
    return Resolved(found, "day", upto=upto if upto and upto > found else None, yearless=year is None, said=said)


_NAMELIKE = frozenset({"April", "May", "June", "August", "March", "MAY", "MARCH"})
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|last|next|this|early|late|mid|of|during|from|to|through|between|and|before|after|around|about|for|the|a|an|its|his|her|their|every|or|back in|that|as of)|mid-|[-–(,]) ?$",
    re.IGNORECASE,
)

# "the march", "to May": a street, a person; but "from March to May"
_NO_MONTH_BEFORE = re.compile(r"\b(?:the|a|an|to|and|for|of|his|her|their|its|that|or|from|by|with|about) $")
_MONTH_BEFORE = re.compile(rf"{MONTH} (?:to|and|or|through|until) $")
_CAPITAL_BEFORE = re.compile(
    r"\b(?!(?:In|Since|Until|From|Between|By|During|Before|After|Early|Late|And|But|As|Back|Around|About|Last|Next|This) )[A-Z][a-z]+ $"
)
_MONTH_AFTER = re.compile(rf" (?:to|and|or|through|until) {MONTH}")


def month_of(m: Match, ctx: Context) -> Resolved | None:
    name = m["mon"]
    if len(name) == 3 and name.lower() != "may" and not (m.groupdict().get("y") or m.groupdict().get("rely")):
        return None  # "Jun Hee-kyung", "Dec" of a table: an abbreviation alone has its full stop
    before, after = ctx.text[max(0, m.start() - 24) : m.start()], ctx.text[m.end() : m.end() + 24]
    loose = bool(m.groupdict().get("loose"))
    month = month_number(name)
    which = (m.groupdict().get("which") or "").lower() or None
    year = year_said(m, ctx)
    if year is None and which is None:
        if name.rstrip(".") in _NAMELIKE and not loose:
            if not _BEFORE_MONTH.search(before) or re.match(r" [A-Z]|'s (?:government|cabinet|party|office)", after):
                return None
            paired = _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)
            if name in {"May", "MAY", "March", "MARCH"} and not paired and _NO_MONTH_BEFORE.search(before):
                return None
        if re.match(r"[-' ]?(?:Revolution|Uprising|Madness|Fools)", after) or (
            _CAPITAL_BEFORE.search(before) and name.rstrip(".") in _NAMELIKE
        ):
            return None
        if ctx.published is None:
            return None
        firsts = [date(ctx.published.year + y, month, 1) for y in (-1, 0, 1)]
        return Resolved(meant_year(firsts, ctx, m, monthly=True), "month", approximate=loose, yearless=True)
    if which is not None:
        if ctx.published is None:
            return None
        base = ctx.published.year
        if which == "last":
            year = base if month < ctx.published.month else base - 1
        elif which == "next":
            year = base if month > ctx.published.month else base + 1
        elif which in {"that", "the following"}:
            year = (ctx.anchor or ctx.published).year
        else:
            year = base
    assert year is not None
    return Resolved(date(year, month, 1), "month", approximate=loose, said=bool(m.groupdict().get("y")))


def iso_day(m: Match, _: Context) -> Resolved | None:
    day = safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return Resolved(day, "day") if day else None


def numeric(m: Match, ctx: Context) -> Resolved | None:
    """8/22/2019 and 22/8/2019; ambiguous ones are left alone."""
    a, b, year = int(m["a"]), int(m["b"]), full_year(m["y"], ctx.published)
    if a == b:
        month = day = a
    elif a > 12 >= b:
        day, month = a, b
    elif b > 12 >= a:
        month, day = a, b
    else:
        return None
    found = safe_date(year, month, day)
    return Resolved(found, "day") if found else None


def holiday_of(m: Match, ctx: Context) -> Resolved | None:
    year = year_said(m, ctx)
    name = m["h"]
    if year is not None:
        return Resolved(holiday(name, year), "day")
    if ctx.published is None:
        return None
    return Resolved(
        meant_year([holiday(name, ctx.published.year + y) for y in (-1, 0, 1)], ctx, m, monthly=False), "day"
    )


def nine_eleven(_: Match, __: Context) -> Resolved:
    return Resolved(date(2001, 9, 11), "day")


def day_only(m: Match, ctx: Context) -> Resolved | None:
    """The day of "on the 23rd": of the month named last, else of the month of publication."""
    base = ctx.anchor or ctx.published
    day = safe_date(base.year, base.month, day_number(m["d"])) if base else None
    return Resolved(day, "day") if day else None
