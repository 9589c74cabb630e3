"""Outlets against outlets: a square for two of them, larger the more rows they share, filled as far as those agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.store.views import MatrixCell, OutletView
from app.web.charts.scale import short, text_width

__all__ = ["MOST", "Matrix", "draw_matrix"]

MOST = 12
"""Outlets drawn; of more, those that share most. The table holds all."""
SQUARE = 29.0
COLUMN = 66.0
"""Wide enough for a short name under the square."""
CROWD = 6
"""With more outlets than this the columns stand closer, and their names aslant."""
CLOSE = 38.0
NAME = 18
"""Longest name of a row in the picture, in characters."""


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
    rows: tuple[tuple[OutletView, str, float], ...]  # outlet, its name as drawn, y of its middle
    columns: tuple[tuple[OutletView, str, float], ...]  # outlet, its name as drawn, x of its middle
    squares: tuple[Square, ...]
    cells: tuple[MatrixCell, ...]  # all of them, drawn or not: those that share most first
    slanted: bool  # the names of the columns
    drawn: int  # outlets in the picture
    outlets: int  # outlets there are

    @property
    def most(self) -> MatrixCell | None:
        """The two that share most; None when no two share anything."""
        return self.cells[0] if self.cells and self.cells[0].shared else None

    @property
    def at_odds(self) -> tuple[MatrixCell, ...]:
        return tuple(c for c in self.cells if c.conflict)


def draw_matrix(outlets: Sequence[OutletView], cells: Sequence[MatrixCell]) -> Matrix | None:
    """The lower triangle of outlets against outlets; None when there are not two outlets."""
    if len(outlets) < 2 or not cells:
        return None
    names = _drawn(outlets, cells)
    labels = [short(o.name, NAME) for o in names]
    head = 14 + max(text_width(label) for label in labels[1:])
    at = {o.key: i for i, o in enumerate(names)}
    shown = [c for c in cells if c.a.key in at and c.b.key in at]
    slanted = len(names) > CROWD
    wide = CLOSE if slanted else COLUMN
    most = max((c.shared for c in shown), default=0) or 1
    squares = []
    for cell in shown:
        low, high = sorted((at[cell.a.key], at[cell.b.key]))
        cx, cy = head + (low + 0.5) * wide, (high - 1 + 0.5) * SQUARE + 4
        side = 0.0 if cell.shared == 0 else max(10.0, (SQUARE - 5) * math.sqrt(cell.shared / most))
        filled = side * (cell.agree / cell.shared) if cell.shared else 0.0
        squares.append(Square(cell, cx - side / 2, cy - side / 2, side, filled, (cx, cy)))
    steps = len(names) - 1
    return Matrix(
        head=head,
        width=head + steps * wide + 4,
        height=steps * SQUARE + (72 if slanted else 24),
        rows=tuple(
            (o, label, i * SQUARE + SQUARE / 2 + 4)
            for i, (o, label) in enumerate(zip(names[1:], labels[1:], strict=True))
        ),
        columns=tuple(
            (o, short(o.name.removeprefix("The "), 11), head + (i + 0.5) * wide) for i, o in enumerate(names[:-1])
        ),
        squares=tuple(squares),
        cells=tuple(sorted(cells, key=lambda c: (-c.shared, -c.agree))),
        slanted=slanted,
        drawn=len(names),
        outlets=len(outlets),
    )


def _drawn(outlets: Sequence[OutletView], cells: Sequence[MatrixCell]) -> list[OutletView]:
    """The outlets there is room for, in their order: those that share most rows with others."""
    shared: Counter[str] = Counter()
    for c in cells:
        shared[c.a.key] += c.shared
        shared[c.b.key] += c.shared
    kept = {o.key for o in sorted(outlets, key=lambda o: -shared[o.key])[:MOST]}
    return [o for o in outlets if o.key in kept]
