"""The shapes of date expressions: each rule is a pattern, and what it resolves to given the day of publication.

A rule returns None for what looks like a date and is none ("Theresa May", "2000 people"). Of overlapping matches the
longest stands; `find_dates` sees to that.
"""

from __future__ import annotations

import re

from app.core.claims.dates import days, periods, relative, years
from app.core.claims.dates.almanac import DAY, MONTH, NUMBER, WEEKDAY, YEAR
from app.core.claims.dates.context import DateRule, Handler

__all__ = ["RULES"]

_RELATIVE_YEAR = r"(?:,? (?:of )?(?P<rely>last|this|next|the same|that) year)?"
_PART = r"(?: (?:morning|afternoon|evening|night|noon|lunchtime|dawn))?"
_LOOSE = r"(?P<loose>(?:(?:the )?(?:beginning|start|middle|end) of |early in |late in |early |late |mid-?|earlier |later |around |about |circa )*)"


def _rule(name: str, pattern: str, resolve: Handler, needs: str, flags: int = 0) -> DateRule:
    return DateRule(name, re.compile(pattern, flags), resolve, tuple(needs.split()))


_YEAR = rf"(?:{YEAR}|['’‘]\d\d(?![\w'’]))"
_MON = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MONTH_BITS = "jan feb mar apr may jun jul aug sep oct nov dec"


_B = r"(?<![\w.$€£#-])"
_W = rf"(?:(?P<w>{WEEKDAY}),? (?:the )?|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.?,? )?"
HOLIDAYS = r"Christmas Day|Christmas Eve|Boxing Day|New Year['’]s (?:Day|Eve)|Valentine['’]s Day|Halloween|Thanksgiving|Independence Day|Armistice Day|Veterans Day|Bastille Day|May Day|Labor Day|Election Day|Memorial Day|Remembrance Day|St\.? Patrick['’]s Day|Easter (?:Sunday|Monday|Saturday)|Good Friday|Christmas"

