"""The dates reports tell of, above a line; when the reports were published, below it; dates at odds split and joined."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.store.views import ArticleRef, TimePoint
from app.web.charts.scale import breaks, first_day, free_lane, spread, text_width
from app.web.dates import when, within_year

__all__ = ["EventTick", "Issue", "Published", "Quarrel", "Timeline", "Year", "draw_timeline"]

WIDTH = 880.0
EACH = 24.0
"""The width that a day takes at least, up to `WIDEST`: a long story's picture is wider than a window, and scrolls."""
WIDEST = 1800.0
TOP = 18.0
"""Above the labels: the years."""
EDGE = 30.0
LANE = 16.0
LANES = 4
NAMED = 3
"""Outlets named under a day of publication; of more, their number."""


@dataclass(frozen=True, slots=True)
class EventTick:
    """A date events are told of. `lane` counts label lines upwards from the axis; -1: no room, only in the table."""

    point: TimePoint
    x: float
    radius: float
    lane: int
    text: str
    label_x: float


@dataclass(frozen=True, slots=True)
class Quarrel:
    """Dates that reports give for the same thing and that exclude each other, joined from the first to the last."""

    x1: float
    x2: float
    points: tuple[TimePoint, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A day on which articles were published."""

    value: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """The mark of such a day under the axis; lane -1: no room for the names, only in the table."""

    published: Published
    x: float
    text: str
    lane: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Year:
    """The stretch of a year; `named` where there is room for its number, so that the dates in it need not repeat it."""

    number: int
    x1: float
    x2: float
    named: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    width: float
    height: float
    axis: float  # y of the axis
    years: tuple[Year, ...]
    ticks: tuple[EventTick, ...]
    quarrels: tuple[Quarrel, ...]
    issues: tuple[Issue, ...]
    breaks: tuple[float, ...]  # where a long stretch of time is cut short
    points: tuple[TimePoint, ...]  # all that are told, drawn or not
    published: tuple[Published, ...]


def draw_timeline(points: Sequence[TimePoint], columns: Sequence[ArticleRef]) -> Timeline | None:
    """Dates told above the axis, publication below; None when nothing is dated."""
    dated = [(day, p) for p in points if (day := first_day(p.value)) is not None]
    ordered = [p for _, p in sorted(dated, key=lambda d: (d[0], d[1].value))]
    if not ordered:
        return None
    published = _published(columns)
    days = {day for day, _ in dated} | {date.fromisoformat(p.value).toordinal() for p in published}
    width = min(max(WIDTH, EACH * len(days)), WIDEST)
    x = spread(days, EDGE, width - EDGE)
    years = _years(x, width)
    ticks = _ticks(ordered, x, width, {y.number for y in years if y.named})
    axis = TOP + (max((t.lane for t in ticks), default=0) + 1) * LANE + 14
    issues = _issues(published, x, width)
    return Timeline(
        width=width,
        height=axis + 24 + (max((i.lane for i in issues), default=0) + 1) * LANE,
        axis=axis,
        years=years,
        ticks=ticks,
        quarrels=_quarrels(ticks),
        issues=issues,
        breaks=breaks(x),
        points=(*ordered, *(p for p in points if first_day(p.value) is None)),
        published=published,
    )


def _years(x: Mapping[int, float], width: float) -> tuple[Year, ...]:
    """From the middle between two years to the next such middle, edge to edge."""
    numbers = {day: date.fromordinal(day).year for day in x}
    found: list[Year] = []
    for number in sorted(set(numbers.values())):
        own = [x[day] for day in x if numbers[day] == number]
        later = [x[day] for day in x if numbers[day] > number]
        left = found[-1].x2 if found else 0.0
        right = (max(own) + min(later)) / 2 if later else width
        found.append(Year(number, left, right, named=right - left >= text_width(str(number)) + 8))
    return tuple(found)


def _ticks(
    points: Sequence[TimePoint], x: Mapping[int, float], width: float, named: Collection[int]
) -> tuple[EventTick, ...]:
    """Labels in lanes without touching: conflicts and often told dates are placed first."""
    most = max(p.rows for p in points) or 1
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    placed: dict[TimePoint, EventTick] = {}
    for p in sorted(points, key=lambda p: (not p.conflict, -p.rows, p.value)):
        day = first_day(p.value) or 0
        at, text = x[day], within_year(p.value) if date.fromordinal(day).year in named else when(p.value)
        half = min(text_width(text) / 2 + 5, width / 2)
        middle = min(max(at, half), width - half)
        lane = free_lane(taken, middle - half, middle + half)
        placed[p] = EventTick(p, at, 3.5 + 5 * math.sqrt(p.rows / most), lane, text, middle)
    return tuple(placed[p] for p in points)


def _quarrels(ticks: Sequence[EventTick]) -> tuple[Quarrel, ...]:
    """Ticks at odds that lead to the same row give dates for the same thing."""
    rows: dict[int, list[EventTick]] = defaultdict(list)
    for t in ticks:
        if t.point.conflict:
            rows[t.point.alignment_id].append(t)
    return tuple(
        Quarrel(found[0].x, found[-1].x, tuple(t.point for t in found)) for found in rows.values() if len(found) > 1
    )


def _published(columns: Sequence[ArticleRef]) -> tuple[Published, ...]:
    days: dict[date, list[str]] = defaultdict(list)
    for c in columns:
        if c.published:
            days[c.published].append(c.outlet.name)
    return tuple(Published(d.isoformat(), tuple(dict.fromkeys(days[d]))) for d in sorted(days))


def _issues(published: Sequence[Published], x: Mapping[int, float], width: float) -> tuple[Issue, ...]:
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    issues = []
    for p in published:
        named = p.outlets if len(p.outlets) <= NAMED + 1 else p.outlets[:NAMED]
        text = ", ".join(named) + (f" + {len(p.outlets) - len(named)}" if len(named) < len(p.outlets) else "")
        at = x[date.fromisoformat(p.value).toordinal()]
        size = text_width(text) + 10
        anchor, left = "middle", at - size / 2
        if at + size / 2 > width:
            anchor, left = "end", at - size
        elif left < 0:
            anchor, left = "start", at
        lane = free_lane(taken, left, left + size) if 0 <= left <= width - size else -1
        issues.append(Issue(p, at, text, lane, anchor))
    return tuple(issues)
