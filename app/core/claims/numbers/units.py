"""What a number is measured in, how exactly it is meant, and one unit for what can be compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from app.core.lexicon.load import load
from app.core.records import Hedge

__all__ = ["hedge_after", "hedge_before", "in_common_unit", "kind_of_unit", "money_before", "unhedged", "unit_after"]

_NO_UNITS = frozenset({"before", "convert", "hedges", "hedges_after"})


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], dict[str, str]], tuple[re.Pattern[str], dict[str, str]]]:
    """Words in any case, and symbols written just so (km, GHz, °C): a pattern and the unit of each form."""
    words: dict[str, str] = {}
    symbols: dict[str, str] = {}
    rows = load("units").items()
    named = (
        (unit, form)
        for group, units in rows
        if group not in _NO_UNITS
        for unit, forms in units.items()
        for form in forms
    )
    for unit, form in named:
        if len(form) <= 2 or (len(form) <= 5 and " " not in form and form != form.lower()):
            symbols.setdefault(form, unit)
        else:
            words.setdefault(form.lower(), unit)
            if form.replace(" ", "").isalpha() and not form.endswith("s"):
                words.setdefault(f"{form.lower()}s", unit)
    return (_pattern(words, re.IGNORECASE), words), (_pattern(symbols, 0), symbols)


def _pattern(forms: dict[str, str], flags: int) -> re.Pattern[str]:
    ordered = sorted(forms, key=lambda f: (-len(f), f))
    each = "|".join(re.escape(f).replace(r"\ ", "[ -]") + (r"(?!\w)" if f[-1].isalnum() else "") for f in ordered)
    return re.compile(rf"[ -]?(?P<form>{each})", flags)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    rows = load("units").items()
    return {unit: group for group, units in rows if group not in _NO_UNITS for unit in units} | dict.fromkeys(
        load("units")["before"], "currency"
    )


def kind_of_unit(unit: str | None) -> str | None:
    """What a unit measures: "currency", "length", "time" and so on, the groups of units.toml."""
    return _kinds().get(unit or "")


_SPACED_SYMBOLS = frozenset("km kg cm mm ft lb oz MW GW GB TB MB hp mi kW ml yd".split())
# "three won the race", "ten stone walls", "a two second-half goals lead", "a 20 yard line"
_NO_UNIT_AFTER = {
    "krw": re.compile(
        r"(?! ?(?:[.,;:)(]|$|and\b|or\b|to\b|for\b|from\b|per\b|each\b|a (?:day|month|year)|worth\b|\())"
    ),
    "stone": re.compile(r" [a-z]+s\b"),
    "second": re.compile(
        r"[ -](?:guard|half|place|round|term|quarter|string|base|floor|hand|rate|class|chance|thoughts?|time|most|largest|biggest|highest|leg)\b"
    ),
    "point": re.compile(r" (?:guard|man|person|out|to the)\b"),
    "year": re.compile(r" (?:round|end)\b"),
    "foot": re.compile(r" (?:soldiers?|patrols?)\b"),
    "mile": re.compile(r" (?:marker|post)\b"),
    "yard": re.compile(r" (?:line|signs?|sale)\b"),
    "degree": re.compile(r" (?:holders?|murder|burns?|program)\b"),
}


def unit_after(text: str, end: int) -> tuple[str, int] | None:
    """The unit that follows a number, and where it ends."""
    (words, unit_of_word), (symbols, unit_of_symbol) = _forms()
    found = []
    if m := words.match(text, end):
        form = m["form"].lower()
        found.append((m.end(), unit_of_word.get(form) or unit_of_word[form.replace("-", " ")], m))
    if (m := symbols.match(text, end)) and _fits(m, text):
        found.append((m.end(), unit_of_symbol.get(m["form"]) or unit_of_symbol[m["form"].replace("-", " ")], m))
    if not found:
        return None
    stop, unit, m = max(found, key=lambda f: f[0])
    guard = _NO_UNIT_AFTER.get(unit)
    if guard is not None and guard.match(text, stop):
        return None
    if unit == "time" and m["form"][0].isupper():  # "two Times reporters"
        return None
    return unit, stop


def _fits(m: re.Match[str], text: str) -> bool:
    """A symbol of one or two letters touches its number: "5m" and "104F", not "5 m"; "40 C" at the end of a phrase."""
    form = m["form"]
    if not form.isalpha() or len(form) > 2 or m.group()[0] != " " or form in _SPACED_SYMBOLS:
        return True
    return form in {"C", "F"} and re.match(r"[).,;]|$| [a-z]", text[m.end() : m.end() + 2]) is not None


@lru_cache(maxsize=1)
def _money() -> tuple[re.Pattern[str], dict[str, str]]:
    forms = {form: unit for unit, rows in load("units")["before"].items() for form in rows}
    ordered = sorted(forms, key=lambda f: (-len(f), f))
    return re.compile(rf"(?<![\w$])(?P<form>{'|'.join(map(re.escape, ordered))})(?P<gap> ?)$"), forms


def money_before(text: str, start: int) -> tuple[str, int, bool] | None:
    """The currency whose sign or code stands before a number, where it starts, and whether one letter alone tells it."""
    pattern, forms = _money()
    m = pattern.search(text, max(0, start - 8), start)
    if m is None:
        return None
    form = m["form"]
    letter = form.isalpha() and len(form) == 1
    return forms[form], m.start(), letter


@lru_cache(maxsize=2)
def _hedges(table: str) -> re.Pattern[str]:
    rows = load("units")[table]
    each = [
        f"(?P<{kind}>{'|'.join(sorted(map(re.escape, rows[kind]), key=len, reverse=True))})"
        for kind in ("at_least", "at_most", "about")
    ]
    if table == "hedges_after":
        return re.compile(rf" ?(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(each)}) ?(?:another |a further |a total of |the |an? |its |some )?$", re.IGNORECASE
    )


_LASTING = re.compile(
    r"(?:\b(?:for|just|well|by|took|take|takes|lasted|lasts|after|spent|with|of|is|was|than|waited|served|serving|little|at|only|far)|^|[(,;:\"]) ?$",
    re.IGNORECASE,
)


def hedge_before(text: str, start: int, unit: str | None) -> Hedge:
    """How exactly a number is meant, by the words before it; "over three years" is a span, no least."""
    m = _hedges("hedges").search(text, max(0, start - 40), start)
    if m is None:
        return Hedge.EXACT
    if m["about"] and text[: m.start()].endswith(("turn ", "turned ", "turning ", "turns ")):
        return Hedge.EXACT  # "turned around four hours into its flight"
    lasting = _LASTING.search(text, max(0, m.start() - 12), m.start())
    span = (m["at_least"] or "").lower() == "over" and kind_of_unit(unit) == "time" and not lasting
    return Hedge.EXACT if span else _of(m)


_FILLER = re.compile(
    r"(?<![\w-])(?:an?|another|just|only|even|the|its|their|a (?:further|total of|mere|record|combined|whopping|staggering)|an additional|all) $",
    re.IGNORECASE,
)


def unhedged(text: str, start: int) -> int:
    """Where the words begin that stand before a number and belong to it: its hedges and articles."""
    for _ in range(3):
        m = _hedges("hedges").search(text, max(0, start - 40), start) or _FILLER.search(text, max(0, start - 16), start)
        if m is None:
            return start
        start = m.start()
    return start


def hedge_after(text: str, end: int) -> tuple[Hedge, int] | None:
    """The same by the words after it: "50 or more", "100-odd", "20+"."""
    m = _hedges("hedges_after").match(text, end)
    return (_of(m), m.end()) if m else None


def _of(m: re.Match[str]) -> Hedge:
    return Hedge.AT_LEAST if m["at_least"] else Hedge.AT_MOST if m["at_most"] else Hedge.ABOUT


def in_common_unit(value: float, unit: str | None) -> tuple[float, str | None]:
    """The value in the unit by which its kind is compared: hours and minutes in minutes, miles and feet in kilometres.

    >>> in_common_unit(1.5, "hour"), in_common_unit(10, "missile"), round(in_common_unit(104, "fahrenheit")[0])
    ((90.0, 'minute'), (10, 'missile'), 40)
    """
    row: dict[str, Any] | None = load("units")["convert"].get(unit or "")
    return (value * row["factor"] + row.get("offset", 0), row["to"]) if row else (value, unit)
