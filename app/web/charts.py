"""Where things stand in the pictures: outlets against outlets, events in time, a score step by step.

Geometry only, in SVG user units, from the read models; templates/blocks/charts.html draws it and writes the text and the
table beside it. Nothing is left out of a picture without being in its table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.store.views import ArticleRef, MatrixCell, OutletView, PartView, TimePoint
from app.web.dates import when

__all__ = ["Matrix", "Timeline", "Waterfall", "draw_matrix", "draw_timeline", "draw_waterfall"]

SQUARE = 29.0
COLUMN = 66.0  # wide enough for a short name under the square
NAME = 18  # longest name of a row in the picture, in characters
ROUNDING = 0.02  # a sum of rounded parts may miss the score by this, as a probability
LETTER = 6.6  # the width of a character of chart text, on average


@dataclass(frozen=True, slots=True)
class Square:
    """Two outlets: a square whose side grows with the shared rows, filled from below by the share that agrees."""

    cell: MatrixCell
    x: float
    y: float
    side: float
    filled: float  # height of the part that agrees
    center: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Matrix:
    head: float  # room for the names of the rows
    width: float
    height: float
    rows: tuple[tuple[OutletView, float], ...]  # label, y of its middle
    columns: tuple[tuple[OutletView, float], ...]  # label, x of its middle
    squares: tuple[Square, ...]
    cells: tuple[MatrixCell, ...]


def draw_matrix(outlets: Sequence[OutletView], cells: Sequence[MatrixCell]) -> Matrix | None:
    """The lower triangle of outlets against outlets; None when there are not two outlets."""
    if len(outlets) < 2 or not cells:
        return None
    head = 14 + LETTER * min(NAME, max(len(o.name) for o in outlets[1:]))
    at = {o.key: i for i, o in enumerate(outlets)}
    most = max((c.shared for c in cells), default=0) or 1
    squares = []
    for cell in cells:
        low, high = sorted((at[cell.a.key], at[cell.b.key]))
        cx, cy = head + (low + 0.5) * COLUMN, (high - 1 + 0.5) * SQUARE + 4
        side = 0.0 if cell.shared == 0 else max(10.0, (SQUARE - 5) * math.sqrt(cell.shared / most))
        filled = side * (cell.agree / cell.shared) if cell.shared else 0.0
        squares.append(Square(cell, cx - side / 2, cy - side / 2, side, filled, (cx, cy)))
    steps = len(outlets) - 1
    return Matrix(
        head=head,
        width=head + steps * COLUMN + 4,
        height=steps * SQUARE + 24,
        rows=tuple((o, i * SQUARE + SQUARE / 2 + 4) for i, o in enumerate(outlets[1:])),
        columns=tuple((o, head + (i + 0.5) * COLUMN) for i, o in enumerate(outlets[:-1])),
        squares=tuple(squares),
        cells=tuple(cells),
    )


@dataclass(frozen=True, slots=True)
class Tick:
    """A date events are told of. `lane` counts label lines upwards from the axis; -1: no room, only in the table."""

    point: TimePoint
    x: float
    radius: float
    lane: int
    text: str
    anchor: str
    label_x: float


@dataclass(frozen=True, slots=True)
class Issue:
    """When articles were published: a mark under the axis with the outlets' names."""

    value: str
    x: float
    text: str
    lane: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    width: float
    height: float
    axis: float  # y of the axis
    ticks: tuple[Tick, ...]
    issues: tuple[Issue, ...]
    breaks: tuple[float, ...]  # where a long stretch of time is cut short
    points: tuple[TimePoint, ...]


WIDTH = 880.0
EDGE = 30.0
LANE = 16.0
LANES = 4
BREAK_DAYS = 200


