"""The shapes of date expressions. Each rule is a pattern and what it resolves to, given the day of publication.

A rule returns None for what looks like a date and is none ("Theresa May", "2000 people"). Of overlapping matches the
longest stands; `find_dates` sees to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.claims.dates.almanac import (
    DAY,
    MONTH,
    NUMBER,
    WEEKDAY,
    YEAR,
    add_months,
    day_number,
    holiday,
    month_number,
    number_of,
    safe_date,
    season_span,
    start_of,
    weekday_number,
)
from app.core.claims.dates.direction import direction
from app.core.records import Grain

__all__ = ["RULES", "Context", "Resolved", "Rule"]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the text, the day of publication, the date named last before it."""

    text: str
    published: date | None
    anchor: date | None
    anchor_grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A day and a grain (`clock` for times of day), the last day of a range, and whether it is meant loosely."""

    day: date
    grain: Grain
    upto: date | None = None
    approximate: bool = False
    weekday: int | None = None  # named by weekday: a range's second may have to move
    yearless: bool = False


Match = re.Match[str]
Handler = Callable[[Match, Context], Resolved | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs`: a paragraph without any of these, in lower case, has no match ("#" is a digit): saves the search."""

    name: str
    pattern: re.Pattern[str]
    resolve: Handler
    needs: tuple[str, ...] = ()


_RELATIVE_YEAR = r"(?:,? (?:of )?(?P<rely>last|this|next|the same|that) year)?"
_PART = r"(?: (?:morning|afternoon|evening|night|noon|lunchtime|dawn))?"
_LOOSE = r"(?P<loose>(?:(?:the )?(?:beginning|start|middle|end) of |early in |late in |early |late |mid-?|earlier |later |around |about |circa )*)"


def _near(candidates: list[date], ctx: Context, m: Match, *, monthly: bool) -> date:
    """Of the same day or month in neighbouring years the one that is meant."""
    assert ctx.published is not None
    where = direction(ctx.text, m.start(), m.end())
    favour = 0.08 if monthly else 0.3

    def distance(day: date) -> float:
        gap = (day - ctx.published).days if ctx.published else 0
        if monthly:
            gap = (day.year - ctx.published.year) * 12 + day.month - ctx.published.month if ctx.published else 0
        weight = 1.0 if gap > 0 else 0.45 if monthly else 0.8
        if (where == "future" and gap > 0) or (where == "past" and gap <= 0):
            weight = favour
        return abs(gap) * weight

    return min(candidates, key=lambda d: (distance(d), d))


def _year(m: Match, ctx: Context) -> int | None:
    """The year that an expression says itself, in digits or as "last year"."""
    groups = m.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    rely = groups.get("rely")
    if rely is None:
        return None
    if rely in {"that", "the same"}:
        base = ctx.anchor or ctx.published
        return base.year if base else None
    return ctx.published.year + {"last": -1, "this": 0, "next": 1}[rely] if ctx.published else None


def _day_of(m: Match, ctx: Context) -> Resolved | None:
    month, day = month_number(m["mon"]), day_number(m["d"])
    year = _year(m, ctx)
    second = m.groupdict().get("d2")
    if year is None:
        if m.groupdict().get("rely") or ctx.published is None:
            return None
        days = [d for y in (-1, 0, 1) if (d := safe_date(ctx.published.year + y, month, day))]
        if not days:
            return None
        found = _near(days, ctx, m, monthly=False)
        named = m.groupdict().get("w")
        if named:  # "Friday, Nov. 22": the weekday settles the year when it can
            fitting = [d for d in days if d.weekday() == weekday_number(named)]
            found = fitting[0] if len(fitting) == 1 else found
    else:
        exact = safe_date(year, month, day)
        if exact is None:
            return None
        found = exact
    upto = safe_date(found.year, month, day_number(second)) if second else None
    return Resolved(found, "day", upto=upto if upto and upto > found else None, yearless=year is None)


