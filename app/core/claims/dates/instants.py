"""Times of day as instants, so that times told in two zones can be held against each other, or not at all."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from app.core.lexicon.load import load
from app.core.records import DateMention

__all__ = ["instant", "same_clock"]


def instant(mention: DateMention) -> datetime | None:
    """The moment in UTC that a time of day names; None without a day or a time of day, or in a zone that the words do not tell."""
    day, _, time = mention.value.partition("T")
    if not time or not day or mention.zone is None:
        return None
    minutes = _from_utc(mention.zone, date.fromisoformat(day))
    if minutes is None:
        return None
    hour, _, minute = time.partition(":")
    try:
        return datetime.fromisoformat(day) + timedelta(hours=int(hour), minutes=int(minute or 0) - minutes)
    except OverflowError:
        return None


def same_clock(a: DateMention, b: DateMention) -> bool:
    """Whether the hours and minutes of two times may be compared as printed: both in one zone, or both in none."""
    return a.zone == b.zone


def _from_utc(zone: str, day: date) -> int | None:
    m = re.fullmatch(r"([a-z_]+)(?:([+-]\d{1,2})(?::?(\d\d))?)?", zone)
    row = load("dates")["zone"].get(m[1]) if m else None
    if m is None or row is None:
        return None
    plus = 60 * int(m[2] or 0) + int(m[3] or 0) * (-1 if (m[2] or "").startswith("-") else 1)
    if "minutes" in row:
        return int(row["minutes"]) + plus
    return int(row["winter"]) + 60 * _american_summer(day) + plus if "winter" in row else None


def _american_summer(day: date) -> bool:
    """From the second Sunday of March to the first of November, as since 2007."""
    first, last = date(day.year, 3, 8), date(day.year, 11, 1)
    return first + timedelta(days=6 - first.weekday()) <= day < last + timedelta(days=6 - last.weekday())