def draw_timeline(points: Sequence[TimePoint], columns: Sequence[ArticleRef]) -> Timeline | None:
    """Dates told above the axis, publication below; None when nothing is dated.

    Stretches are drawn by the logarithm of their days, so that a week and a decade both show; long ones get a break.
    """
    ordered = sorted(points, key=lambda p: (_day(p.value), p.value))
    published = sorted({c.published for c in columns if c.published})
    days = sorted({_day(p.value) for p in ordered} | {d.toordinal() for d in published})
    if not ordered or not days:
        return None
    spread = [0.0]
    for a, b in pairwise(days):
        spread.append(spread[-1] + 1.0 + math.log2(1 + min(b - a, 400)))
    room, total = WIDTH - 2 * EDGE, spread[-1] or 1.0
    x = {d: EDGE + room * s / total for d, s in zip(days, spread, strict=True)}
    if len(days) == 1:
        x = {days[0]: WIDTH / 2}
    most = max(p.rows for p in ordered)
    ticks = _label(ordered, x, most)
    lanes = max((t.lane for t in ticks), default=0)
    axis = (lanes + 1) * LANE + 14
    issues = _issues(published, columns, x)
    below = max((i.lane for i in issues), default=0)
    return Timeline(
        width=WIDTH,
        height=axis + 24 + (below + 1) * LANE,
        axis=axis,
        ticks=ticks,
        issues=issues,
        breaks=tuple((x[a] + x[b]) / 2 for a, b in pairwise(days) if b - a > BREAK_DAYS),
        points=tuple(ordered),
    )


def _label(points: Sequence[TimePoint], x: dict[int, float], most: int) -> tuple[Tick, ...]:
    """Labels in lanes without touching: conflicts and often told dates are placed first."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    lanes: dict[str, tuple[int, str, float]] = {}
    for p in sorted(points, key=lambda p: (not p.conflict, -p.rows, p.value)):
        at, text = x[_day(p.value)], when(p.value)
        half = len(text) * LETTER / 2 + 5
        middle = min(max(at, half), WIDTH - half)
        free = next(
            (i for i, used in enumerate(taken) if all(middle + half <= a or b <= middle - half for a, b in used)), -1
        )
        if free >= 0:
            taken[free].append((middle - half, middle + half))
        lanes[p.value] = (free, "middle", middle)
    return tuple(
        Tick(
            p,
            x[_day(p.value)],
            3.5 + 5 * math.sqrt(p.rows / most),
            lanes[p.value][0],
            when(p.value),
            *lanes[p.value][1:],
        )
        for p in points
    )


def _issues(published: Sequence[date], columns: Sequence[ArticleRef], x: dict[int, float]) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    ends: list[float] = []
    for d in published:
        names = ", ".join(dict.fromkeys(c.outlet.name for c in columns if c.published == d))
        at = x[d.toordinal()]
        half = len(names) * LETTER / 2 + 5
        anchor, left = "middle", at - half
        if at + half > WIDTH:
            anchor, left = "end", at - 2 * half
        elif left < 0:
            anchor, left = "start", at
        lane = next((i for i, end in enumerate(ends) if end <= left), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = left + 2 * half
        issues.append(Issue(d.isoformat(), at, names, lane, anchor))
    return tuple(issues)


def _day(value: str) -> int:
    """The first day of an ISO value, as an ordinal; weeks and quarters begin where they begin."""
    year, _, rest = value.partition("-")
    if rest.startswith("W"):
        return date.fromisocalendar(int(year), int(rest[1:3]), 1).toordinal()
    if rest.startswith("Q"):
        return date(int(year), 3 * int(rest[1]) - 2, 1).toordinal()
    parts = [int(p) for p in rest.split("T")[0].split("-") if p]
    return date(int(year), parts[0] if parts else 1, parts[1] if len(parts) > 1 else 1).toordinal()


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a score: the bar runs from where the sum stood to where it stands now."""

    part: PartView
    x: float
    width: float
    up: bool
    after: float  # the probability reached


@dataclass(frozen=True, slots=True)
class Waterfall:
    width: float
    zero: float  # x of even odds
    steps: tuple[Step, ...]
    score: float
    adds: bool  # the parts sum up to the score; else they are only named (two speakers of one article, by rule)


def draw_waterfall(parts: Sequence[PartView], score: float) -> Waterfall:
    """The sum of log-odds, part after part, on one scale for all lines."""
    width, sums = 240.0, [0.0]
    for part in parts:
        sums.append(sums[-1] + part.weight)
    low, high = min(sums), max(sums)
    scale = (width - 4) / ((high - low) or 1.0)
    place = [2 + (s - low) * scale for s in sums]
    steps = tuple(
        Step(p, min(a, b), max(abs(b - a), 1.5), p.weight >= 0, 1 / (1 + math.exp(-max(-60.0, min(60.0, s)))))
        for p, a, b, s in zip(parts, place[:-1], place[1:], sums[1:], strict=True)
    )
    adds = bool(steps) and abs(steps[-1].after - score) <= ROUNDING
    return Waterfall(width, place[0], steps, score, adds)
