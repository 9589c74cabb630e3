"""Numbers that are told without one: "dozens", "twice", "half of the voters", "an hour and a half"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.claims.numbers.fates import fate_words
from app.core.claims.numbers.line import FoundNumber, NumberLine
from app.core.claims.numbers.units import hedge_before, unit_after
from app.core.claims.numbers.written import PARTS, VAGUE, part_of
from app.core.records import Hedge, NumberRole

__all__ = ["parts", "spans_of_time", "times", "vague"]


def _worded(line: NumberLine, m: re.Match[str], value: float, unit: str | None) -> FoundNumber:
    hedge = hedge_before(line.text, m.start(), unit)
    return FoundNumber(m.start(), m.end(), value, worded=True, amount_end=m.end(), unit=unit, hedge=hedge)


_SPAN = re.compile(
    r"\b(?:an?|one) (?P<unit>hour|year|month|week|day|night|mile|decade|century|minute) (?:and a (?P<part>half|quarter)|or (?P<more>two|so))\b",
    re.IGNORECASE,
)


def spans_of_time(line: NumberLine) -> Iterator[FoundNumber]:
    """Spans like "an hour and a half", "a day or two"."""
    for m in _SPAN.finditer(line.text):
        part, more = (m["part"] or "").lower(), (m["more"] or "").lower()
        found = _worded(line, m, {"half": 1.5, "quarter": 1.25}.get(part, 1.0), m["unit"].lower())
        found.upto = 2.0 if more == "two" else None
        found.hedge = Hedge.ABOUT if more == "so" else found.hedge
        yield found


_VAGUE = re.compile(
    r"\b(?P<w>tens|hundreds|thousands|dozens|scores|millions|billions|trillions)(?: of (?P<of>hundreds|thousands|millions|billions))?\b(?! (?:column|place|digit))",
    re.IGNORECASE,
)


def vague(line: NumberLine) -> Iterator[FoundNumber]:
    """The least that a plural says: "dozens", "tens of thousands of dollars"."""
    for m in _VAGUE.finditer(line.text):
        word, of = m["w"].lower(), line.lower.startswith(" of ", m.end())
        if (word == "tens" and not m["of"]) or (word == "scores" and not of and not _beside_fate(line, m)):
            continue
        if not of and re.search(
            r"\b(?:the|his|her|their|low|high|upper) $", line.lower[max(0, m.start() - 7) : m.start()]
        ):
            continue
        found = _worded(line, m, VAGUE[word] * (VAGUE[m["of"].lower()] / 2 if m["of"] else 1), None)
        found.scaled, found.hedge = True, Hedge.AT_LEAST
        unit = unit_after(line.text, m.end() + 3 * of)
        if unit and unit[0] != "person":
            found.unit, found.end = unit
        yield found


def _beside_fate(line: NumberLine, m: re.Match[str]) -> bool:
    after = re.match(r" (\w+)", line.lower[m.end() :])
    return line.word_before(m.start()).lower() in fate_words() or (after is not None and after[1] in fate_words())


_TIMES = re.compile(
    r"\b(?:(?P<fold>twice)(?= as\b| the (?:size|number|amount|price|rate|average|national|legal|speed|usual|normal|level|value|cost)\b)"
    r"|(?P<w>twice|thrice|once(?=[.,;]|$| every| daily| weekly)(?<!at once))\b(?! again| more| an?\b| the\b| it\b| [hs]he\b| they\b| we\b| in power| and for all| inside| there| th[ia][st]))",
    re.IGNORECASE,
)
_FACTORS = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


def times(line: NumberLine) -> Iterator[FoundNumber]:
    """How often, and how many times as much, "twice" tells."""
    for m in _TIMES.finditer(line.text):
        found = _worded(line, m, _FACTORS[m.group().lower()], "fold" if m["fold"] else "time")
        found.role = NumberRole.MULTIPLE if m["fold"] else NumberRole.AMOUNT
        yield found


_PART = re.compile(
    rf"\b(?P<w>{PARTS})\b(?![- ](?:an? )?(?:hour|year|dozen|century|mile|time|past|point|percent|million|billion)\b)(?!-)",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|than|to|from|almost|nearly) (?:about |almost |nearly |over |more than |at least )?$")
_OF_WHOLE = re.compile(
    r"(?: of)? (?:the|its|their|his|her|our|your|my|all|those|these|us|them|whom|which|as (?:many|much|big|large|high|long))\b| of [a-z]"
)
_SECOND_HALF = re.compile(
    r"(?:\b(?:first|second|other|better|top|bottom|latter|each|this|that|the|last|a|final|early|late) |[a-z]-)$"
)


def parts(line: NumberLine) -> Iterator[FoundNumber]:
    """Shares like "half of the voters", "fell by a third"; not "the second half", "a third man"."""
    for m in _PART.finditer(line.text):
        word, before = m["w"].lower(), line.lower[max(0, m.start() - 40) : m.start()]
        if word == "half" and (_SECOND_HALF.search(before) or before.endswith("in ")):
            continue
        plural = word == "half" and re.match(r" [a-z]+s\b", line.lower[m.end() :])
        if _BY.search(before) or _OF_WHOLE.match(line.lower, m.end()) or plural:
            yield _worded(line, m, part_of(word), "share")
