"""Times of day: "6:07 p.m.", "11.30am", "18:07", "0430 GMT", "noon"; midnight is kept apart; and the zones they are in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.core.lexicon.load import load

__all__ = ["ZONES", "Clock", "clocks", "zone_after"]


@dataclass(frozen=True, slots=True)
class Clock:
    """`minute` is None when only the hour is said. `bare` marks a time that only a date beside it makes one (18:07)."""

    start: int
    end: int
    hour: int
    minute: int | None
    midnight: bool = False
    bare: bool = False
    zone: str | None = None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {form: zone for zone, row in load("dates")["zone"].items() for form in row["forms"]}


ZONES = "|".join(sorted(map(re.escape, _names()), key=lambda form: (-len(form), form)))
_ZONE = re.compile(rf",? ?\(?(?:hours |hrs )?(?P<zone>{ZONES})(?P<plus>[+-]\d{{1,2}}(?::?\d\d)?)?(?![\w])")
_TWELVE = re.compile(
    r"(?<![\d.:$€£])(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<m>[0-5]\d))? ?(?P<half>[ap])(?:m\b|\. ?m\b\.?)(?!\w)", re.IGNORECASE
)
_TWENTY_FOUR = re.compile(r"(?<![\d.:$€£-])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:]| ?[ap]\.?m)")
_FOUR_DIGITS = re.compile(rf"(?<![\d.:])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?= ?(?:hours |hrs )?(?:{ZONES})\b)")
_WORD = re.compile(r"\b(?:at |by |around )?(?P<word>noon|midday|midnight)\b", re.IGNORECASE)


def zone_after(text: str, end: int) -> str | None:
    """The zone that is named behind a time of day: "utc", "est", "local", or "utc+9"; None when none is."""
    m = _ZONE.match(text, end)
    return _names()[m["zone"]] + (m["plus"] or "") if m else None


def clocks(text: str) -> list[Clock]:
    """Times of day in order of place."""
    out: list[Clock] = []
    for m in _TWELVE.finditer(text):
        # "6 p.m." at the end of a sentence: the full stop is both
        hour = int(m["h"]) % 12 + (12 if m["half"].lower() == "p" else 0)
        minute = int(m["m"]) if m["m"] else None
        out.append(Clock(m.start(), m.end(), hour, minute, zone=zone_after(text, m.end())))
    taken = [(c.start, c.end) for c in out]
    for m in _TWENTY_FOUR.finditer(text):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        said = re.search(
            r"\b(?:at|around|about|by|until|before|after|from|since) $", text[max(0, m.start() - 8) : m.start()]
        )
        zone = zone_after(text, m.end())
        out.append(Clock(m.start(), m.end(), int(m["h"]), int(m["m"]), bare=said is None and zone is None, zone=zone))
    out.extend(
        Clock(m.start(), m.end(), int(m["h"]), int(m["m"]), zone=zone_after(text, m.end()))
        for m in _FOUR_DIGITS.finditer(text)
    )
    for m in _WORD.finditer(text):
        after = text[m.end() : m.end() + 12]
        if re.match(r" (?:deadline|snack|mass|curfew|expiration|expiry|train)|-", after):
            continue
        midnight = m["word"].lower() == "midnight"
        out.append(
            Clock(
                m.start("word"), m.end(), 0 if midnight else 12, None, midnight=midnight, zone=zone_after(text, m.end())
            )
        )
    return sorted(out, key=lambda c: (c.start, c.end))
