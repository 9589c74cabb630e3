"""Days in text as pages, feeds and addresses write them; and which of them can be a publication's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.errors import BadInput

__all__ = ["DAY", "Day", "FoundDate", "check_hint", "date_in_address", "days_in", "in_range", "read_day", "read_stamp"]

FIRST = date(1900, 1, 1)
"""No publication date is before this."""
GRACE = timedelta(days=1)
"""East of the reader it may be tomorrow already: a date found on a page may be so much ahead. A date given by hand may not."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_ANY_MONTH = rf"(?i:{_MONTH})"
_NTH = r"(?:st|nd|rd|th)?"
DAY = (
    rf"(?:{_ANY_MONTH} \d{{1,2}}{_NTH}(?:,? (?:19|20)\d\d)?|\d{{1,2}}{_NTH}(?: of)? {_ANY_MONTH}(?:,? (?:19|20)\d\d)?|"
    r"(?:19|20)\d\d-\d{1,2}-\d{1,2})"
)
"""A regular expression for a day as datelines print it, with or without its year."""

_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_SHORT_YEAR = r"(?:(?<=-)|(?<=/)|['’])(?P<yy>\d\d)(?![\d:])|(?P<yyy>\d\d)(?=,? \d\d?:\d\d)"
"""Two digits are a year behind a hyphen, a slash or an apostrophe, or before a time: "25-Mar-24", "Mon, 25 Mar 24 05:57"."""
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日일]"),
    re.compile(rf"(?<![^\W\d_])(?P<mon>{_ANY_MONTH})[ /-]?(?P<d>\d{{1,2}}){_NTH}(?:, ?|[ /-]){_YEAR}"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)?[ /-]?(?P<mon>{_ANY_MONTH})[ ,/-]{{0,2}}(?:{_YEAR}|{_SHORT_YEAR})"
    ),
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_YEARLESS = (
    re.compile(rf"^(?P<mon>{_ANY_MONTH}) (?P<d>\d{{1,2}}){_NTH}$"),
    re.compile(rf"^(?P<d>\d{{1,2}}){_NTH} (?P<mon>{_ANY_MONTH})$"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day read from text; `whole` is None when its year is not said."""

    month: int
    day: int
    whole: date | None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text with where it stands; `day` is None where it could be two days ("04/05/2019") or is none ("Feb 30")."""

    start: int
    end: int
    day: date | None


def days_in(text: str) -> tuple[FoundDate, ...]:
    """The dates with a year, in the text's order; of two that overlap the one that begins first."""
    spans: list[FoundDate] = []
    for found in sorted((*_written(text), *_numeric(text)), key=lambda f: (f.start, -f.end)):
        if not spans or found.start >= spans[-1].end:
            spans.append(found)
    return tuple(spans)


def read_day(text: str) -> Day | None:
    """The first day in the text, whole if any is; None when there is none or it does not exist (Feb 30)."""
    whole = next((found.day for found in days_in(text) if found.day), None)
    if whole:
        return Day(whole.month, whole.day, whole)
    for form in _YEARLESS:
        bare = form.search(text.strip())
        if bare and _made(2000, _month(bare), int(bare["d"])):
            return Day(_month(bare), int(bare["d"]), None)
    return None


def read_stamp(value: object) -> date | None:
    """The day of a date that a program wrote: any form of `read_day`, 20191122, 20191122T0830, or seconds since 1970.

    The day is the one that the stamp's own clock shows; of seconds, that of Greenwich.

    >>> read_stamp("2019-11-22T23:30:00-05:00").isoformat(), read_stamp(1574467200).isoformat()
    ('2019-11-22', '2019-11-23')
    """
    text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if m := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?", text):
        return _made(*(int(g) for g in m.groups()))
    if m := re.fullmatch(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?", text):
        return datetime.fromtimestamp(int(m[1]), UTC).date()
    found = read_day(text[:200])
    return found.whole if found else None


_DATE_AS_PATH = re.compile(rf"/((?:19|20)\d\d)/(\d{{1,2}}|{'|'.join(_MONTHS)})/(\d{{1,2}})(?![^/_.-])")
_DATE_IN_STEP = re.compile(r"(?:^[a-z]?|(?<=[_-]))((?:19|20)\d\d)(-?)(\d\d)\2(\d\d)(?![^_.-])")


def date_in_address(address: str | None) -> date | None:
    """The day in a URL's path, where addresses have it: /2019/11/22/, or at the start or end of one step of the path.

    >>> date_in_address("https://a.example/2019-11-22-a-title").isoformat(), date_in_address("https://a.example/the-2019-11-22-vote")
    ('2019-11-22', None)
    """
    if not address:
        return None
    path = re.sub(r"^[a-z]+://[^/]*", "", address[:2000]).split("?")[0].split("#")[0].casefold()
    if m := _DATE_AS_PATH.search(path):
        month = _MONTHS.index(m[2]) + 1 if m[2] in _MONTHS else int(m[2])
        return _made(int(m[1]), month, int(m[3]))
    for step in path.split("/"):
        bare = re.sub(r"\.[a-z]{2,5}$", "", step)
        for m in _DATE_IN_STEP.finditer(bare):
            if m.start() == 0 or m.end() == len(bare):
                return _made(int(m[1]), int(m[3]), int(m[4]))
    return None


def in_range(found: date | None, today: date) -> date | None:
    """The date itself, or None when no publication can have it: after tomorrow or before 1900."""
    return found if found and FIRST <= found <= today + GRACE else None


def check_hint(hinted: date | None, today: date, where: str) -> None:
    """Raises `BadInput` when the date given for an article lies after today or before 1900."""
    if hinted is None or FIRST <= hinted <= today:
        return
    side = "in the future" if hinted > today else "before 1900"
    raise BadInput(
        f"The publication date {hinted.isoformat()} lies {side}.",
        where=where,
        mend="Give the day the article was published, or leave it out.",
    )


def _written(text: str) -> Iterator[FoundDate]:
    for form in _FORMS:
        for m in form.finditer(text):
            yield FoundDate(m.start(), m.end(), _made(_year(m), _month(m), int(m["d"])))


def _numeric(text: str) -> Iterator[FoundDate]:
    """Day and month in digits: told apart only where one of them is over twelve, both are the same, or dots say the day is first."""
    for m in _NUMERIC.finditer(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        month, day = (first, second) if second > 12 else (second, first)
        sure = m[2] == "." or first > 12 or second > 12 or first == second
        yield FoundDate(m.start(), m.end(), _made(year, month, day) if sure else None)


def _year(m: re.Match[str]) -> int:
    groups = m.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    short = int(groups["yy"] or groups["yyy"])
    return short + (2000 if short < 69 else 1900)


def _month(m: re.Match[str]) -> int:
    groups = m.groupdict()
    return _MONTHS.index(groups["mon"][:3].casefold()) + 1 if groups.get("mon") else int(groups["m"])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
