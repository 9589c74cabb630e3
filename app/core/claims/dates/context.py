"""What an expression is resolved against, and what it resolves to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.core.claims.dates.direction import direction
from app.core.records import Grain

__all__ = ["Context", "DateRule", "Handler", "Match", "Resolved", "full_year", "meant_year", "year_said"]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the text, the day of publication, the date named last before it."""

    text: str
    published: date | None
    anchor: date | None
    anchor_grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A day and a grain (`clock` for times of day), the last day of a range, and whether it is meant loosely."""

    day: date
    grain: Grain
    upto: date | None = None
    approximate: bool = False
    weekday: int | None = None  # named by weekday: a range's second may have to move
    yearless: bool = False
    said: bool = False  # a day or month whose year is said


Match = re.Match[str]
Handler = Callable[[Match, Context], Resolved | None]


@dataclass(frozen=True, slots=True)
class DateRule:
    """`needs`: a paragraph without any of these, in lower case, has no match ("#" is a digit): saves the search."""

    name: str
    pattern: re.Pattern[str]
    resolve: Handler
    needs: tuple[str, ...] = ()


def meant_year(candidates: list[date], ctx: Context, m: Match, *, monthly: bool) -> date:
    """Of the same day or month in neighbouring years the one that is meant."""
    assert ctx.published is not None
    where = direction(ctx.text, m.start(), m.end())
    favour = 0.08 if monthly else 0.3

    def distance(day: date) -> float:
        gap = (day - ctx.published).days if ctx.published else 0
        if monthly:
            gap = (day.year - ctx.published.year) * 12 + day.month - ctx.published.month if ctx.published else 0
        weight = 1.0 if gap > 0 else 0.45 if monthly else 0.8
        if (where == "future" and gap > 0) or (where == "past" and gap <= 0):
            weight = favour
        return abs(gap) * weight

    return min(candidates, key=lambda d: (distance(d), d))


def full_year(digits: str, published: date | None) -> int:
    """A year of two or four digits: of two the last that was not more than a few years ahead of publication."""
    short = digits.lstrip("'’‘")
    if len(short) == 4:
        return int(short)
    latest = (published.year if published else 2029) + 10
    return latest - (latest - int(short)) % 100


def year_said(m: Match, ctx: Context) -> int | None:
    """The year that an expression says itself, in digits or as "last year"."""
    groups = m.groupdict()
    if groups.get("y"):
        return full_year(groups["y"], ctx.published)
    rely = groups.get("rely")
    if rely is None:
        return None
    if rely in {"that", "the same"}:
        base = ctx.anchor or ctx.published
        return base.year if base else None
    return ctx.published.year + {"last": -1, "this": 0, "next": 1}[rely] if ctx.published else None
