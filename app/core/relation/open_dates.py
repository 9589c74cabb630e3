"""What the words of a date leave open: the days that it covers, and what was filled in from the day of publication.

"Sunday", "in February" and "11:36 a.m. on Tuesday" are completed by when the article came out, and many an article bears the day
of its last change: two that say the same are of one day, whatever was filled in. "Two years ago" is a year or so.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.claims.dates.almanac import WEEKDAY
from app.core.records import DateMention

__all__ = ["around_then", "date_bounds", "is_relative", "said_alike"]

_WEEKDAY = re.compile(rf"\b{WEEKDAY}\b")
_RELATIVE = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|overnight|ago|last|this|next|earlier|later|previous|coming)\b",
    re.IGNORECASE,
)
_SLACK = {"year": 366, "month": 31, "week": 7, "day": 1}


def said_alike(p: DateMention, q: DateMention) -> bool:
    """Whether two dates of different days say the same, as far as they say anything: one weekday, or one day or month of no year."""
    if p.value == q.value or p.grain != q.grain:
        return False
    (p_day, _, p_time), (q_day, _, q_time) = p.value.partition("T"), q.value.partition("T")
    if p_time != q_time:
        return False
    if p.yearless or q.yearless:
        return p_day[4:] == q_day[4:] != ""
    names = [_WEEKDAY.search(d.text) for d in (p, q)]
    days = {name.group().casefold() for name in names if name}
    return all(names) and len(days) == 1 and not all(_is_dated(d) for d in (p, q))


def _is_dated(mention: DateMention) -> bool:
    """Whether it names the day of the month: "Tuesday, April 3"."""
    return re.search(rf"\b0?{int(mention.value[8:10])}(?:st|nd|rd|th)?\b", mention.text) is not None


def around_then(p: DateMention, q: DateMention) -> bool:
    """Whether one of the two is told as so many days, weeks, months or years ago, and the other is no further off than one of them."""
    slack = max((_SLACK.get(d.grain, 0) for d in (p, q) if re.search(r"\bago\b", d.text, re.IGNORECASE)), default=0)
    x, y = date_bounds(p), date_bounds(q)
    return min(abs((x[1] - y[0]).days), abs((y[1] - x[0]).days)) <= slack


def is_relative(mention: DateMention) -> bool:
    """Whether it is counted from the day of publication by its words: "yesterday", "this morning", "last week"."""
    return _RELATIVE.search(mention.text) is not None


def date_bounds(mention: DateMention) -> tuple[date, date]:
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
