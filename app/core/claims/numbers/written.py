"""How numbers are written, in digits and in words, and what they are worth; always finite."""

from __future__ import annotations

import re
import unicodedata

from app.core.lexicon.load import load
from app.core.thresholds import MOST_DIGITS

__all__ = ["AMOUNT", "DIGITS_ONLY", "PARTS", "SCALES", "VAGUE", "WORDS", "part_of", "value_of"]

_ONES = {w: i for i, w in enumerate("zero one two three four five six seven eight nine".split())}
_TEENS = {
    w: i
    for i, w in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10
    )
}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SMALL = _ONES | _TEENS | _TENS
SCALES: dict[str, float] = load("written")["scales"]
# "dozens" says 24 or more, "hundreds" 200 or more: the least that a plural says
VAGUE = {f"{w}s": 2 * SCALES[w] for w in ("dozen", "hundred", "thousand", "million", "billion", "trillion")}
VAGUE |= {"scores": 40.0, "tens": 20.0}
_FRACTIONS: dict[str, int] = load("written")["fractions"]
_PARTS = {f"{a} {w}": 1 / n for w, n in _FRACTIONS.items() for a in (("an" if w[0] == "e" else "a"), "one")} | {
    "half": 1 / 2
}
_PARTS |= {
    f"{a} {w}{s}": k / n
    for w, n in _FRACTIONS.items()
    for k, a in enumerate("two three four".split(), start=2)
    if k < n
    for s in ("s", "")
}
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


def _any(words: dict[str, int]) -> str:
    return "|".join(words)


_S = rf"(?:(?:{_any(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[1:])})\b(?!-))?|{_any(_TEENS)}|{_any(_ONES)})"
_H = rf"(?:(?:{_S}|an?|several|a few|many) hundred(?:(?: and |[ -]){_S}\b)?)"
_T = rf"(?:(?:{_H}|{_S}|an?|several|a few|many) thousand(?:,?(?: and)? (?:{_H}|{_S})\b)?)"
_M = rf"(?:(?:{_H}|{_S}|an?) million (?:and )?(?:{_T}|{_H}))"
_WORDS = rf"(?:{_M}|{_T}|{_H}|half a dozen|(?:an?|several|a few|many) (?:dozen|million|billion|trillion|lakh|crore)|a couple(?: of)?|a score(?= of)|{_S})\b"
PARTS = rf"(?:{'|'.join(sorted((p.replace(' ', '[- ]') for p in _PARTS), key=len, reverse=True))})"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen|mln|bln)s?"
_SHORT = r"(?:bn|mn|tn|trn|mm|m|b|k)"
_DIGITS = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"  # 1.234,56  1.234.567
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 12,34,567  1,234,567.8
    r"|[1-9]\d{0,2}(?:'\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?(?![\d ]*\d)"  # 1'234  1 234 567,8
    r"|\d+,\d{1,2}(?!,?\d)|\d+(?:\.\d+)?|\.\d+)"  # 1,5  15.3  .5
)

_HEAD = rf"(?:(?P<alone>[{_VULGAR}]|(?<![\d/])\d/\d{{1,2}}(?![\d/]))|(?P<digits>{_DIGITS})(?:(?P<vulgar> ?[{_VULGAR}])|(?P<slash>[ -]\d/\d{{1,2}}(?![\d/])))?"
_TAIL = (
    rf"(?P<part>[ -]and[- ](?:{PARTS})\b(?![ -](?:an?[ -])?(?:point|percentage)))?"
    rf"(?P<scale>(?:[ -]?{_SCALE}\b|(?<=\d) ?{_SHORT}\b){{0,2}})(?P<tail> and a (?:half|quarter)\b)?"
)
_FRACTION = rf"(?P<fraction>\b(?:{PARTS})(?:(?:[- ]of)?[- ]an?[- ](?P<whole>(?:million|billion|trillion|dozen|century)\b)?|[- ](?=(?:percentage[- ])?points?\b)))"

