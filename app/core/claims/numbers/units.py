"""What a number is measured in, how exactly it is meant, and one unit for what can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.load import load
from app.core.records import Hedge

__all__ = ["hedge_of", "in_common_unit", "unit_after", "units_of"]


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    end: int


@lru_cache(maxsize=1)
def units_of() -> tuple[re.Pattern[str], dict[str, str]]:
    table = load("units")
    forms: dict[str, str] = {}
    for group in ("time", "share", "length", "mass", "area", "volume", "other", "people", "currency"):
        for unit, names in table[group].items():
            for name in names:
                forms.setdefault(name.lower() if len(name) > 2 else name, unit)
                if name.replace(" ", "").isalpha() and len(name) > 2 and not name.endswith("s"):
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


def unit_after(text: str, end: int) -> _Unit | None:
    pattern, forms = units_of()
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


def hedge_of(text: str, start: int) -> Hedge:
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


def in_common_unit(value: float, unit: str | None) -> tuple[float, str | None]:
    """The value in the unit by which its kind is compared: hours and minutes in minutes, miles and feet in kilometres.

    >>> in_common_unit(1.5, "hour"), in_common_unit(10, "missile")
    ((90.0, 'minute'), (10, 'missile'))
    """
    row = load("units")["convert"].get(unit or "")
    return (value * row["factor"], row["to"]) if row else (value, unit)
