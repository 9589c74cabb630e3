"""What the pictures share: days on a line, the width of words, labels in lanes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

__all__ = ["LETTER", "breaks", "first_day", "free_lane", "short", "spread", "text_width"]

LETTER = 6.6
"""The width of a character of chart text (12 px sans), on average, in user units."""
BREAK_DAYS = 200
"""A stretch longer than this is drawn with a break."""
LONGEST = 400
"""Days beyond which a stretch is drawn no longer."""


def text_width(text: str) -> float:
    """About how wide a label is; wide characters (Hangul, Kanji) count twice."""
    return LETTER * sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def short(text: str, letters: int) -> str:
    """The text cut to so many letters, with an ellipsis when something is missing.

    >>> short("The Korea Times", 11), short("AFP", 11)
    ('The Korea…', 'AFP')
    """
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def first_day(value: str) -> int | None:
    """The first day of an ISO value, as an ordinal; weeks and quarters begin where they begin. None: no date at all.

    >>> first_day("2019-11") == first_day("2019-11-01T18"), first_day("2019-Q4") == first_day("2019-10"), first_day("soon")
    (True, True, None)
    """
    year, _, rest = value.partition("-")
    try:
        if rest.startswith("W"):
            return date.fromisocalendar(int(year), int(rest[1:3]), 1).toordinal()
        if rest.startswith("Q"):
            return date(int(year), 3 * int(rest[1:2]) - 2, 1).toordinal()
        parts = [int(p) for p in rest.split("T")[0].split("-") if p]
        return date(int(year), parts[0] if parts else 1, parts[1] if len(parts) > 1 else 1).toordinal()
    except ValueError:
        return None


def spread(days: Iterable[int], left: float, right: float) -> dict[int, float]:
    """The x of each day, in order, from left to right; a single one in the middle.

    Stretches are drawn by the logarithm of their days, so that a week and a decade both show.
    """
    ordered = sorted(set(days))
    if len(ordered) < 2:
        return dict.fromkeys(ordered, (left + right) / 2)
    sums = [0.0]
    for a, b in pairwise(ordered):
        sums.append(sums[-1] + 1.0 + math.log2(1 + min(b - a, LONGEST)))
    return {d: left + (right - left) * s / sums[-1] for d, s in zip(ordered, sums, strict=True)}


def breaks(x: Mapping[int, float]) -> tuple[float, ...]:
    """Where a long stretch of time is cut short."""
    return tuple((x[a] + x[b]) / 2 for a, b in pairwise(sorted(x)) if b - a > BREAK_DAYS)


def free_lane(taken: Sequence[list[tuple[float, float]]], start: float, end: float) -> int:
    """The first lane where nothing stands between start and end, which is taken then; -1 when all are full."""
    for i, used in enumerate(taken):
        if all(end <= a or b <= start for a, b in used):
            used.append((start, end))
            return i
    return -1
