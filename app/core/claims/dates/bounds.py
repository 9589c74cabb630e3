"""Deadlines and earliest days: "by the end of March", "not before March", "will not open until March".

What is to be done by a day and what is not to be done before it are two things, though both name the day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.core.claims.dates.direction import sentence_around
from app.core.lexicon.load import load
from app.core.records import Action, DateBound, DateMention, Polarity

__all__ = ["bound_of", "done_later"]


def bound_of(text: str, start: int, end: int) -> DateBound | None:
    """Whether a date is the last or the first day on which something may be; None for a plain date, or one of something else."""
    before, after = (side.casefold().replace("’", "'") for side in sentence_around(text, start, end))
    if after.startswith("'s"):
        return None  # "before Friday's vote"
    for bound in ("from", "by"):
        opening, closing = _patterns()[bound]
        if opening.search(before) or closing.match(after):
            return bound
    if not _CLOCK.search(text, start, end):
        return None
    last, *near = [*reversed(before.split()), ""]
    near_by = bool(near) and near[0] in load("dates")["bounds"]["near"]
    return None if near_by else next((b for b in ("from", "by") if last in load("dates")["bounds"][b]["clock"]), None)


_CLOCK = re.compile(r"midnight|noon|midday|\d[:.]\d\d|[ap]\.?m\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    table = load("dates")["bounds"]
    of = r"(?: the)?(?: (?:end|close|start|beginning|middle) of(?: the)?)? $"
    turned = rf"(?:\bnot|n't|\bnever)(?: [\w'-]+){{0,6}} (?:{'|'.join(table['turned'])})"
    near = "".join(
        rf"(?<!\b{word} )" for word in table["near"]
    )  # "just before midnight" and "two days before" are times
    spoken = {kind: "|".join(map(re.escape, table[kind]["before"])) for kind in ("by", "from")}
    return {
        "by": (re.compile(rf"\b{near}(?:{spoken['by']}){of}"), _behind("by")),
        "from": (re.compile(rf"(?:{turned}|\b(?:{spoken['from']})){of}"), _behind("from")),
    }


def _behind(kind: str) -> re.Pattern[str]:
    return re.compile(rf",? (?:{'|'.join(load('dates')['bounds'][kind]['behind'])})\b")


def done_later(acts: Sequence[Action], dates: Sequence[DateMention]) -> tuple[Action, ...]:
    """The acts; "will not open until March" opens, only later."""
    later = {d.event_at for d in dates if d.bound == "from"}
    return tuple(
        replace(a, polarity=Polarity.POSITIVE) if a.start in later and a.polarity is Polarity.NEGATIVE else a
        for a in acts
    )
