"""Two numbers that make a range, and digits that are a date or a time of day."""

from __future__ import annotations

import re

from app.core.records import Hedge, NumberMention, Span

__all__ = ["clock_like", "date_like", "ranges"]


_RANGE = re.compile(r"^ ?(?:-|–|—|to|and|or) ?(?:US\$|[$€£¥])?$")


def ranges(text: str, found: list[NumberMention], offset: int) -> list[NumberMention]:
    """One number with `upto` of "five to ten people", "between 30 and 40 percent": the unit and scale of the second hold for both."""
    out: list[NumberMention] = []
    for number in sorted(found, key=lambda n: n.start):
        if out:
            last = out[-1]
            gap = text[last.end - offset : number.start - offset]
            between = re.search(
                r"\bbetween (?:about )?$", text[max(0, last.start - offset - 16) : last.start - offset], re.IGNORECASE
            )
            dash = bool(_RANGE.match(gap)) and (gap.strip() not in {"and", "or"} or between is not None)
            fits = (last.upto is None and last.unit in {None, number.unit}) or (last.unit == number.unit)
            if dash and fits and "time" not in {last.unit, number.unit}:
                low = last.value
                if number.value >= 1e6 > low and low * 1e3 <= number.value:
                    low *= 1e6 if number.value < 1e9 else 1e9
                if number.value > low:
                    start = last.start
                    out[-1] = NumberMention(
                        text[start - offset : number.end - offset],
                        low,
                        number.unit or last.unit,
                        start,
                        number.end,
                        Hedge.EXACT if last.hedge is Hedge.EXACT else last.hedge,
                        number.value,
                        number.counts or last.counts,
                    )
                    continue
        out.append(number)
    return out


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_DATE_LIKE = (
    re.compile(rf"\b(?:(?:{_MONTHS})|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.) \d{{1,2}}(?:st|nd|rd|th)?(?: ?[-–] ?\d{{1,2}})?(?:,? (?:1[89]|20)\d\d)?\b"),
    re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b(?:,? (?:1[89]|20)\d\d\b)?"),
    re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b"),
    re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"),
    re.compile(r"(?<![$€£\d,.])\b(?:1[89]|20)\d\d(?:s|[-–/]\d{2,4})?\b(?![,.]\d|[ -](?:people|troops|soldiers|workers|jobs|votes|miles|km|meters|metres|feet|dollars|homes|houses|points|employees|migrants|refugees))"),
)  # fmt: skip
_CLOCK_LIKE = re.compile(
    r"\b\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?\b(?= ?[ap]\.?m|:|[ ,.]|$)|\b\d{1,2} ?[ap]\.?m\b|\b\d{4} GMT\b", re.IGNORECASE
)


def date_like(text: str) -> list[Span]:
    return [m.span() for pattern in _DATE_LIKE for m in pattern.finditer(text)]


def clock_like(text: str) -> list[Span]:
    return [
        m.span()
        for m in _CLOCK_LIKE.finditer(text)
        if ":" in m.group() or re.search(r"[ap]\.?m|GMT", text[m.start() : m.end() + 4], re.IGNORECASE)
    ]
