"""Every number of a sentence as it is written, with its unit and hedge; ages and names are told apart here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.claims.numbers.ages import find_age
from app.core.claims.numbers.fates import fate_words
from app.core.claims.numbers.line import Found, Line
from app.core.claims.numbers.moves import change_words, multiples
from app.core.claims.numbers.things import plural_follows
from app.core.claims.numbers.traps import is_name
from app.core.claims.numbers.units import hedge_after, hedge_before, kind_of_unit, money_before, unit_after
from app.core.claims.numbers.written import AMOUNT, PARTS, VAGUE, part_of, value_of
from app.core.records import Hedge, NumberRole

__all__ = ["amounts"]


def amounts(line: Line) -> Iterator[Found]:
    """Numbers without overlap, in no order; those that belong to names are marked and not left out."""
    taken: list[tuple[int, int]] = []
    for found in (*_and_a_half(line), *_written(line), *multiples(line), *_vague(line), *_often(line), *_shares(line)):
        if not line.is_blocked(found.start, found.end) and not any(a < found.end and found.start < b for a, b in taken):
            taken.append((found.start, found.end))
            yield found


def _written(line: Line) -> Iterator[Found]:
    last: Found | None = None
    for m in AMOUNT.finditer(line.text):
        if not line.is_blocked(m.start(), m.end()):
            found = _amount(line, m, last)
            if found is not None:
                last = found
                yield found


def _amount(line: Line, m: re.Match[str], last: Found | None) -> Found | None:
    text = line.text
    start, end = m.start(), m.end()
    money = money_before(text, start)
    worth = value_of(m)
    if worth is None:
        return None
    value, rough = worth
    scale = (m["scale"] or m["whole"] or "").strip(" -").lower()
    if money and money[2] and not scale and "," not in m.group():
        money = None
    if scale in {"m", "mm", "b", "k"} and not money and not _is_scale(line, m, scale):
        end, scale = m.start("scale"), ""
        value = (value_of(AMOUNT.match(text, start, end) or m) or worth)[0]
    found = Found(start, end, value, worded=bool(m["words"] or m["fraction"]), scaled=bool(scale), amount_end=end)
    if m["fraction"] and not scale:
        unit = unit_after(text, end)
        if unit is None and re.match(r"(?:percentage )?points?\b", line.lower[end:]) is None:
            return None
    if money:
        found.unit, found.start = money[0], money[1]
    else:
        unit = unit_after(text, end)
        if unit:
            found.unit, found.end = unit
        elif m["alone"] and re.match(r" of\b| the\b", line.lower[end:]):
            found.unit = "share"
    if found.unit == "gbp" and not money and "£" not in m.group() and _is_weight(line, found):
        found.unit = "pound_mass"
    if m["fraction"] and found.unit == "point":
        found.unit = "percentage_point"
    if found.worded and value == 1 and found.unit == "point" and re.search(r"\bat $", line.lower[:start]):
        return None
    _unit_before(line, found)
    if not _stands_alone(line, m, found, last):
        return None
    if (m["digits"] or "").startswith(".") and found.unit is None and not scale:
        return None  # a .357 revolver, a .500 record
    if m["words"] and re.match(
        r"[- ](?:thirds|quarters|fourths|fifths|sixths|eighths|tenths|halves|half)\b", line.lower[end:]
    ):
        return None
    if re.fullmatch(r"\d+,\d{1,2}", m["digits"] or "") and not (found.unit or scale):
        return None
    _negative(line, found)
    found.hedge = Hedge.AT_LEAST if rough else hedge_before(text, found.start, found.unit)
    if after := hedge_after(text, found.end):
        found.hedge = after[0]
    plural = found.unit is None and plural_follows(line, found.end)
    if found.role is NumberRole.AMOUNT and not find_age(line, found):
        bare = (
            not scale
            and found.unit in {None, "person"}
            and not re.search(r"[,']", m.group())
            and found.hedge is Hedge.EXACT
        )
        beside = re.match(r" ?(?:-year|-month)?[ -]?([a-z]+)", line.lower[found.end : found.end + 20])
        told = plural or found.unit == "person" or (beside is not None and beside[1] in fate_words())
        if is_name(line, start, end, bare=bare, plural=told, verbs=fate_words() | change_words()):
            found.name = True
    return found


def _is_scale(line: Line, m: re.Match[str], scale: str) -> bool:
    """Whether m, b, k after plain digits mean millions and so on: "5m people", "3m euros", not "40m" nor "a 5k race"."""
    if scale == "mm":
        return False
    if scale == "k":
        return m["scale"].strip() == m["scale"]
    if m["scale"] != m["scale"].strip():
        return False
    unit = unit_after(line.text, m.end())
    return (unit is not None and unit[0] != "metre") or (
        plural_follows(line, m.end()) and not line.lower.startswith((" hurdles", " sprints"), m.end())
    )


_MONEY_NEAR = re.compile(
    r"\b(?:sterling|euros?|dollars?|pay|paid|pays|fined?|cost\w*|worth|prices?|wages?|salary|earn\w*|spen[dt]\w*|funding|tickets?|bank|money|debt|invest\w*|tax\w*|fee|fees|rent|budget|loan|cash|bill|charged?|bet|prize)\b"
)


def _is_weight(line: Line, found: Found) -> bool:
    """Whether pounds are weight: "a 400-pound gorilla", "weighing 180 pounds", "two million pounds of thrust"; not "paid 50 pounds"."""
    near = line.lower[max(0, found.start - 50) : found.end + 30]
    if "-pound" in line.lower[found.start : found.end] or re.search(r"\bweigh", near):
        return True
    return not _MONEY_NEAR.search(near) and (not found.scaled or line.lower.startswith(" of ", found.end))


_MAGNITUDE = re.compile(
    r"\b(?:magnitude|magnitude of|measured|measuring|registered|registering|richter scale|strength of)(?: about| around| at least| a preliminary| at)? $|\bmagnitude-$|\bmagnitude(?: was| is| at|:) $"
)
_QUAKE = re.compile(
    r"[- ](?:strength |strong )?(?:earthquake|quake|tremor|temblor|aftershock|foreshock|shock|on the (?:open-ended )?richter)"
)


def _unit_before(line: Line, found: Found) -> None:
    """Magnitudes stand before: "magnitude 6.1", "measuring 6.1", or are told by what they are of: "a 6.1 quake"."""
    if found.unit not in {None, "degree"} or found.value >= 10 or found.worded:
        return
    decimal = "." in line.text[found.start : found.end]
    before = line.lower[max(0, found.start - 28) : found.start]
    near = _MAGNITUDE.search(before)
    if (near and ("magnitude" in near.group() or decimal)) or (decimal and _QUAKE.match(line.lower, found.end)):
        found.unit = "magnitude"


def _stands_alone(line: Line, m: re.Match[str], found: Found, last: Found | None) -> bool:
    """Not inside a longer string of digits or letters: "AK-47", "1.5.2", "F-35"; "20-30" and "$2bn-$3bn" are two numbers."""
    text, start, end = line.text, found.start, found.end
    if re.match(r"[.,:/']\d|:\d", text[end : end + 2]) or (
        m["digits"]
        and re.match(r"[A-Za-z\d]", text[m.end() : m.end() + 1])
        and end == found.amount_end
        and not re.match(r"[A-Za-z]+\b", text[end : end + 12])
    ):
        return False
    before = text[max(0, start - 1) : start]
    if (
        before.isalnum()
        or before in {"#", "@", "_", "/", "$", "€", "£"}
        or (before in ".,:'" and text[max(0, start - 2) : start - 1].isdigit())
    ):
        return False
    if before not in {"-", "—"} or start < 2 or text[start - 2] == " ":
        return True
    if last is not None and last.end == start - 1:
        found.name = last.name
        return True
    return (
        re.search(r"\b(?:to|or|in|of|and|by|nearly|mid)-$", line.lower[:start]) is not None
        or not text[start - 2].isalpha()
        and not text[start - 2].isdigit()
    )


def _negative(line: Line, found: Found) -> None:
    """ "-0.3 percent", "minus 5 degrees", "20 degrees below zero"; never of what is counted."""
    measured = found.unit not in {None, "person"}
    m = re.search(r"(?:^|[\s(\[:;,])(?P<sign>[-—])$|\b(?P<word>minus|negative) $", line.text[: found.start])
    if m and (m["word"] or measured or ("." in line.text[found.start : found.end] and not m["word"])):
        found.value, found.start = -found.value, m.start("sign") if m["sign"] else m.start("word")
    elif kind_of_unit(found.unit) == "heat" and (below := re.match(r" below(?: zero)\b", line.lower[found.end :])):
        found.value, found.end = -abs(found.value), found.end + below.end()


_VAGUE = re.compile(
    r"\b(?P<w>(?:tens|hundreds|thousands|dozens|scores|millions|billions|trillions)(?: of (?P<of>thousands|millions|billions|hundreds))?)\b(?! (?:column|place|digit))",
    re.IGNORECASE,
)


def _vague(line: Line) -> Iterator[Found]:
    for m in _VAGUE.finditer(line.text):
        words = m["w"].lower().split()
        if words[0] == "tens" and not m["of"]:
            continue
        if words[0] == "scores" and not line.lower.startswith(" of ", m.end()) and not _beside_fate(line, m):
            continue
        if (
            re.search(r"\b(?:the|his|her|their|low|high|upper) $", line.lower[: m.start()])
            and not line.lower.startswith(" of ", m.end())
            and words[0] != "millions"
        ):
            continue
        value = VAGUE[words[0]] * (VAGUE[m["of"].lower()] / 2 if m["of"] else 1)
        found = Found(m.start(), m.end(), value, True, True, amount_end=m.end(), hedge=Hedge.AT_LEAST)
        if unit := unit_after(line.text, re.match(r" of\b|", line.lower[m.end() :]).end() + m.end()):  # type: ignore[union-attr]
            if unit[0] != "person":
                found.unit, found.end = unit
        yield found


def _beside_fate(line: Line, m: re.Match[str]) -> bool:
    before, after = line.word_before(m.start()), re.match(r" (\w+)", line.lower[m.end() :])
    return before.lower() in fate_words() or (after is not None and after[1] in fate_words())


_OFTEN = re.compile(
    r"\b(?P<w>twice|thrice|once)\b(?! again| more| a\b| an\b| the\b| it\b| he\b| she\b| they\b| we\b| in power| and for all| inside| there| this| that)",
    re.IGNORECASE,
)
_AS_MUCH = re.compile(
    r" (?:as|the (?:size|number|amount|price|rate|average|national|legal|speed|usual|normal|level|value|cost))\b"
)
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


def _often(line: Line) -> Iterator[Found]:
    for m in re.finditer(r"\btwice\b(?= (?:as|the)\b)", line.lower):
        if _AS_MUCH.match(line.lower, m.end()):
            yield Found(
                m.start(),
                m.end(),
                2.0,
                True,
                amount_end=m.end(),
                unit="fold",
                role=NumberRole.MULTIPLE,
                hedge=hedge_before(line.text, m.start(), None),
            )
    for m in _OFTEN.finditer(line.text):
        word = m["w"].lower()
        if word == "once" and not re.match(r"[.,;]|$| (?:every|daily|weekly)", line.text[m.end() :]):
            continue
        if word == "once" and re.search(r"\bat $", line.lower[: m.start()]):
            continue
        yield Found(
            m.start(),
            m.end(),
            _TIMES[word],
            True,
            amount_end=m.end(),
            unit="time",
            hedge=hedge_before(line.text, m.start(), None),
        )


_SHARE = re.compile(
    rf"\b(?P<w>{PARTS})\b(?![- ](?:an? )?(?:hour|year|dozen|century|mile|time|past|point|percent|million|billion)\b)(?!-)",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    r"(?: of)? (?:the|its|their|his|her|our|your|my|all|those|these|us|them|whom|which|as)\b| of [a-z]| [a-z]+s\b"
)


def _shares(line: Line) -> Iterator[Found]:
    """ "half of the voters", "a third of its workers", "fell by a third"; no "second half", no "a third man"."""
    for m in _SHARE.finditer(line.text):
        word = m["w"].lower()
        before = line.lower[max(0, m.start() - 10) : m.start()]
        if (
            re.search(
                r"\b(?:first|second|other|better|top|bottom|latter|each|this|that|the|last|a|final|early|late|[a-z]+-)[ ]?$",
                before,
            )
            and word == "half"
        ):
            continue
        by = re.search(
            r"\b(?:by|than|to|from|almost|nearly) (?:about |almost |nearly |over |more than |at least )?$",
            line.lower[: m.start()],
        )
        if not by and not _OF_WHOLE.match(line.lower, m.end()):
            continue
        if re.match(r" as\b(?! (?:many|much|big|large|high|long))", line.lower[m.end() :]):
            continue
        if re.match(r" [a-z]+s\b", line.lower[m.end() :]) and word != "half":
            continue
        yield Found(
            m.start(),
            m.end(),
            part_of(word),
            True,
            amount_end=m.end(),
            unit="share",
            hedge=hedge_before(line.text, m.start(), None),
        )


_HOUR_OR = re.compile(
    r"\b(?:an?|one) (?P<unit>hour|year|month|week|day|mile|decade|minute|night) or (?:two|so)\b", re.IGNORECASE
)
_HOUR_AND = re.compile(
    r"\b(?:an?|one) (?P<unit>hour|year|month|week|day|mile|decade|century|minute) and a (?P<part>half|quarter)\b",
    re.IGNORECASE,
)


def _and_a_half(line: Line) -> Iterator[Found]:
    for m in _HOUR_OR.finditer(line.text):
        two = m.group().lower().endswith("two")
        yield Found(
            m.start(),
            m.end(),
            1.0,
            True,
            amount_end=m.end(),
            unit=m["unit"].lower(),
            upto=2.0 if two else None,
            hedge=Hedge.EXACT if two else Hedge.ABOUT,
        )
    for m in _HOUR_AND.finditer(line.text):
        value = 1.5 if m["part"].lower() == "half" else 1.25
        yield Found(
            m.start(),
            m.end(),
            value,
            True,
            amount_end=m.end(),
            unit=m["unit"].lower(),
            hedge=hedge_before(line.text, m.start(), m["unit"].lower()),
        )
