"""Years and their parts: "1965", "2008-09", "the late 1990s", "the third quarter", "spring 2018", "the end of the year"."""

from __future__ import annotations

import re
from datetime import date

from app.core.claims.dates.almanac import grain_start, season_span
from app.core.claims.dates.context import Context, Match, Resolved, year_said
from app.core.claims.dates.direction import direction
from app.core.records import Grain

__all__ = ["bare_year", "decade", "end_of_year", "quarter", "season", "year_range"]


_COUNTED = re.compile(
    r"[ -](?:people|troops|soldiers|workers|jobs|votes|miles|kilomet|km|met(?:er|re)s|feet|dollars|euros|pounds|years?|days?|hours?|minutes?|percent|per cent|points|seats|homes|houses|"
    r"families|children|students|others|men|women|deaths|cases|GMT|UTC|BST|EST|EDT|hrs|employees|migrants|refugees|passengers|members|tons|tonnes|megawatts|square|acres|hectares|calories|words)\b"
)


def bare_year(m: Match, ctx: Context) -> Resolved | None:
    before, after = ctx.text[max(0, m.start() - 16) : m.start()], ctx.text[m.end() : m.end() + 16]
    year = int(m["y"])
    counted = _COUNTED.match(after) or re.search(
        r"(?:[$€£#]|No\. ?|\d[.,]|\b(?:over|nearly|some|than|least|about|almost|roughly|route|flight|room|page|model|article|section|highway|resolution|windows|boeing|airbus|case|bus|train|unit|lot|box|channel|level|class)\s)$",
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


def year_range(m: Match, ctx: Context) -> Resolved | None:
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


def decade(m: Match, _: Context) -> Resolved | None:
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


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def quarter(m: Match, ctx: Context) -> Resolved | None:
    which = m.groupdict()
    number = _ORDINALS[which["o"].lower()] if which.get("o") else int(which["q"])
    year = year_said(m, ctx)
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


def end_of_year(m: Match, ctx: Context) -> Resolved | None:
    if ctx.published is None:
        return None
    grain: Grain = "month" if m["unit"] == "month" else "year" if m["unit"] == "year" else "week"
    return Resolved(grain_start(ctx.published, grain), grain, approximate=True)


def season(m: Match, _: Context) -> Resolved | None:
    first, last = season_span(m["season"], int(m["y"]))
    return Resolved(first, "month", upto=last, approximate=True)