_NAMELIKE = frozenset({"April", "May", "June", "August", "March", "MAY", "MARCH"})
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|last|next|this|early|late|mid|of|during|from|to|through|between|and|before|after|around|about|for|the|a|an|its|his|her|their|every|or|back in|that|as of)|mid-|[-–(,]) ?$",
    re.IGNORECASE,
)

# "the march", "to May": a street, a person; but "from March to May"
_NO_MONTH_BEFORE = re.compile(r"\b(?:the|a|an|to|and|for|of|his|her|their|its|that|or|from|by|with|about) $")
_MONTH_BEFORE = re.compile(rf"{MONTH} (?:to|and|or|through|until) $")
_MONTH_AFTER = re.compile(rf" (?:to|and|or|through|until) {MONTH}")


def _month_of(m: Match, ctx: Context) -> Resolved | None:
    name = m["mon"]
    if len(name) == 3 and name.lower() != "may" and not (m.groupdict().get("y") or m.groupdict().get("rely")):
        return None  # "Jun Hee-kyung", "Dec" of a table: an abbreviation alone has its full stop
    before, after = ctx.text[max(0, m.start() - 24) : m.start()], ctx.text[m.end() : m.end() + 24]
    loose = bool(m.groupdict().get("loose"))
    month = month_number(name)
    which = m.groupdict().get("which")
    year = _year(m, ctx)
    if year is None and which is None:
        if name.rstrip(".") in _NAMELIKE and not loose:
            if not _BEFORE_MONTH.search(before) or re.match(r" [A-Z]|'s (?:government|cabinet|party|office)", after):
                return None
            paired = _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)
            if name in {"May", "MAY", "March", "MARCH"} and not paired and _NO_MONTH_BEFORE.search(before):
                return None
        if re.match(r"[-' ]?(?:Revolution|Uprising|Madness|Fools)", after) or (
            re.search(r"[A-Z][a-z]+ $", before) and name.rstrip(".") in _NAMELIKE
        ):
            return None
        if ctx.published is None:
            return None
        firsts = [date(ctx.published.year + y, month, 1) for y in (-1, 0, 1)]
        return Resolved(_near(firsts, ctx, m, monthly=True), "month", approximate=loose, yearless=True)
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
    return Resolved(date(year, month, 1), "month", approximate=loose)


def _iso_day(m: Match, _: Context) -> Resolved | None:
    day = safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return Resolved(day, "day") if day else None


