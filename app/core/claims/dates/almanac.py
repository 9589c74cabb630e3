"""Months, weekdays, seasons and holidays: from words to days, and from days to ISO values at a grain."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from app.core.lexicon.load import load
from app.core.records import Grain

__all__ = [
    "DAY",
    "MONTH",
    "NUMBER",
    "WEEKDAY",
    "YEAR",
    "add_months",
    "day_number",
    "easter",
    "grain_start",
    "holiday",
    "iso",
    "last_day",
    "month_number",
    "number_of",
    "safe_date",
    "season_span",
    "weekday_number",
]

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT_MONTHS = [name[:3] for name in _MONTHS]
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = zip("a an twenty thirty forty fifty sixty ninety".split(), (1, 1, 20, 30, 40, 50, 60, 90), strict=True)
_NUMBERS = {w: i for i, w in enumerate(_SMALL.split())} | dict(_TENS)


def _either(words: Sequence[str]) -> str:
    """Any of the words as they are or in capitals."""
    return "|".join((*words, *map(str.upper, words)))


# Full names, and abbreviations with or without a full stop; capitals only, so that "may" and "march" are words.
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
MONTH = rf"(?:{_either(_MONTHS)}|(?:{_either(_SHORT)})(?:\.|(?![A-Za-z])))"
WEEKDAY = rf"(?:{_either(_WEEKDAYS)})"
DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|-year| per ?cent)"
YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)"
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(w for w in _NUMBERS if w not in ('zero', 'sixteen', 'seventeen', 'eighteen', 'nineteen'))})"


def month_number(name: str) -> int:
    """1 to 12 of a month's name or abbreviation."""
    return _SHORT_MONTHS.index(name[:3].capitalize()) + 1


def weekday_number(name: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return _WEEKDAYS.index(name.capitalize())


def day_number(text: str) -> int:
    """The day of the month: "22nd" is 22."""
    return int(re.sub(r"\D", "", text))


def number_of(word: str) -> int:
    """A small number in digits or words; "a" and "an" are one."""
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month; stays inside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = min(max(index // 12, 1), 9999), index % 12 + 1
    return date(year, month, min(day.day, last_day(year, month)))


def grain_start(day: date, grain: Grain) -> date:
    """The first day of the year, quarter, month or week that a day is in."""
    if grain == "year":
        return date(day.year, 1, 1)
    if grain == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    if grain == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if grain == "week" else day


def iso(day: date, grain: Grain) -> str:
    """ISO 8601 at a grain of a day or coarser: 2019, 2019-Q3, 2019-11, 2019-W46, 2019-11-22."""
    if grain == "year":
        return f"{day.year:04}"
    if grain == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if grain == "month":
        return f"{day.year:04}-{day.month:02}"
    if grain == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return day.isoformat()


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season_span(name: str, year: int) -> tuple[date, date]:
    """First days of the first and last month of a northern season; winter begins in December of `year`."""
    first = date(year, _SEASONS[name.lower()], 1)
    return first, add_months(first, 2)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


_EASTER = {"good friday": -2, "easter saturday": -1, "easter sunday": 0, "easter monday": 1}


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian reckoning)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month, day = divmod(epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date:
    """The day of a named holiday in a year; names as `expressions.HOLIDAYS` has them."""
    key = name.lower().replace("’", "'").replace(".", "")
    if key in load("dates")["holidays"]:
        month, day = load("dates")["holidays"][key]
        return date(year, month, day)
    if key in _EASTER:
        return easter(year) + timedelta(days=_EASTER[key])
    if key == "memorial day":
        return _nth_weekday(year, 6, 0, 1) - timedelta(days=7)
    if key == "thanksgiving":
        return _nth_weekday(year, 11, 3, 4)
    if key == "labor day":
        return _nth_weekday(year, 9, 0, 1)
    # Election Day in the United States: the Tuesday after the first Monday of November.
    return _nth_weekday(year, 11, 0, 1) + timedelta(days=1)
