"""What one actor is said to hold, matter by matter: a line an outlet, a mark a statement, over one span of time.

The mark's shape is the stance: a disc affirms, a cross denies, a bar declines, a ring is unclear. A ring around a mark, and the word
under it, say that the stance is another than before. All matters share one scale, so that days stand under each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.store.views import PositionView
from app.web.charts.scale import breaks, free_lane, short, spread, text_width
from app.web.dates import day as in_words

__all__ = ["MOST", "Lane", "Matter", "PositionMark", "Positions", "draw_positions"]

MOST = 8
"""Matters drawn; of more, those with a change and those told most often. The table holds all."""
MARKS = 40
"""Marks of one matter in the picture: the latest."""
WIDTH = 620.0
NAME = 18
"""Longest name of an outlet in the picture, in characters."""
LANE = 26.0
TOP = 8.0
EDGE = 48.0
"""Room for half a date at the right end."""
STEP = 15.0
"""Between marks of one outlet on one day."""
UNDATED = 84.0
"""Room at the right for what has no day."""


@dataclass(frozen=True, slots=True)
class PositionMark:
    position: PositionView
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lane:
    name: str  # as drawn
    y: float


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day under the lines; `shown` unless its words would touch others'."""

    x: float
    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Matter:
    label: str
    alignment_id: int | None
    width: float
    height: float
    axis: float  # y of the line of days
    start: float  # x where the lines begin
    lanes: tuple[Lane, ...]
    marks: tuple[PositionMark, ...]
    ticks: tuple[DayTick, ...]
    breaks: tuple[float, ...]
    undated: float | None  # x of what has no day
    changes: int
    earlier: int  # positions that are only in the table

    @property
    def stances(self) -> tuple[tuple[str, int], ...]:
        """How often each stance, in the order of the legend."""
        counts = {
            s: sum(m.position.stance == s for m in self.marks) for s in ("affirms", "denies", "declines", "unclear")
        }
        return tuple((s, n) for s, n in counts.items() if n)


@dataclass(frozen=True, slots=True)
class Positions:
    """`matters` are drawn; `positions` are all there are, in the store's order: what the table holds."""

    matters: tuple[Matter, ...]
    positions: tuple[PositionView, ...]
    others: int  # matters that are only in the table
    changes: int


def draw_positions(positions: Sequence[PositionView]) -> Positions | None:
    """A picture a matter; None when nothing is said by the actor.

    What is told once has nothing to compare it with: such matters are drawn only when no other is.
    """
    if not positions:
        return None
    found: dict[str, list[PositionView]] = defaultdict(list)
    for p in positions:
        found[p.matter].append(p)
    telling = [m for m, ps in found.items() if len(ps) > 1] or list(found)
    ranked = sorted(
        telling, key=lambda m: (-sum(p.changed for p in found[m]), -len({p.stance for p in found[m]}), -len(found[m]))
    )
    drawn = set(ranked[:MOST])
    shown = [p for m in drawn for p in found[m][-MARKS:]]
    head = 24 + max(text_width(short(p.outlet.name, NAME)) for p in shown)
    undated = any(p.day is None for p in shown)
    right = WIDTH - EDGE - (UNDATED if undated else 0)
    days = {p.day.toordinal() for p in shown if p.day}
    x = spread(days, head + 34, right if len(days) > 1 else head + 120)  # a single day stands in sight on a phone
    return Positions(
        matters=tuple(_matter(found[m], x, head, WIDTH - UNDATED / 2 - 14) for m in found if m in drawn),
        positions=tuple(positions),
        others=len(found) - len(drawn),
        changes=sum(p.changed for p in positions),
    )


def _matter(every: Sequence[PositionView], x: Mapping[int, float], head: float, undated: float) -> Matter:
    positions = every[-MARKS:]
    outlets = list(dict.fromkeys(p.outlet for p in positions))
    lane_of = {o.key: TOP + i * LANE + LANE / 2 for i, o in enumerate(outlets)}
    beside: dict[tuple[str, float], int] = defaultdict(int)
    marks = []
    for p in positions:
        at = x[p.day.toordinal()] if p.day else undated
        n = beside[p.outlet.key, at]
        beside[p.outlet.key, at] += 1
        marks.append(PositionMark(p, at + n * STEP, lane_of[p.outlet.key]))
    axis = TOP + len(outlets) * LANE + 4
    return Matter(
        label=positions[0].label,
        alignment_id=positions[0].alignment_id,
        width=max(WIDTH, *(m.x + 20 for m in marks)),
        height=axis + 22,
        axis=axis,
        start=head,
        lanes=tuple(Lane(short(o.name, NAME), lane_of[o.key]) for o in outlets),
        marks=tuple(marks),
        ticks=_ticks(positions, x),
        breaks=breaks(x),
        undated=undated if any(p.day is None for p in positions) else None,
        changes=sum(p.changed for p in positions),
        earlier=len(every) - len(positions),
    )


def _ticks(positions: Sequence[PositionView], x: Mapping[int, float]) -> tuple[DayTick, ...]:
    taken: list[list[tuple[float, float]]] = [[]]
    ticks = []
    for d in sorted({p.day for p in positions if p.day}):
        at, text = x[d.toordinal()], in_words(d)
        half = text_width(text) / 2 + 3
        ticks.append(DayTick(at, text, free_lane(taken, at - half, at + half) == 0))
    return tuple(ticks)