def _numeric(m: Match, _: Context) -> Resolved | None:
    """8/22/2019 and 22/8/2019; ambiguous ones are left alone."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
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


_COUNTED = re.compile(
    r"[ -](?:people|troops|soldiers|workers|jobs|votes|miles|kilomet|km|met(?:er|re)s|feet|dollars|euros|pounds|years?|days?|hours?|minutes?|percent|per cent|points|seats|homes|houses|"
    r"families|children|students|others|men|women|deaths|cases|GMT|UTC|BST|EST|EDT|hrs|employees|migrants|refugees|passengers|members|tons|tonnes|megawatts|square|acres|hectares|calories|words)\b"
)


def _bare_year(m: Match, ctx: Context) -> Resolved | None:
    before, after = ctx.text[max(0, m.start() - 16) : m.start()], ctx.text[m.end() : m.end() + 16]
    year = int(m["y"])
    counted = _COUNTED.match(after) or re.search(
        r"(?:[$€£#]|No\. ?|\d[.,]|\b(?:over|nearly|some|than|least|about|almost|roughly|route|flight|room|page|model|article|section|highway)\s)$",
        before,
        re.IGNORECASE,
    )
    if counted and (not m["loose"] or "about" in m["loose"]):
        return None
    if re.match(r"[\w/]|-[a-z]|\.\d", after) and not re.match(r"-(?:era|based|born|2\d|dated)|s\b", after):
        return None
    if re.search(r"[\w/@.-]$", before) and not re.search(r"(?:mid|pre|post|late|early)-$", before):
        return None
    early = year < 1900 or year > 2060
    if early and not re.search(
        r"\b(?:in|since|of|from|until|by|between|to|and|before|after|around|circa|the|a|early|late)[ ]$",
        before,
        re.IGNORECASE,
    ):
        return None
    if year > 2100:
        return None
    return Resolved(date(year, 1, 1), "year", approximate=bool(m["loose"]))


def _year_range(m: Match, ctx: Context) -> Resolved | None:
    before = ctx.text[max(0, m.start() - 1) : m.start()]
    first = int(m["y"])
    last = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    if last <= first or last - first > 400 or before in {"$", "€", "£", "-", "/"}:
        return None
    return Resolved(date(first, 1, 1), "year", upto=date(last, 1, 1))


_WORDED = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
}


def _decade(m: Match, _: Context) -> Resolved | None:
    text = m["dec"]
    first = (
        _WORDED[text.lower()]
        if text.lower() in _WORDED
        else int(text[:4])
        if len(text) >= 5
        else 1900 + int(text[-3:-1])
    )
    if first % 10:
        return None
    return Resolved(
        date(first, 1, 1),
        "year",
        upto=date(first + (99 if first % 100 == 0 and first < 2000 else 9), 1, 1),
        approximate=True,
    )


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _quarter(m: Match, ctx: Context) -> Resolved | None:
    which = m.groupdict()
    number = _ORDINALS[which["o"].lower()] if which.get("o") else int(which["q"])
    year = _year(m, ctx)
    if year is None:
        if ctx.published is None or (which.get("what") == "half" and not which.get("ofy")):
            return None
        year = ctx.published.year
        if which.get("what") != "half":
            firsts = [date(year + y, 3 * number - 2, 1) for y in (-1, 0)]
            past = [d for d in firsts if d <= ctx.published]
            year = past[-1].year if past and direction(ctx.text, m.start(), m.end()) != "future" else year
    if which.get("what") == "half":
        if number > 2:
            return None
        return Resolved(date(year, 6 * number - 5, 1), "quarter", upto=date(year, 6 * number - 2, 1))
    return Resolved(date(year, 3 * number - 2, 1), "quarter")


# --- against the day of publication ----------------------------------------------------------------------------------

_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "last night": -1,
}


def _deictic(m: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None:
        return None
    word = m["word"].lower()
    before = ctx.text[max(0, m.start() - 10) : m.start()].lower()
    if word == "today" and re.search(r"(?:\beven|\buntil|\bof|\bto|usa)[ ]$", before):
        return None
    if word == "today" and re.match(r"['’]s ", ctx.text[m.end() :]) and re.search(r"\b(?:in|of|by|with)[ ]$", before):
        return None  # "in today's Hollywood": nowadays
    shift = next((s for w, s in _DEICTIC.items() if word.startswith(w)), 0)
    return Resolved(ctx.published + timedelta(days=shift), "day")


_NO_WEEKDAY = re.compile(
    r"^(?:s\b| Times| Telegraph| Mirror| Mail| Express| Post| Night Live| Night Football| Morning Herald| Agreement| Accord| Prayer)"
)


def _weekday(m: Match, ctx: Context) -> Resolved | None:
    if _NO_WEEKDAY.match(ctx.text[m.end() :]) or re.search(
        r"(?:Black|Good|Super|Bloody|Cyber|Ash|Palm|Easter|Casual)[ ]$", ctx.text[max(0, m.start() - 8) : m.start()]
    ):
        return None
    number = weekday_number(m["w"])
    if ctx.published is None:
        return None
    pub = ctx.published
    which = (m.groupdict().get("which") or "").lower()
    week = m.groupdict().get("week")
    back = (pub.weekday() - number) % 7
    if week:
        monday = start_of(pub, "week") + timedelta(
            days={"last": -7, "next": 7, "this": 0}[week.split()[-2] if " " in week else week]
        )
        return Resolved(monday + timedelta(days=number), "day", weekday=number)
    if which in {"last", "this past"}:
        return Resolved(pub - timedelta(days=back or 7), "day", weekday=number)
    if which in {"next", "this coming", "the following"}:
        if which == "this coming":
            return Resolved(pub + timedelta(days=(number - pub.weekday()) % 7 or 7), "day", weekday=number)
        return Resolved(start_of(pub, "week") + timedelta(days=7 + number), "day", weekday=number)
    if which == "this":
        return Resolved(start_of(pub, "week") + timedelta(days=number), "day", weekday=number)
    where = direction(ctx.text, m.start(), m.end())
    if re.search(r"\b(?:by|until|till)[ ]$", ctx.text[max(0, m.start() - 8) : m.start()]) and where != "past":
        where = "future"
    day = pub + timedelta(days=(number - pub.weekday()) % 7) if where == "future" else pub - timedelta(days=back)
    return Resolved(day, "day", weekday=number)


_UNIT_GRAIN: dict[str, Grain] = {
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


def _shift(day: date, unit: str, count: int) -> date:
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


def _period(m: Match, ctx: Context) -> Resolved | None:
    """Last / this / next week, month, year, quarter, weekend, season; with "earlier", "late", "the end of"."""
    which, unit = m["which"].lower(), m["unit"].lower()
    loose = bool(m["loose"])
    anaphoric = which in {"that", "the same", "the following", "the previous", "the next", "the preceding"}
    base = ctx.anchor if anaphoric else ctx.published
    if which in {"the next", "the following", "the previous"} and base is None and unit != "day":
        return None
    if base is None:
        return None
    if which in {"the past", "the last", "the coming"}:
        return None
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
            first, last = min(spans, key=lambda s: (abs((s[0] - base).days), s[0]))
        return Resolved(first, "month", upto=last, approximate=True)
    if unit == "weekend":
        saturday = start_of(base, "week") + timedelta(days=5)
        if which in {"last", "this past"}:
            saturday -= timedelta(days=7)
        elif step > 0:
            saturday += timedelta(days=7 if base.weekday() < 5 and which == "next" else 0 if base.weekday() < 5 else 7)
        return Resolved(saturday, "day", upto=saturday + timedelta(days=1))
    grain = _UNIT_GRAIN[unit]
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
        start_of(_shift(base, unit, step), grain) if grain != "day" else _shift(base, unit, step),
        grain,
        approximate=loose,
    )


def _over_the_weekend(_: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None:
        return None
    saturday = ctx.published - timedelta(days=(ctx.published.weekday() - 5) % 7)
    return Resolved(saturday, "day", upto=saturday + timedelta(days=1))


def _end_of_year(m: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None:
        return None
    grain: Grain = "month" if m["unit"] == "month" else "year" if m["unit"] == "year" else "week"
    return Resolved(start_of(ctx.published, grain), grain, approximate=True)


def _ago(m: Match, ctx: Context) -> Resolved | None:
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
    day = _shift(base, unit, -count if back else count)
    grain = _UNIT_GRAIN[unit]
    loose = unit == "decade" or bool(m["about"])
    if word not in {"ago", "from now", "hence"} and unit == "week" and ctx.anchor_grain == "day":
        grain = "day"
    return Resolved(start_of(day, grain), grain, approximate=loose)


def _in_some_time(m: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None or direction(ctx.text, m.start(), m.end()) != "future":
        return None
    unit, count = m["unit"].lower().removesuffix("s"), number_of(m["n"])
    grain = _UNIT_GRAIN[unit]
    return Resolved(start_of(_shift(ctx.published, unit, count), grain), grain, approximate=True)


def _next_day(m: Match, ctx: Context) -> Resolved | None:
    if ctx.anchor is None or ctx.anchor_grain not in {"day", "hour", "minute"}:
        return None
    word = m["word"].lower()
    step = (
        0
        if word.startswith(("that", "the same", "later that", "earlier that"))
        else -1
        if "before" in word or "previous" in word or "earlier" in word
        else 1
    )
    return Resolved(ctx.anchor + timedelta(days=step), "day")


def _in_the_day(_: Match, ctx: Context) -> Resolved | None:
    base = ctx.anchor if ctx.anchor_grain in {"day", "hour", "minute"} else ctx.published
    return Resolved(base, "day") if base else None


def _season(m: Match, _: Context) -> Resolved | None:
    first, last = season_span(m["season"], int(m["y"]))
    return Resolved(first, "month", upto=last, approximate=True)


def _holiday(m: Match, ctx: Context) -> Resolved | None:
    year = _year(m, ctx)
    name = m["h"]
    if year is not None:
        return Resolved(holiday(name, year), "day")
    if ctx.published is None:
        return None
    return Resolved(_near([holiday(name, ctx.published.year + y) for y in (-1, 0, 1)], ctx, m, monthly=False), "day")


def _nine_eleven(_: Match, __: Context) -> Resolved:
    return Resolved(date(2001, 9, 11), "day")


def _day_only(m: Match, ctx: Context) -> Resolved | None:
    """The day of "on the 23rd": of the month named last, else of the month of publication."""
    base = ctx.anchor or ctx.published
    day = safe_date(base.year, base.month, day_number(m["d"])) if base else None
    return Resolved(day, "day") if day else None


def _rule(name: str, pattern: str, resolve: Handler, needs: str, flags: int = 0) -> Rule:
    return Rule(name, re.compile(pattern, flags), resolve, tuple(needs.split()))


_MONTH_BITS = "jan feb mar apr may jun jul aug sep oct nov dec"


_B = r"(?<![\w.$€£#-])"
_W = rf"(?:(?P<w>{WEEKDAY}),? (?:the )?|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.?,? )?"
HOLIDAYS = r"Christmas Day|Christmas Eve|Boxing Day|New Year['’]s (?:Day|Eve)|Valentine['’]s Day|Halloween|Thanksgiving|Independence Day|Armistice Day|Veterans Day|Bastille Day|May Day|Labor Day|Election Day|Christmas"

RULES: tuple[Rule, ...] = (
    _rule("iso day", r"(?<![\d-])(?P<y>(?:19|20)\d\d)[-/](?P<m>0[1-9]|1[0-2])[-/](?P<d>[0-2]\d|3[01])(?!\d)", _iso_day, "#"),
    _rule("numeric", r"(?<![\d/.-])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?!\d)", _numeric, "#"),
    _rule("month day", rf"{_B}{_W}(?P<mon>{MONTH}) (?:the )?(?P<d>{DAY})(?:(?: ?[-–—] ?| and | to | & )(?P<d2>{DAY}))?(?:,? (?P<y>{YEAR}))?{_RELATIVE_YEAR}", _day_of, _MONTH_BITS),
    _rule("day month", rf"{_B}{_W}(?:the )?(?P<d>{DAY})(?:(?: ?[-–—] ?| and | to | & )(?P<d2>{DAY}))? (?:day )?(?:of )?(?P<mon>{MONTH})(?:,? (?P<y>{YEAR}))?{_RELATIVE_YEAR}", _day_of, _MONTH_BITS),
    _rule("month year", rf"{_B}{_LOOSE}(?P<mon>{MONTH}),? (?:of )?(?P<y>{YEAR})", _month_of, _MONTH_BITS),
    _rule("month of relative year", rf"{_B}{_LOOSE}(?P<mon>{MONTH}),? (?:of )?(?P<rely>last|this|next|the same|that) year", _month_of, " year"),
    _rule("which month", rf"\b{_LOOSE}(?P<which>last|this|next|that|the following) (?P<mon>{MONTH})(?!\w)(?! \d)", _month_of, _MONTH_BITS),
    _rule("month", rf"{_B}(?:(?<=mid-))?{_LOOSE}(?P<mon>{MONTH})(?!\w)(?! \d)", _month_of, _MONTH_BITS),
    _rule("year range", rf"(?:\b[Ff]rom |\b[Bb]etween )?(?<![\d-])(?P<y>{YEAR})(?: ?[-–—/] ?| to | until | and (?<=etween \d{{4}} and ))(?P<y2>(?:1[5-9]|20)\d\d|\d\d)(?![\d-]|,\d)", _year_range, "#"),
    _rule("year", rf"(?<![\d,])(?<!\d\.){_LOOSE}(?P<y>{YEAR})(?!s)", _bare_year, "#"),
    _rule("decade", r"(?:\b(?:early|late|mid-?|the) ?)*(?<!\w)(?P<dec>(?:1[5-9]|20)\d0s|['’]\d0s|(?:(?<=the )|(?<=late )|(?<=early ))(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b", _decade, "0s ies"),
    _rule("quarter", rf"\b(?:the )?(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?P<what>quarter|half)(?P<ofy>(?: of)?(?: the)?(?: (?:fiscal )?(?:year )?(?P<y>{YEAR})| (?P<rely>last|this|next) year| year))?", _quarter, "quarter half", re.IGNORECASE),
    _rule("Q", rf"\bQ(?P<q>[1-4])(?:,? (?:of )?(?:FY)?(?P<y>{YEAR}))?", _quarter, "q"),
    _rule("deictic", r"\b(?:late |early |earlier |later )?(?P<word>the day before yesterday|the day after tomorrow|today|tonight|yesterday(?: (?:morning|afternoon|evening|night))?|tomorrow(?: (?:morning|afternoon|evening|night))?|last night|this (?:morning|afternoon|evening))\b", _deictic, "today tonight yesterday tomorrow night morning afternoon evening", re.IGNORECASE),
    _rule("weekday", rf"\b(?:(?P<when>late|early|earlier|later|earlier on|later on|midnight|at midnight on|midnight on|late on|early on) )?(?:(?P<which>[Ll]ast|[Tt]his past|[Tt]his coming|[Tt]his|[Nn]ext|the following) )?(?P<w>{WEEKDAY}){_PART}(?:,? (?P<week>(?:of )?(?:last|next|this) week))?", _weekday, "day"),
    _rule("period", rf"\b{_LOOSE}(?P<which>last|this past|this coming|this|next|that|the same|the following|the previous|the next|the preceding) (?P<unit>week|weekend|month|year|quarter|decade|spring|summer|autumn|fall|winter|day)(?![\w-]|'s end)", _period, "week month year quarter decade spring summer autumn fall winter day", re.IGNORECASE),
    _rule("weekend", r"\b(?:over|at|during|on) the weekend\b", _over_the_weekend, "weekend", re.IGNORECASE),
    _rule("end of", r"\b(?:the )?(?:end|beginning|start|middle) of the (?P<unit>year|month|week)\b", _end_of_year, " of the ", re.IGNORECASE),
    _rule("ago", rf"\b(?P<about>(?:about|around|nearly|almost|some|roughly|over|more than) )?(?P<n>{NUMBER})[ -](?P<unit>minutes?|hours?|days?|weeks?|fortnights?|months?|years?|decades?) (?P<word>ago|earlier|later|from now|hence|previously|before(?=[.,;]| *$))\b", _ago, "ago earlier later now hence before previously", re.IGNORECASE),
    _rule("in some time", rf"\bin (?:about )?(?P<n>{NUMBER}) (?P<unit>days?|weeks?|months?|years?)(?= time|['’]s? time|[.,;]|$)", _in_some_time, "in "),
    _rule("next day", r"\b(?P<word>the next day|the following day|the day after(?=[.,;])|the day before(?=[.,;])|the previous day|a day earlier|(?:later |earlier )?that (?:same )?(?:day|night|evening|morning|afternoon)|the same day|the next (?:morning|evening|night))\b", _next_day, "day night evening morning afternoon", re.IGNORECASE),
    _rule("in the day", r"\b(?:earlier|later) (?:in the|the same|that) day\b", _in_the_day, " day", re.IGNORECASE),
    _rule("season", rf"\b(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of|,)? (?P<y>{YEAR})", _season, "spring summer autumn fall winter", re.IGNORECASE),
    _rule("holiday", rf"\b(?P<h>{HOLIDAYS})(?:,? (?P<y>{YEAR}))?(?! (?:Eve|party|tree|shopping|season|card|present))", _holiday, "day christmas new halloween thanksgiving"),
    _rule("9/11", r"(?<![\d/])9/11(?![\d/])|Sept(?:ember|\.) 11 (?:terror(?:ist)? )?attacks", _nine_eleven, "11"),
    _rule("day only", r"(?<=\b[Oo]n )the (?P<d>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?=[.,;]| of (?:this|the) month)", _day_only, "#"),
)  # fmt: skip
