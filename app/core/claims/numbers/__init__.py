"""How many: numbers with their units, hedges and what they count, in digits and in words.

A date is no number, nor an ordinal, nor the number inside a name ("Group of 20"). "dozens" is 24 or more, "hundreds"
200 or more: the least that a plural says, hedged as at least.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.claims.numbers.counted import counted
from app.core.claims.numbers.ranges import clock_like, date_like, ranges
from app.core.claims.numbers.units import hedge_of, in_common_unit, unit_after, units_of
from app.core.claims.numbers.words import DIGITS, FRACTIONS, PLURAL, SCALE, SIGN, TIMES, WORDED, value_of
from app.core.records import Hedge, NumberMention, Span

__all__ = ["find_numbers", "in_common_unit"]


_NUMBER = re.compile(
    rf"(?<![\w.,$€£¥/:-])(?P<sign>{SIGN})? ?(?:(?P<digits>{DIGITS})|(?P<words>\b(?:{WORDED}|a couple of|a dozen|half a dozen|a hundred|a thousand|a million|a billion|a trillion|several hundred|several thousand|a few hundred|a few thousand)\b))"
    r"(?P<scale>[ -]?(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen)\b|(?:bn|mn|tn|m|b|k)\b)?",
    re.IGNORECASE,
)  # fmt: skip
_VAGUE = re.compile(
    r"\b(?P<w>(?:(?:tens|hundreds|thousands) of (?:thousands|millions)|dozens|scores|hundreds|thousands|millions|billions|trillions))\b(?= of\b|[ ,.])",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?P<w>twice|thrice|once)\b(?! again| more| a\b| the\b| it\b| he\b| she\b| they\b| we\b| in power| and for all)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?P<w>"
    + "|".join(sorted(map(re.escape, FRACTIONS), key=len, reverse=True))
    + r")(?= (?:of|the|a|its|their|his|her|all|as)\b)(?! an? (?:hour|year|dozen|century|mile))",
    re.IGNORECASE,
)
_HALF_UNIT = re.compile(r"\bhalf an? (?P<u>hour|year|mile|century|million|billion|dozen)\b", re.IGNORECASE)
_PART_OF_POINT = re.compile(
    r"\b(?P<w>half|(?:a |one |three )?quarters?)(?:(?: of)? an? (?:percentage )?|[- ](?:percentage[- ])?)points?\b",
    re.IGNORECASE,
)
_PARTS_OF_POINT = {"half": 0.5, "quarter": 0.25, "three quarters": 0.75}
_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)\b")
_NAMES_WITH_NUMBERS = re.compile(
    r"(?:Group of|Boeing|Airbus|Article|Section|Chapter|Route|Flight|Highway|Interstate|Channel|Room|Page|No\.|Number|Apollo|Formula|World War|Type|Phase|Level|Grade|Class|Category|Windows|iPhone|Galaxy Note|Galaxy|Xbox|PlayStation|Under|Resolution|Gate|Pier|Unit|Task Force|Fox|BBC|Catch|Ocean's|Mark|Mk|Day|COVID|Covid|Level) ?-?$"
)
_SCORE = re.compile(r"(?<![\w.,$€£/:-])(?P<a>\d{1,3})(?:-|–)(?P<b>\d{1,3})(?![\w%]|[.,/:-]\d|-)")
_AGE = re.compile(r"^(?:-year-olds?| years? old|-month-old|-day-old|-week-old)\b")


def find_numbers(text: str, offset: int = 0, dates: tuple[Span, ...] | None = None) -> tuple[NumberMention, ...]:
    """Numbers in order, without overlap; offsets are into `text`, moved by `offset`.

    Dates are not numbers: `dates` are their spans in the same offsets, when known; else a plain year and a month's day
    are recognised here.
    """
    blocked = [(a - offset, b - offset) for a, b in dates] if dates is not None else date_like(text)
    blocked += clock_like(text)
    out: list[NumberMention] = []
    # Most telling shapes first; what one has taken the next leaves alone.
    for pattern, read in _PASSES:
        for m in pattern.finditer(text):
            if any(a < m.end() and m.start() < b for a, b in blocked):
                continue
            found = read(text, m, offset)
            if found is not None:
                out.append(found)
                blocked.append((found.start - offset, found.end - offset))
    return tuple(sorted(ranges(text, out, offset), key=lambda n: n.start))


def _half_unit(text: str, m: re.Match[str], offset: int) -> NumberMention:
    scale = {"million": 1e6, "billion": 1e9, "dozen": 12.0}.get(m["u"].lower())
    return _made(text, m.start(), m.end(), 0.5 * (scale or 1), None if scale else m["u"].lower(), offset)


def _part_of_point(text: str, m: re.Match[str], offset: int) -> NumberMention:
    """Part of a point of a rate or a poll ("half a point"), in percentage points."""
    part = re.sub(r"^(?:a|one) ", "", m["w"].lower())
    return _made(text, m.start(), m.end(), _PARTS_OF_POINT.get(part, 0.25), "percentage_point", offset)


def _score(text: str, m: re.Match[str], offset: int) -> NumberMention | None:
    if not _is_score(text, m):
        return None
    return NumberMention(m.group(), float(m["a"]), "score", m.start() + offset, m.end() + offset, upto=float(m["b"]))


def _vague(text: str, m: re.Match[str], offset: int) -> NumberMention:
    words = m["w"].lower().split()
    value = PLURAL.get(words[0], 20.0)
    if len(words) > 1:
        value *= SCALE[words[2][:-1]]
    return _made(text, m.start(), m.end(), value, None, offset, hedge=Hedge.AT_LEAST)


def _often(text: str, m: re.Match[str], offset: int) -> NumberMention | None:
    if m["w"].lower() == "once" and not re.match(r"[.,;]|$| (?:in|every|before|daily|weekly)", text[m.end() :]):
        return None
    return NumberMention(m.group(), TIMES[m["w"].lower()], "time", m.start() + offset, m.end() + offset)


def _fraction(text: str, m: re.Match[str], offset: int) -> NumberMention:
    return _made(text, m.start(), m.end(), FRACTIONS[m["w"].lower()], "share", offset)


def _is_score(text: str, m: re.Match[str]) -> bool:
    """Whether two numbers are a result: "3-0" and "a 10-7 vote"; not "10-15 people"."""
    before, after = text[max(0, m.start() - 24) : m.start()].lower(), text[m.end() : m.end() + 16].lower()
    if int(m["b"]) <= int(m["a"]) and not re.match(
        r" ?(?:percent|per cent|years?|people|hours?|minutes?|days?|miles|km)", after
    ):
        return True
    return bool(
        re.match(
            r" (?:vote|win|victory|defeat|loss|draw|lead|record|on aggregate|against|majority|ruling|decision)", after
        )
    ) or bool(re.search(r"\b(?:won|lost|beat|beaten|lead|led|voted|defeated|drew|tied|winning|losing)\b[^.]*$", before))


def _number(text: str, m: re.Match[str], offset: int) -> NumberMention | None:
    start, end = m.start() + (len(m.group()) - len(m.group().lstrip())), m.end()
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    digits, words, sign = m["digits"], m["words"], m["sign"]
    if digits and (
        _ORDINAL_TAIL.match(after)
        or (
            re.match(r"[A-Za-z]{1,2}\b(?!.*\b(?:km|kg|cm|mm|ft|mi|lb)\b)", after)
            and not re.match(r"(?:km|kg|cm|mm|ft|lb|m|g|C|F|MW|GW)\b", after)
        )
    ):
        return None
    if digits and re.match(r"/\d", after):
        return None
    if digits and _NAMES_WITH_NUMBERS.search(before):
        return None
    value = value_of(digits, words)
    if value is None:
        return None
    scale = (m["scale"] or "").strip(" -").lower()
    if scale == "dozen":
        value *= 12
    elif scale:
        value *= SCALE[scale]
    # "5m" is five metres or five million; only money and crowds are told in m
    if scale == "m" and not sign and not re.match(r" (?:people|euros|pounds|dollars|users|viewers|jobs|votes)", after):
        return NumberMention(text[start:end], value / 1e6, "metre", start + offset, end + offset, hedge_of(text, start))
    if words and words.lower() in {"one", "zero"} and not scale and not units_of()[0].match(text, end):
        return None  # "one" is most often a pronoun
    if sign:
        unit: str | None = units_of()[1].get(sign if len(sign) <= 2 else sign.lower(), "usd")
    else:
        found = unit_after(text, end)
        unit, end = (found.name, found.end) if found else (None, end)
    if _AGE.match(text[m.end() :]):
        unit = "year_of_age" if "year" in text[m.end() : m.end() + 8] else unit
        end = m.end() + len(_AGE.match(text[m.end() :]).group())  # type: ignore[union-attr]
    return _made(text, start, end, value, unit, offset)


def _made(
    text: str, start: int, end: int, value: float, unit: str | None, offset: int, hedge: Hedge | None = None
) -> NumberMention:
    said = hedge_of(text, start)
    if re.match(r" or (?:more|so|fewer|less)\b", text[end : end + 10]):
        said = (
            Hedge.AT_LEAST
            if "more" in text[end : end + 10]
            else Hedge.ABOUT
            if "so" in text[end : end + 10]
            else Hedge.AT_MOST
        )
    counts = None
    if unit is None or unit == "person":
        counts = counted(text, end) if unit is None else "person"
        if counts in {"person", "people"}:
            unit, counts = "person", "person"
    return NumberMention(text[start:end], value, unit, start + offset, end + offset, hedge or said, None, counts)


_PASSES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str], int], NumberMention | None]], ...] = (
    (_HALF_UNIT, _half_unit),
    (_PART_OF_POINT, _part_of_point),
    (_SCORE, _score),
    (_NUMBER, _number),
    (_VAGUE, _vague),
    (_OFTEN, _often),
    (_PART, _fraction),
)
