"""First and last day that an ISO value can mean, for searching by date and for the order of time."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from app.core.records import Claim, DateMention

__all__ = ["day_bounds", "main_date", "mention_bounds"]

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d{2})|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?(?:T.*)?"
)


def day_bounds(value: str) -> tuple[date, date] | None:
    """The days a value reaches over, both included; None for what is no date.

    >>> [d.isoformat() for d in bounds("2019-11")], [d.isoformat() for d in bounds("2019-W46")]
    (['2019-11-01', '2019-11-30'], ['2019-11-11', '2019-11-17'])
    """
    m = _VALUE.fullmatch(value)
    if m is None:
        return None
    year = int(m["year"])
    try:
        if m["day"]:
            day = date(year, int(m["month"]), int(m["day"]))
            return day, day
        if m["week"]:
            monday = date.fromisocalendar(year, int(m["week"]), 1)
            return monday, monday + timedelta(days=6)
        if m["month"]:
            first, last = int(m["month"]), int(m["month"])
        elif m["quarter"]:
            last = 3 * int(m["quarter"])
            first = last - 2
        else:
            first, last = 1, 12
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, OverflowError):
        return None


def mention_bounds(mention: DateMention) -> tuple[date, date] | None:
    """The days a mention reaches over, to the end of its range."""
    found = day_bounds(mention.value)
    upto = day_bounds(mention.upto) if mention.upto else None
    return (found[0], max(found[1], upto[1])) if found and upto else found


def main_date(claim: Claim) -> DateMention | None:
    """When what is stated happened: the first date inside the statement itself, else the first one of the claim.

    In "on Friday he said it ended in August" the reporting frame's Friday gives way to August.
    """
    dated = [m for m in claim.dates if day_bounds(m.value)]
    inside = [m for m in dated if any(a <= m.start and m.end <= b for a, b in claim.content)]
    return next(iter(inside or dated), None)
