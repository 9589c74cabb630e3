"""Years that a day without one has in this article: of days known by name ("the Jan. 6 riot"), and of days that it dates itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from app.core.claims.dates.almanac import safe_date
from app.core.claims.dates.context import Resolved
from app.core.claims.dates.direction import direction
from app.core.lexicon.load import load
from app.core.thresholds import NEWS_DAYS

__all__ = ["own_years"]

Found = tuple[int, int, Resolved]
_Day = tuple[int, int]
_WORDS_AFTER = re.compile(r"(?:['’]s)?((?: [\w.'’-]+){1,4})")


@lru_cache(maxsize=1)
def _named() -> dict[_Day, tuple[int, frozenset[str]]]:
    return {(row["month"], row["day"]): (row["year"], frozenset(row["events"])) for row in load("dates")["named"]}


def own_years(text: str, found: Sequence[Found], published: date | None) -> list[Found]:
    """The dates, those without a year moved to the year that the article gives their day or that their name tells.

    Days near the publication stay: a paper of 6 January may speak of that day. So do days that are still to come.
    """
    told: dict[_Day, set[int]] = {}
    for _, end, resolved in found:
        if resolved.grain != "day":
            continue
        day = (resolved.day.month, resolved.day.day)
        if not resolved.yearless and resolved.said:
            told.setdefault(day, set()).add(resolved.day.year)
        elif resolved.yearless and (year := _by_name(text, end, day, published)):
            told.setdefault(day, set()).add(year)
    out = []
    for start, end, resolved in _shared_years(text, found):
        years = told.get((resolved.day.month, resolved.day.day), set())
        if resolved.yearless and resolved.grain == "day" and len(years) == 1 and published:
            moved = safe_date(next(iter(years)), resolved.day.month, resolved.day.day)
            by_name = _by_name(text, end, (resolved.day.month, resolved.day.day), published)
            near = abs((resolved.day - published).days) <= NEWS_DAYS and not by_name
            if moved and moved <= published and not near and direction(text, start, end) != "future":
                out.append((start, end, replace(resolved, day=moved, yearless=False)))
                continue
        out.append((start, end, resolved))
    return out


_LISTED = re.compile(r",? (?:and|or|to|through|until) (?:in |on )?(?:early |late |mid-)?|, ")


def _shared_years(text: str, found: Sequence[Found]) -> list[Found]:
    """The year of the last of a list holds for those before it: "in May and July of 2016"."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        (start, end, a), (after, _, b) = out[i], out[i + 1]
        if a.yearless and b.said and a.grain == b.grain and _LISTED.fullmatch(text[end:after]):
            year = b.day.year - ((a.day.month, a.day.day) > (b.day.month, b.day.day))
            day = safe_date(year, a.day.month, a.day.day)
            out[i] = (start, end, replace(a, day=day, yearless=False, said=True)) if day else out[i]
    return out


def _by_name(text: str, end: int, day: _Day, published: date | None) -> int | None:
    """The year of a day that is known by what happened on it, when the words behind it name that."""
    year, events = _named().get(day, (0, frozenset()))
    if not year or published is None or published < date(year, *day):
        return None
    m = _WORDS_AFTER.match(text, end)
    return year if m and events.intersection(m[1].lower().replace(",", "").replace(".", "").split()) else None
