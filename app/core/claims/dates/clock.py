"""Times of day: "6:07 p.m.", "11.30am", "18:07", "noon"; midnight is kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Clock", "clocks"]


@dataclass(frozen=True, slots=True)
class Clock:
    """`minute` is None when only the hour is said. `bare` marks a time that only a date beside it makes one (18:07)."""

    start: int
    end: int
    hour: int
    minute: int | None
    midnight: bool = False
    bare: bool = False


_TWELVE = re.compile(
    r"(?<![\d.:$€£])(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<m>[0-5]\d))? ?(?P<half>[ap])(?:m\b|\. ?m\b\.?)(?!\w)", re.IGNORECASE
)
_TWENTY_FOUR = re.compile(r"(?<![\d.:$€£-])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:]| ?[ap]\.?m)")
_GMT = re.compile(r"(?<![\d.:])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d) (?=GMT|UTC|BST)")
_WORD = re.compile(r"\b(?:at |by |around )?(?P<word>noon|midday|midnight)\b", re.IGNORECASE)


def clocks(text: str) -> list[Clock]:
    """Times of day in order of place."""
    out: list[Clock] = []
    for m in _TWELVE.finditer(text):
        end = m.end()
        # "6 p.m." at the end of a sentence: the full stop is both
        hour = int(m["h"]) % 12 + (12 if m["half"].lower() == "p" else 0)
        out.append(Clock(m.start(), end, hour, int(m["m"]) if m["m"] else None))
    taken = [(c.start, c.end) for c in out]
    for m in _TWENTY_FOUR.finditer(text):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        said = re.search(
            r"\b(?:at|around|about|by|until|before|after|from|since) $", text[max(0, m.start() - 8) : m.start()]
        )
        out.append(Clock(m.start(), m.end(), int(m["h"]), int(m["m"]), bare=said is None))
    out.extend(Clock(m.start(), m.end() - 1, int(m["h"]), int(m["m"])) for m in _GMT.finditer(text))
    for m in _WORD.finditer(text):
        after = text[m.end() : m.end() + 12]
        if re.match(r" (?:deadline|snack|mass|curfew|expiration|expiry|train)|-", after):
            continue
        midnight = m["word"].lower() == "midnight"
        out.append(Clock(m.start("word"), m.end(), 0 if midnight else 12, None, midnight=midnight))
    return sorted(out, key=lambda c: (c.start, c.end))
