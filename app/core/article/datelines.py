"""Datelines: the place, agency and day that open a report.

Tokyo (AFP) Aug 23, 2019 -        SEOUL, Nov. 22 (Yonhap) --        TOKYO/SEOUL -- South Korea ...
LONDON (Reuters) - The ...        Seoul, 22 August 2019 (AFP) -     WASHINGTON — The ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.core.article.dates import DAY, read_day

__all__ = ["Dateline", "dateline_of"]

_MOST_CHARS = 160
"""Characters of a line among which its dateline is looked for."""
_CAPS = r"[A-Z][A-Z.'’-]+(?:[ ,/]+(?:[A-Z][A-Z.'’-]+|(?:and|de|di|du|al|el|la|of)\b|[A-Z][a-z]{2,5}\.|[A-Z][a-z]+(?= ?[,(—–-])))*"
_PLACE = r"[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|de|di|du|of|the|and|al|el)){0,5}"
_AGENCY = r"\((?P<agency>[A-Z][\w.&/ -]{1,38})\)"
_DASH = r"(?:[-–—]{1,3}|―|─)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?P<place>{_PLACE}),? {_AGENCY},? (?P<date>{DAY})\s*(?:{_DASH}|:|$)",
        rf"^(?P<place>{_PLACE}),? (?P<date>{DAY}),? {_AGENCY}\s*(?:{_DASH}|:|$)",
        rf"^(?P<place>{_PLACE}),? {_AGENCY}\s*(?:{_DASH}(?=\s|$|[A-Z“\"])|:|$)",
        rf"^(?P<agency>[A-Z]{{2,6}}), (?P<place>{_PLACE})\s*{_DASH}\s",
        rf"^(?P<place>{_CAPS}),? (?P<date>{DAY})\s*(?:{_DASH}|:|$)",
        rf"^(?P<place>{_CAPS})\s*(?:--|[–—―─]|\s-\s)(?=\s|$|[A-Z“\"])",
        rf"^{_AGENCY}\s*{_DASH}\s",
    )
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`end` is where the report begins; `day` has no year when the dateline has none (then `year_missing`)."""

    place: str | None
    agency: str | None
    day: date | None
    end: int
    day_without_year: tuple[int, int] | None = None  # (month, day)


def dateline_of(line: str) -> Dateline | None:
    """The dateline that opens this line, or None.

    >>> d = dateline_of("Tokyo (AFP) Aug 23, 2019 -"); d.agency, d.day.isoformat()
    ('AFP', '2019-08-23')
    """
    head = line[:_MOST_CHARS]
    for form in _FORMS:
        if not (m := form.match(head)):
            continue
        groups = m.groupdict()
        place = groups.get("place")
        if place and len(place.split()) > 6:
            continue
        found = read_day(groups["date"]) if groups.get("date") else None
        return Dateline(
            place=place,
            agency=groups.get("agency"),
            day=found.whole if found else None,
            end=m.end(),
            day_without_year=(found.month, found.day) if found and not found.whole else None,
        )
    return None
