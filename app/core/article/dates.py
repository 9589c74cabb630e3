"""Publication dates: on a line of their own, in an address, in a dateline; and which of them are believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.article.shapes import count_words
from app.errors import BadInput

__all__ = ["DAY", "Day", "check_hint", "date_in_address", "date_of_line", "in_range", "read_day"]

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
DAY = (
    rf"(?:{_ANY_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?|\d{{1,2}}(?:st|nd|rd|th)? {_ANY_MONTH}(?:,? (?:19|20)\d\d)?|"
    r"(?:19|20)\d\d-\d{1,2}-\d{1,2})"
)
"""A regular expression for a day as datelines print it, with or without its year."""

_WHOLE = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日일]"),
    re.compile(rf"(?P<mon>{_ANY_MONTH}) ?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<mon>{_ANY_MONTH})[ ,-]+(?P<y>(?:19|20)\d\d)(?!\d)"),
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_YEARLESS = (
    re.compile(rf"^(?P<mon>{_ANY_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?$"),
    re.compile(rf"^(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<mon>{_ANY_MONTH})$"),
)
_NOISE = re.compile(
    r"(?i)\b(?:first |date )?(?:published|publication|posted|updated|last|modified|upload(?:ed)?|created|input|issued|date|on|at|time|edited|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday)?|a\.?m\.?|p\.?m\.?|gmt|utc|kst|jst|[ecmp][sd]?t|bst|cet|ist|hrs?|local time|"
    r"registered|modif(?:y|ied)|reg|korea|seoul|tokyo|ago|source|editor|by|heard|morning|edition)\b|\d{1,2}[:.]\d\d(?::\d\d)?|t\d\d:\d\d|[|,.:;()\[\]/·•~+<>*_–—-]|[z]$"
)
_UPDATED = re.compile(r"(?i)\b(?:updated?|modif(?:ied|y)|edited)\b")
_LABELLED = re.compile(
    r"(?i)^\W*(?:first |date )?(?:published|posted|publication date|date|upload(?:ed)?|input|issued|created|registered|updated?|last (?:updated|modified))\b"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day read from text; `whole` is None when its year is not said."""

    month: int
    day: int
    whole: date | None


def read_day(text: str) -> Day | None:
    """The first day in the text, whole if any is; None when there is none or it does not exist (Feb 30)."""
    for form in _WHOLE:
        for m in form.finditer(text):
            if found := _made(int(m["y"]), _month(m), int(m["d"])):
                return Day(found.month, found.day, found)
    if numeric := _NUMERIC.search(text):
        first, second, year = (int(g) for g in numeric.groups())
        month, day = (first, second) if second > 12 or first == second else (second, first)
        if (first > 12 or second > 12 or first == second) and (found := _made(year, month, day)):
            return Day(found.month, found.day, found)
    for form in _YEARLESS:
        bare = form.search(text.strip())
        if bare and _made(2000, _month(bare), int(bare["d"])):
            return Day(_month(bare), int(bare["d"]), None)
    return None


def date_of_line(line: str) -> date | None:
    """The day of a line that says little else: "2019-11-28", "Published: Nov. 22, 2019 6:07 p.m. KST"; the first of several."""
    if count_words(line) > 24:
        return None
    first = re.split(_UPDATED, line, maxsplit=1)[0]
    found = read_day(first) or read_day(line)
    if not found or not found.whole:
        return None
    rest = line
    for form in (*_WHOLE, _NUMERIC):
        rest = form.sub(" ", rest)
    return found.whole if len(re.findall(r"\w+", _NOISE.sub(" ", rest))) <= 3 else None


def is_labelled(line: str) -> bool:
    """Says itself that it gives the publication date."""
    return bool(_LABELLED.match(line))


def date_in_address(address: str | None) -> date | None:
    """The day in a URL's path: /2019/11/22/, /20191122, -2019-11-22-."""
    if not address:
        return None
    path = re.sub(r"^[a-z]+://[^/]*", "", address).split("?")[0].split("#")[0]
    if m := re.search(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)", path):
        return _made(*(int(g) for g in m.groups()))
    if m := re.search(rf"/((?:19|20)\d\d)/({'|'.join(_MONTHS)})/(\d{{1,2}})(?!\d)", path.casefold()):
        return _made(int(m[1]), _MONTHS.index(m[2]) + 1, int(m[3]))
    if m := re.search(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", path):
        return _made(*(int(g) for g in m.groups()))
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


def _month(m: re.Match[str]) -> int:
    groups = m.groupdict()
    return _MONTHS.index(groups["mon"][:3].casefold()) + 1 if groups.get("mon") else int(groups["m"])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