RULES: tuple[DateRule, ...] = (
    _rule("iso day", r"(?<![\d-])(?P<y>(?:19|20)\d\d)[-/](?P<m>0[1-9]|1[0-2])[-/](?P<d>[0-2]\d|3[01])(?!\d)", days.iso_day, "#"),
    _rule("day-mon-year", rf"(?<![\w/.-])(?P<d>3[01]|[12]\d|0?[1-9])[-/.]?(?P<mon>{_MON})[-/.]?(?P<y>(?:19|20)\d\d|\d\d)(?![\w/-])", days.day_of, _MONTH_BITS, re.IGNORECASE),
    _rule("mon-day-year", rf"(?<![\w/.-])(?P<mon>{_MON})[-/](?P<d>3[01]|[12]\d|0?[1-9])[-/](?P<y>(?:19|20)\d\d|\d\d)(?![\w/-])", days.day_of, _MONTH_BITS, re.IGNORECASE),
    _rule("year-mon-day", rf"(?<![\w/.-])(?P<y>(?:19|20)\d\d)[-/](?P<mon>{_MON})[-/](?P<d>3[01]|[12]\d|0?[1-9])(?![\w/-])", days.day_of, _MONTH_BITS, re.IGNORECASE),
    _rule("numeric", r"(?<![\d/.-])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?!\d)", days.numeric, "#"),
    _rule("short numeric", r"(?<![\d/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d)(?![\d/])", days.numeric, "#"),
    _rule("month day", rf"{_B}{_W}(?P<mon>{MONTH}) (?:the )?(?P<d>{DAY})(?:(?: ?[-–—] ?| and | to | & )(?P<d2>{DAY}))?(?:,? (?P<y>{_YEAR}))?{_RELATIVE_YEAR}", days.day_of, _MONTH_BITS),
    _rule("day month", rf"{_B}{_W}(?:the )?(?P<d>{DAY})(?:(?: ?[-–—] ?| and | to | & )(?P<d2>{DAY}))? (?:day )?(?:of )?(?P<mon>{MONTH})(?:,? (?P<y>{_YEAR}))?{_RELATIVE_YEAR}", days.day_of, _MONTH_BITS),
    _rule("month year", rf"{_B}{_LOOSE}(?P<mon>{MONTH}),? (?:of )?(?P<y>{_YEAR})", days.month_of, _MONTH_BITS),
    _rule("month of relative year", rf"{_B}{_LOOSE}(?P<mon>{MONTH}),? (?:of )?(?P<rely>last|this|next|the same|that) year", days.month_of, " year"),
    _rule("which month", rf"\b{_LOOSE}(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]hat|the following) (?P<mon>{MONTH})(?!\w)(?! \d)", days.month_of, _MONTH_BITS),
    _rule("month", rf"{_B}(?:(?<=mid-))?{_LOOSE}(?P<mon>{MONTH})(?!\w)(?! \d)", days.month_of, _MONTH_BITS),
    _rule("year range", rf"(?:\b[Ff]rom |\b[Bb]etween )?(?<![\d-])(?P<y>{YEAR})(?: ?[-–—/] ?| to | until | and (?<=etween \d{{4}} and ))(?P<y2>(?:1[5-9]|20)\d\d|\d\d)(?![\d-]|,\d)", years.year_range, "#"),
    _rule("year", rf"(?<![\d,])(?<!\d\.){_LOOSE}(?P<y>{YEAR})(?!s)", years.bare_year, "#"),
    _rule("decade", r"(?:\b(?:early|late|mid-?|the) ?)*(?<!\w)(?P<dec>(?:1[5-9]|20)\d0s|['’]\d0s|(?:(?<=the )|(?<=late )|(?<=early ))(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b", years.decade, "0s ies"),
    _rule("quarter", rf"\b(?:the )?(?P<o>first|second|third|fourth|final|1st|2nd|3rd|4th)[ -](?P<what>quarter|half)(?P<ofy>(?: of)?(?: the)?(?: (?:fiscal )?(?:year )?(?P<y>{YEAR})| (?P<rely>last|this|next) year| year))?", years.quarter, "quarter half", re.IGNORECASE),
    _rule("Q", rf"\bQ(?P<q>[1-4])(?:,? (?:of )?(?:FY)?(?P<y>{YEAR}))?", years.quarter, "q"),
    _rule("deictic", r"\b(?:late |early |earlier |later )?(?P<word>the day before yesterday|the day after tomorrow|today|tonight|yesterday(?: (?:morning|afternoon|evening|night))?|tomorrow(?: (?:morning|afternoon|evening|night))?|last night|this (?:morning|afternoon|evening)|overnight(?=[.,;]| (?:in|on|into|after|across|at|from|to|and|when|by)\b(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)))\b", relative.deictic, "today tonight yesterday tomorrow night morning afternoon evening", re.IGNORECASE),
    _rule("weekday", rf"\b(?:(?P<when>late|early|earlier|later|earlier on|later on|midnight|at midnight on|midnight on|late on|early on) )?(?:(?P<which>[Ll]ast|[Tt]his past|[Tt]his coming|[Tt]his|[Nn]ext|[Tt]hat|[Tt]he following|[Tt]he previous) )?(?P<w>{WEEKDAY}){_PART}(?:,? (?P<week>(?:of )?(?:last|next|this) week))?", relative.weekday, "day"),
    _rule("period", rf"\b{_LOOSE}(?P<which>last|this past|this coming|this|next|that|the same|the following|the previous|the next|the preceding) (?P<unit>week|weekend|month|year|quarter|decade|spring|summer|autumn|fall|winter|day)(?![\w-]|'s end)", periods.period, "week month year quarter decade spring summer autumn fall winter day", re.IGNORECASE),
    _rule("weekend", r"\b(?:over|at|during|on) the weekend\b", relative.over_the_weekend, "weekend", re.IGNORECASE),
    _rule("end of", r"\b(?:the )?(?:end|beginning|start|middle) of the (?P<unit>year|month|week)\b", years.end_of_year, " of the ", re.IGNORECASE),
    _rule("ago this", rf"\b(?:(?:about|exactly|almost|nearly) )?(?<![\d,.])(?P<n>{NUMBER})[ -](?P<unit>days?|weeks?|months?|years?|decades?) ago (?P<this>today|yesterday|this (?:week|month|year|day)|(?:on |last )?{WEEKDAY})(?!['’]s)", periods.ago_this, " ago ", re.IGNORECASE),
    _rule("years ago on", rf"\b(?<![\d,.])(?P<n>{NUMBER}) years ago,? (?:on|in|last|this) (?P<mon>{MONTH})(?: (?P<d>{DAY}))?", periods.years_ago_on, " years ago"),
    _rule("this ago", rf"\b(?P<this>this (?:week|month|day|time)|today),? (?P<n>{NUMBER}) (?P<unit>months?|years?|decades?) ago\b", periods.ago_this, " ago", re.IGNORECASE),
    _rule("this last year", r"\b(?P<this>this (?:week|month|day|time)) last year\b", periods.ago_this, " last year", re.IGNORECASE),
    _rule("this day in", rf"\b(?P<this>this (?:very )?(?:day|month)) in (?P<y>{YEAR})", periods.this_in, "#", re.IGNORECASE),
    _rule("weekday week", rf"\b(?P<w>{WEEKDAY}|[Tt]oday|[Tt]omorrow) (?P<unit>week|fortnight)\b(?!['’-]| (?:in|of|at)\b)", relative.weeks_on, "week fortnight"),
    _rule("a week on", rf"\b(?P<n>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[123]) (?P<unit>weeks?|fortnights?) (?:(?:on|from|after) (?:next )?)?(?P<w>{WEEKDAY}|today|tomorrow)\b(?!['’]s)", relative.weeks_on, "week fortnight"),
    _rule("a week ago on", rf"\b(?P<n>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[123]) (?P<unit>weeks?|fortnights?) (?P<back>ago last|ago on|ago|last) (?P<w>{WEEKDAY}|today|yesterday)\b(?!['’]s)", relative.weeks_on, "week fortnight"),
    _rule("ago", rf"\b(?P<about>(?:about|around|nearly|almost|some|roughly|over|more than) )?(?<![\d,.])(?P<n>{NUMBER})[ -](?P<unit>minutes?|hours?|days?|weeks?|fortnights?|months?|years?|decades?) (?P<word>ago|earlier|later|from now|hence|previously|before(?=[.,;]| *$))\b", periods.ago, "ago earlier later now hence before previously", re.IGNORECASE),
    _rule("year before", r"\bthe (?P<unit>year|month|week) (?P<word>before|after|earlier)(?=[.,;)]| *$)", periods.year_before, "year month week", re.IGNORECASE),
    _rule("year-end", r"\b(?:the )?(?P<unit>year|month)(?:-|['’]s )end\b", years.end_of_year, "end", re.IGNORECASE),
    _rule("in some time", rf"\bin (?:about )?(?P<n>{NUMBER}) (?P<unit>days?|weeks?|months?|years?)(?= time|['’]s? time|[.,;]|$)", periods.in_some_time, "in "),
    _rule("next day", r"\b(?P<word>the next day|the following day|the day after(?=[.,;])|the day before(?=[.,;])|the previous day|the night before(?=[.,;])|a day earlier|(?:later |earlier )?that (?:same )?(?:day|night|evening|morning|afternoon)|the same day|the next (?:morning|evening|night))\b", relative.next_day, "day night evening morning afternoon", re.IGNORECASE),
    _rule("in the day", r"\b(?:earlier|later) (?:in the|the same|that) day\b", relative.in_the_day, " day", re.IGNORECASE),
    _rule("season", rf"\b(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of|,)? (?P<y>{YEAR})", years.season, "spring summer autumn fall winter", re.IGNORECASE),
    _rule("holiday", rf"\b(?P<h>{HOLIDAYS})(?:,? (?P<y>{YEAR}))?(?! (?:Eve|party|tree|shopping|season|card|present|[Aa]greement|[Aa]ccord|[Pp]eace))", days.holiday_of, "day christmas new halloween thanksgiving easter"),
    _rule("9/11", r"(?<![\d/])9/11(?![\d/])|Sept(?:ember|\.) 11 (?:terror(?:ist)? )?attacks", days.nine_eleven, "11"),
    _rule("day only", r"(?<=\b[Oo]n )the (?P<d>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?=[.,;]| of (?:this|the) month)", days.day_only, "#"),
)  # fmt: skip
