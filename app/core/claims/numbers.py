"""How many: numbers with their units, hedges and what they count, in digits and in words.

A date is no number, nor an ordinal, nor the number inside a name ("Group of 20"). "dozens" is 24 or more, "hundreds"
200 or more: the least that a plural says, hedged as at least.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.load import load
from app.core.lexicon.spelling import canonical_spelling
from app.core.records import Hedge, NumberMention, Span

__all__ = ["find_numbers", "in_common_unit"]

_SMALL = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALE = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "k": 1e3,
    "tn": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
}
_PLURAL = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
    "trillions": 2e12,
}
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_FRACTIONS = {
    "half": 0.5,
    "a half": 0.5,
    "one half": 0.5,
    "one-half": 0.5,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "one-third": 1 / 3,
    "two thirds": 2 / 3,
    "two-thirds": 2 / 3,
    "a quarter": 0.25,
    "one quarter": 0.25,
    "one-quarter": 0.25,
    "three quarters": 0.75,
    "three-quarters": 0.75,
    "a fifth": 0.2,
    "one fifth": 0.2,
    "one-fifth": 0.2,
}

_UNIT_WORD = "|".join([*_SMALL, *_TENS])
_WORDED = rf"(?:(?:{_UNIT_WORD})(?:-(?:{'|'.join(list(_SMALL)[1:10])}))?)(?:(?: and)? (?:(?:hundred|thousand)(?: and)? )?(?:{_UNIT_WORD})(?:-(?:{'|'.join(list(_SMALL)[1:10])}))?(?= ))?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SIGN = r"US\$|A\$|C\$|HK\$|R\$|[$€£¥₩₹]"
_NUMBER = re.compile(
    rf"(?<![\w.,$€£¥/:-])(?P<sign>{_SIGN})? ?(?:(?P<digits>{_DIGITS})|(?P<words>\b(?:{_WORDED}|a couple of|a dozen|half a dozen|a hundred|a thousand|a million|a billion|a trillion|several hundred|several thousand|a few hundred|a few thousand)\b))"
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
    + "|".join(sorted(map(re.escape, _FRACTIONS), key=len, reverse=True))
    + r")(?= (?:of|the|a|its|their|his|her|all|as)\b)(?! an? (?:hour|year|dozen|century|mile))",
    re.IGNORECASE,
)
_HALF_UNIT = re.compile(r"\bhalf an? (?P<u>hour|year|mile|century|million|billion|dozen)\b", re.IGNORECASE)
_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)\b")
_NAMES_WITH_NUMBERS = re.compile(
    r"(?:Group of|Boeing|Airbus|Article|Section|Chapter|Route|Flight|Highway|Interstate|Channel|Room|Page|No\.|Number|Apollo|Formula|World War|Type|Phase|Level|Grade|Class|Category|Windows|iPhone|Galaxy Note|Galaxy|Xbox|PlayStation|Under|Resolution|Gate|Pier|Unit|Task Force|Fox|BBC|Catch|Ocean's|Mark|Mk|Day|COVID|Covid|Level) ?-?$"
)
_SCORE = re.compile(r"(?<![\w.,$€£/:-])(?P<a>\d{1,3})(?:-|–)(?P<b>\d{1,3})(?![\w%]|[.,/:-]\d|-)")
_AGE = re.compile(r"^(?:-year-olds?| years? old|-month-old|-day-old|-week-old)\b")


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    end: int


@lru_cache(maxsize=1)
def _units() -> tuple[re.Pattern[str], dict[str, str]]:
    table = load("units")
    forms: dict[str, str] = {}
    for group in ("time", "share", "length", "mass", "area", "volume", "other", "people", "currency"):
        for unit, names in table[group].items():
            for name in names:
                forms.setdefault(name.lower() if len(name) > 2 else name, unit)
                if name.isalpha() and len(name) > 2 and not name.endswith("s"):
                    forms.setdefault(f"{name.lower()}s", unit)
    ordered = sorted(forms, key=lambda f: (-len(f), f))
    words = "|".join(re.escape(f) + (r"(?![\w])" if f[-1].isalnum() else "") for f in ordered)
    return re.compile(rf"[ -]?(?P<form>{words})", re.IGNORECASE), forms


@lru_cache(maxsize=1)
def _hedges() -> re.Pattern[str]:
    table = load("units")["hedges"]
    forms = [
        f"(?P<{kind}>{'|'.join(sorted(map(re.escape, table[kind]), key=len, reverse=True))})"
        for kind in ("at_least", "at_most", "about")
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)}) (?:the |a |an |its )?$", re.IGNORECASE)


def find_numbers(text: str, offset: int = 0, dates: tuple[Span, ...] | None = None) -> tuple[NumberMention, ...]:
    """Numbers in order, without overlap; offsets are into `text`, moved by `offset`.

    Dates are not numbers: `dates` are their spans in the same offsets, when known; else a plain year and a month's day
    are recognised here.
    """
    blocked = [(a - offset, b - offset) for a, b in dates] if dates is not None else _date_like(text)
    blocked += _clock_like(text)
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
    return tuple(sorted(_ranges(text, out, offset), key=lambda n: n.start))


def _half_unit(text: str, m: re.Match[str], offset: int) -> NumberMention:
    scale = {"million": 1e6, "billion": 1e9, "dozen": 12.0}.get(m["u"].lower())
    return _made(text, m.start(), m.end(), 0.5 * (scale or 1), None if scale else m["u"].lower(), offset)


def _score(text: str, m: re.Match[str], offset: int) -> NumberMention | None:
    if not _is_score(text, m):
        return None
    return NumberMention(m.group(), float(m["a"]), "score", m.start() + offset, m.end() + offset, upto=float(m["b"]))


def _vague(text: str, m: re.Match[str], offset: int) -> NumberMention:
    words = m["w"].lower().split()
    value = _PLURAL.get(words[0], 20.0)
    if len(words) > 1:
        value *= _SCALE[words[2][:-1]]
    return _made(text, m.start(), m.end(), value, None, offset, hedge=Hedge.AT_LEAST)


def _often(text: str, m: re.Match[str], offset: int) -> NumberMention | None:
    if m["w"].lower() == "once" and not re.match(r"[.,;]|$| (?:in|every|before|daily|weekly)", text[m.end() :]):
        return None
    return NumberMention(m.group(), _TIMES[m["w"].lower()], "time", m.start() + offset, m.end() + offset)


def _fraction(text: str, m: re.Match[str], offset: int) -> NumberMention:
    return _made(text, m.start(), m.end(), _FRACTIONS[m["w"].lower()], "share", offset)


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
    value = _value(digits, words)
    if value is None:
        return None
    scale = (m["scale"] or "").strip(" -").lower()
    if scale == "dozen":
        value *= 12
    elif scale:
        value *= _SCALE[scale]
    # "5m" is five metres or five million; only money and crowds are told in m
    if scale == "m" and not sign and not re.match(r" (?:people|euros|pounds|dollars|users|viewers|jobs|votes)", after):
        return NumberMention(text[start:end], value / 1e6, "metre", start + offset, end + offset, _hedge(text, start))
    if words and words.lower() in {"one", "zero"} and not scale and not _units()[0].match(text, end):
        return None  # "one" is most often a pronoun
    if sign:
        unit: str | None = _units()[1].get(sign if len(sign) <= 2 else sign.lower(), "usd")
    else:
        found = _unit_after(text, end)
        unit, end = (found.name, found.end) if found else (None, end)
    if _AGE.match(text[m.end() :]):
        unit = "year_of_age" if "year" in text[m.end() : m.end() + 8] else unit
        end = m.end() + len(_AGE.match(text[m.end() :]).group())  # type: ignore[union-attr]
    return _made(text, start, end, value, unit, offset)


def _made(
    text: str, start: int, end: int, value: float, unit: str | None, offset: int, hedge: Hedge | None = None
) -> NumberMention:
    said = _hedge(text, start)
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
        counts = _counted(text, end) if unit is None else "person"
        if counts in {"person", "people"}:
            unit, counts = "person", "person"
    return NumberMention(text[start:end], value, unit, start + offset, end + offset, hedge or said, None, counts)


_PASSES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str], int], NumberMention | None]], ...] = (
    (_HALF_UNIT, _half_unit),
    (_SCORE, _score),
    (_NUMBER, _number),
    (_VAGUE, _vague),
    (_OFTEN, _often),
    (_PART, _fraction),
)


def _value(digits: str | None, words: str | None) -> float | None:
    if digits:
        return float(digits.replace(",", ""))
    text = (words or "").lower()
    fixed = {
        "a couple of": 2.0,
        "a dozen": 12.0,
        "half a dozen": 6.0,
        "a hundred": 100.0,
        "a thousand": 1e3,
        "a million": 1e6,
        "a billion": 1e9,
        "a trillion": 1e12,
        "several hundred": 300.0,
        "several thousand": 3e3,
        "a few hundred": 300.0,
        "a few thousand": 3e3,
    }
    if text in fixed:
        return fixed[text]
    total = current = 0.0
    for word in re.split(r"[ -]", text.replace(" and ", " ")):
        if word in _SMALL:
            current += _SMALL[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current *= 100
        elif word == "thousand":
            total, current = total + current * 1000, 0.0
        else:
            return None
    return total + current


def _unit_after(text: str, end: int) -> _Unit | None:
    pattern, forms = _units()
    m = pattern.match(text, end)
    if m is None:
        return None
    form = m["form"]
    key = form if form in forms else form.lower()
    unit = forms.get(key)
    if unit is None or (len(form) <= 2 and form.isalpha() and m.group()[0] == " " and form in {"m", "g", "ha", "in"}):
        return None
    if unit in {"point", "second"} and re.match(
        r" (?:guard|half|place|time|round|term|quarter)", text[m.end() : m.end() + 10]
    ):
        return None
    if unit == "krw" and not re.match(r"\W|$", text[m.end() : m.end() + 1]):
        return None
    if unit == "krw" and re.match(r" (?:the|a|an|his|her|their|seats|by|gold|in)\b", text[m.end() : m.end() + 8]):
        return None  # "three won the race"
    return _Unit(unit, m.end())


def _hedge(text: str, start: int) -> Hedge:
    m = _hedges().search(text[max(0, start - 32) : start])
    if m is None:
        return Hedge.EXACT
    if m["at_least"]:
        return Hedge.AT_LEAST
    if m["at_most"]:
        return Hedge.AT_MOST
    if m["about"] and m["about"].lower() == "as":
        return Hedge.EXACT
    return Hedge.ABOUT


_LIKELY_NOT_COUNTED = frozenset(
    "of in on at by for from to with and or the a an is was were are has have had will said who that which percent more less fewer other others".split()
)


def _counted(text: str, end: int) -> str | None:
    """The singular of the noun that a number counts: "two long-range missiles" -> missile."""
    m = re.match(r"(?: of(?: the| its| their)?)?((?: [A-Za-z][\w'-]*){1,4})", text[end : end + 70])
    if m is None:
        return None
    words = m.group(1).split()
    for _i, word in enumerate(words):
        low = word.lower()
        if low in {"people", "persons"}:
            return "person"
        if low in _LIKELY_NOT_COUNTED and low not in {"more", "other", "others"}:
            return None
        plural = low.endswith("s") and not low.endswith(("ss", "us", "is", "'s")) and len(low) > 3
        if plural or low in {
            "men",
            "women",
            "children",
            "police",
            "troops",
            "personnel",
            "dead",
            "injured",
            "wounded",
            "missing",
        }:
            return _singular(low)
    return None


_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "troops": "troop",
    "wounded": "injured",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "policemen": "policeman",
}


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return canonical_spelling(word[:-3] + "y")
    if word.endswith(("ches", "shes", "sses", "xes")):
        return canonical_spelling(word[:-2])
    return canonical_spelling(word[:-1] if word.endswith("s") and not word.endswith("ss") else word)


_RANGE = re.compile(r"^ ?(?:-|–|—|to|and|or) ?(?:US\$|[$€£¥])?$")


def _ranges(text: str, found: list[NumberMention], offset: int) -> list[NumberMention]:
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


def _date_like(text: str) -> list[Span]:
    return [m.span() for pattern in _DATE_LIKE for m in pattern.finditer(text)]


def _clock_like(text: str) -> list[Span]:
    return [
        m.span()
        for m in _CLOCK_LIKE.finditer(text)
        if ":" in m.group() or re.search(r"[ap]\.?m|GMT", text[m.start() : m.end() + 4], re.IGNORECASE)
    ]


def in_common_unit(value: float, unit: str | None) -> tuple[float, str | None]:
    """The value in the unit by which its kind is compared: hours and minutes in minutes, miles and feet in kilometres.

    >>> in_common_unit(1.5, "hour"), in_common_unit(10, "missile")
    ((90.0, 'minute'), (10, 'missile'))
    """
    row = load("units")["convert"].get(unit or "")
    return (value * row["factor"], row["to"]) if row else (value, unit)
