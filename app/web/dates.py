"""Dates and times as the reader writes them: the order and the month names of the language the browser asks for.

The words of the interface are English; a date is the reader's own, beside its ISO value in `<time datetime>`. Babel (CLDR) knows the forms.
What a page is written in is set once a request, by `ReaderLocale`; without a wish it is British English ("22 Aug 2019").
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.words import PageWords

__all__ = ["DEFAULT", "ReaderLocale", "day", "iso_value", "moment", "preferred", "speak", "when", "within_year"]

DEFAULT = "en_GB"
MAX_HEADER = 200
"""Characters of the header that are read; browsers send a few dozen."""

_VALUE = re.compile(r"(\d{4})(?:-(?:W(\d\d)|Q(\d)|(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d))?)?)?))?")
"""Year, week, quarter, month, day, hour, minute."""

_TIME = re.compile(r"T(\d\d)(?::(\d\d))?")
"""A time of day of no day."""

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


class ReaderLocale:
    """Sets the locale of dates for the request, and says in `Vary` that pages depend on it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/api/", "/static/")):
            await self.app(scope, receive, send)
            return
        _locale.set(preferred(Headers(scope=scope).get("accept-language", "")))

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.add_vary_header("Accept-Language")
            await send(message)

        await self.app(scope, receive, varied)


def speak(locale: str) -> None:
    """Dates are of this locale from now on, in this context."""
    _locale.set(locale)


@lru_cache(maxsize=256)
def preferred(header: str) -> str:
    """The first language of an `Accept-Language` header that CLDR knows; DEFAULT when there is none. Never raises.

    Plain "en" is read as DEFAULT: it names no order of day and month.

    >>> preferred("en-US,en;q=0.9"), preferred("ko;q=0.8, de-AT"), preferred("en"), preferred("xx-nonsense;;q=a")
    ('en_US', 'de_AT', 'en_GB', 'en_GB')
    """
    wishes = []
    for at, part in enumerate(header[:MAX_HEADER].split(",")):
        tag, _, parameters = part.strip().partition(";")
        weight = re.search(r"q=([01](?:\.\d{0,3})?)\s*$", parameters)
        wishes.append((-float(weight[1]) if weight else (-1.0 if not parameters else 0.0), at, tag.strip()))
    for less, _, tag in sorted(wishes):
        if less < 0 and (known := _known(tag)):
            return known
    return DEFAULT


def _known(tag: str) -> str | None:
    if tag.casefold() in {"en", "*", ""}:
        return DEFAULT if tag else None
    try:
        return str(Locale.parse(tag, sep="-"))
    except (ValueError, UnknownLocaleError):
        return None


def day(value: date | None) -> str:
    """A date as the reader writes it.

    >>> day(date(2019, 8, 22)), day(None)
    ('22 Aug 2019', 'undated')
    """
    return _day(value.year, value.month, value.day, _locale.get()) if value else PageWords.undated


@lru_cache(maxsize=4096)
def _day(year: int, month: int, of_month: int, locale: str) -> str:
    return format_date(date(year, month, of_month), "medium", locale=locale)


def moment(value: datetime) -> str:
    """A date with its time of day, in the zone it is kept in (UTC)."""
    return f"{day(value)}, {_clock(value.hour, value.minute)}"


def _clock(hour: int, minute: int) -> str:
    return _clock_in(hour, minute, _locale.get())


@lru_cache(maxsize=4096)
def _clock_in(hour: int, minute: int, locale: str) -> str:
    return format_time(time(hour, minute), "short", locale=locale).replace("\u202f", " ")


def when(value: str) -> str:
    """An ISO value at its grain, in words; what is not understood is shown as it is.

    >>> when("2019"), when("2019-11"), when("2019-11-22"), when("2019-W46"), when("2019-Q3"), when("2019-11-22T18")
    ('2019', 'Nov 2019', '22 Nov 2019', 'week of 11 Nov 2019', 'quarter 3 of 2019', '22 Nov 2019, 18:00')
    >>> when("T18:07")
    '18:07'
    """
    return _when(value, _locale.get())


@lru_cache(maxsize=4096)
def _when(value: str, locale: str) -> str:
    if alone := _TIME.fullmatch(value):
        return _clock(int(alone[1]), int(alone[2] or 0))
    found = _VALUE.fullmatch(value)
    if not found:
        return value
    year, week, quarter, month, of_month, hour, minute = found.groups()
    try:
        if week:
            return f"week of {day(date.fromisocalendar(int(year), int(week), 1))}"
        if quarter:
            return f"quarter {quarter} of {year}"
        if not month:
            return year
        if not of_month:
            return format_skeleton("yMMM", date(int(year), int(month), 1), locale=locale)
        text = day(date(int(year), int(month), int(of_month)))
        return f"{text}, {_clock(int(hour), int(minute or 0))}" if hour else text
    except ValueError:
        return value


def within_year(value: str) -> str:
    """The same without its year, where that stands beside it.

    >>> within_year("2019"), within_year("2019-11"), within_year("2019-11-22"), within_year("2019-Q3")
    ('the year', 'Nov', '22 Nov', 'quarter 3')
    >>> within_year("2019-W46"), within_year("2019-11-22T18"), within_year("soon")
    ('week of 11 Nov', '22 Nov, 18:00', 'soon')
    """
    return _within_year(value, _locale.get())


@lru_cache(maxsize=4096)
def _within_year(value: str, locale: str) -> str:
    found = _VALUE.fullmatch(value)
    if not found:
        return value
    year, week, quarter, month, of_month, hour, minute = found.groups()
    try:
        if week:
            return f"week of {format_skeleton('MMMd', date.fromisocalendar(int(year), int(week), 1), locale=locale)}"
        if quarter or not month:
            return f"quarter {quarter}" if quarter else "the year"
        told = date(int(year), int(month), int(of_month or 1))
    except ValueError:
        return value
    text = str(format_skeleton("MMMd" if of_month else "MMM", told, locale=locale))
    return f"{text}, {_clock(int(hour), int(minute or 0))}" if hour else text


def iso_value(value: str) -> str | None:
    """What HTML's `<time datetime>` accepts for this value, or None when HTML has no form for it (a quarter).

    >>> iso_value("2019-11-22T18"), iso_value("T18:07"), iso_value("2019-W46"), iso_value("2019-Q3")
    ('2019-11-22T18:00', '18:07', '2019-W46', None)
    """
    if "Q" in value:
        return None
    value = value.removeprefix("T")
    return f"{value}:00" if re.fullmatch(r"(?:.*T)?\d\d", value) else value
