"""Numbers in digits and words: how they are written and what they are worth."""

from __future__ import annotations

import re

__all__ = ["DIGITS", "FRACTIONS", "PLURAL", "SCALE", "SIGN", "TIMES", "WORDED", "value_of"]


_SMALL = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALE = {
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
PLURAL = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
    "trillions": 2e12,
}
TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
FRACTIONS = {
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
WORDED = rf"(?:(?:{_UNIT_WORD})(?:-(?:{'|'.join(list(_SMALL)[1:10])}))?)(?:(?: and)? (?:(?:hundred|thousand)(?: and)? )?(?:{_UNIT_WORD})(?:-(?:{'|'.join(list(_SMALL)[1:10])}))?(?= ))?"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SIGN = r"US\$|A\$|C\$|HK\$|R\$|[$€£¥₩₹]"


def value_of(digits: str | None, words: str | None) -> float | None:
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