AMOUNT = re.compile(rf"{_FRACTION}|{_HEAD}|(?P<words>\b{_WORDS})){_TAIL}", re.IGNORECASE)
DIGITS_ONLY = re.compile(rf"(?P<fraction>(?!))(?P<whole>)|{_HEAD}|(?P<words>(?!))){_TAIL}", re.IGNORECASE)
"""The same for text that holds none of WORDS: much faster."""
WORDS = re.compile(
    rf"\b(?:{'|'.join(_SMALL)}|hundred|thousand|million|billion|trillion|lakh|crore|dozen|half|third|quarter|fourth|fifth|sixth|eighth|tenth|couple|score)",
    re.IGNORECASE,
)


def value_of(m: re.Match[str]) -> tuple[float, bool] | None:
    """What a match of AMOUNT is worth, and whether it is a rough word ("several hundred"); None when it is no amount."""
    if m["fraction"]:
        part = re.split(r"(?:[- ]of)?[- ]an?[- ]|[- ]$", m["fraction"].lower())[0]
        return part_of(part) * SCALES.get((m["whole"] or "").lower(), 1), False
    rough = False
    if m["digits"]:
        if sum(c.isdigit() for c in m["digits"]) > MOST_DIGITS:
            return None
        value = _digits(m["digits"])
        if m["vulgar"]:
            value += unicodedata.numeric(m["vulgar"].strip())
        elif m["slash"]:
            part = _slash(m["slash"][1:])
            if part is None:
                return None
            value += part
    elif m["alone"]:
        found = unicodedata.numeric(m["alone"]) if len(m["alone"]) == 1 else _slash(m["alone"])
        if found is None:
            return None
        value = found
    else:
        value, rough = _words(m["words"].lower())
    if m["part"]:  # "two and a half million", "a million and a half"
        last = re.findall(r"[a-z]+", (m["words"] or "").lower())[-1:]
        value += part_of(re.sub(r"^[ -]and[- ]", "", m["part"].lower())) * (SCALES.get(last[0], 1) if last else 1)
    factor = 1.0
    for scale in re.findall(r"[a-z]+", (m["scale"] or "").lower()):
        factor *= SCALES[scale.removesuffix("s") if scale not in SCALES else scale]
    if m["tail"]:
        value += 0.5 if "half" in m["tail"] else 0.25
    return value * factor, rough


def _digits(text: str) -> float:
    """The worth of digits, however they are grouped.

    >>> [_digits(t) for t in ("1,234.5", "1.234,56", "1.234.567", "16'157", "816 000", "1,5", "12,34,567")]
    [1234.5, 1234.56, 1234567.0, 16157.0, 816000.0, 1.5, 1234567.0]
    """
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[\d ]+,\d{1,2}", text):
        text = text.replace(",", ".")
    return float(re.sub(r"[,' ]", "", text))


def _slash(text: str) -> float | None:
    """A fraction with a stroke: 3/4; None when it is none that people say ("9/11", "7/23")."""
    above, below = map(int, text.split("/"))
    return above / below if above < below and below in {2, 3, 4, 5, 6, 8, 10, 16} else None


def part_of(text: str) -> float:
    """What the words of a part are worth: "a third", "three-quarters"."""
    return _PARTS[text.replace("-", " ")]


_ROUGH = {"several": 2.0, "a few": 2.0, "many": 2.0}


def _words(text: str) -> tuple[float, bool]:
    """The worth of number words.

    >>> _words("a hundred and twenty"), _words("two thousand five hundred"), _words("several dozen")
    ((120.0, False), (2500.0, False), (24.0, True))
    """
    if text == "half a dozen":
        return 6.0, False
    if text.startswith("a couple"):
        return 2.0, False
    if text == "a score":
        return 20.0, False
    rough = next((w for w in _ROUGH if text.startswith(w + " ")), None)
    if rough:
        text = "two " + text.removeprefix(rough + " ")
    total = current = 0.0
    for word in re.split(r"[ -]", re.sub(r",| and(?= )", "", text)):
        if word in _SMALL:
            current += _SMALL[word]
        elif word in {"a", "an"}:
            current += 1
        elif word in {"hundred", "dozen"}:
            current *= SCALES[word]
        else:
            total, current = total + current * SCALES[word], 0.0
    return total + current, rough is not None
