"""Lines that print an article's date: "Published: Nov. 22, 2019 6:07 p.m. KST", "3 March 2020 · 4 min read".

Such a line holds days, times, labels and perhaps a name (a place, a section, a writer). A line with any other word in
small letters is a sentence: "He died on March 1, 2024." is no date line, however short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from app.core.article.dates import days_in
from app.core.article.shapes import count_words, starts_item
from app.core.lexicon.load import word_set

__all__ = ["DateSaid", "Printed", "printed_in", "printed_on"]

_MOST_WORDS = 24
_MOST_NAMES = 3


class DateSaid(IntEnum):
    """What a line says of its day, best first: a day that is only called the last change is believed last."""

    PUBLISHED = 0
    PLAIN = 1
    UPDATED = 2


@dataclass(frozen=True, slots=True, order=True)
class Printed:
    said: DateSaid
    day: date


_THIS = r"(?:this (?:article|story|page|post|piece) (?:was |has been )?|(?:article|story|post) )?"
_PUBLISHED = re.compile(
    rf"(?i)\b{_THIS}(?:(?:first|originally|date|news) )?(?:published|posted|publication|issued|created|upload(?:ed)?|input|"
    r"registered|registration|reg|dated?)\b(?: (?:online|date|time|in print))?"
)
_UPDATED = re.compile(
    rf"(?i)\b{_THIS}(?:(?:last|latest) )?(?:updated?|modif(?:ied|y)|edited|revised)\b(?: (?:date|time))?"
)
_TIMES = re.compile(
    r"(?i)\b(?:\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)? ?(?:hrs?|h|uhr)?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?|\d{4} ?(?:gmt|utc|hrs?)|t\d\d:\d\d(?::\d\d)?z?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|noon|midnight|(?:gmt|utc)(?: ?[+-]\d{1,2}(?::?\d\d)?)?|[ecmpkj][sd]?t|bst|a?[ci]st|aedt|cest|local time"
    r"|(?:(?:morning|evening|print|online|first|late) )?edition|\d+[ -]?min(?:ute)?s?(?: ago)?|\d+ (?:hours?|days?|weeks?|months?|years?) ago"
    r"|(?:\d+[ -]?min(?:ute)?s? )?read(?:ing time)?|\d+ comments?|(?:last|first|heard|source|share|print|email|save)\b)"
)
_OFFSET = re.compile(r"(?<=\d)[zZ]\b|[+-]\d\d:?\d\d\b")
_FIELD = re.compile(r"(?i)\b(?:source|editor|author|writer|photo|section|category) ?[:：][^|·•/]*")
_WORD = re.compile(r"(?P<word>[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+)(?P<label> ?[:：])?")
_SMALL = word_set("closed", "date_lines_small")


def printed_on(line: str) -> Printed | None:
    """What a line prints that is there for its date; None for any other line. Of several days the one best said."""
    days = [found for found in days_in(line) if found.day] if count_words(line) <= _MOST_WORDS else []
    if not days:
        return None
    bare = list(line)
    for found in days_in(line):
        bare[found.start : found.end] = " " * (found.end - found.start)
    rest = "".join(bare)
    for known in (_PUBLISHED, _UPDATED, _FIELD, _TIMES, _OFFSET):
        rest = known.sub(lambda m: " " * len(m[0]), rest)
    names = [m for m in _WORD.finditer(rest) if m["word"].casefold() not in _SMALL]
    if len(names) > _MOST_NAMES or any(m["word"][0].islower() or m["label"] for m in names):
        return None
    if starts_item(line) and any(m.start() > 0 and m["word"].isalpha() for m in names):
        return None  # a fact in a list: "- Opening 3 March 2021"
    return printed_in(line)


def printed_in(line: str) -> Printed | None:
    """The same of a line that is known to stand for something of the kind, a byline: whatever other words it holds."""
    found: list[Printed] = []
    said, behind = DateSaid.PLAIN, 0
    for day in days_in(line):
        said = _said(line[behind : day.start], said)
        behind = day.end
        if day.day:
            found.append(Printed(said, day.day))
    return min(found, key=lambda printed: printed.said, default=None)


def _said(before: str, otherwise: DateSaid) -> DateSaid:
    """What the words before a day call it: the last label among them; without any the same as the day before it."""
    ends = {
        said: max((m.end() for m in label.finditer(before)), default=-1)
        for said, label in ((DateSaid.PUBLISHED, _PUBLISHED), (DateSaid.UPDATED, _UPDATED))
    }
    last = max(ends, key=lambda said: ends[said])
    return last if ends[last] >= 0 else otherwise
