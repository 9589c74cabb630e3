"""Rows as they stand side by side: a column an outlet, the rows in groups by verdict. Pure: read models in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.core.records import Status
from app.exports.lines import Column, Line, Place, columns_of, line_of
from app.store.views import StoryView

__all__ = ["Beside", "Column", "Group", "Line", "Place", "beside", "columns_of", "line_of"]

MANY = 6
"""With more columns than this the table scrolls by itself."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow each other with one verdict; `status` is None when the order is another than by what matters."""

    status: Status | None
    total: int  # rows of this verdict under the filters, on this page or not
    lines: tuple[Line, ...]

    @property
    def folds(self) -> bool:
        """Whether the rows are folded away at first: what the tool cannot tell is not to stand before what agrees."""
        return self.status is Status.UNSURE


@dataclass(frozen=True, slots=True)
class Beside:
    """The table. `facing`: two outlets, laid out for reading; `many`: more columns than a window holds."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @property
    def many(self) -> bool:
        return len(self.columns) > MANY

    @property
    def facing(self) -> bool:
        return len(self.columns) <= 2


def beside(view: StoryView, *, grouped: bool = True) -> Beside:
    """The view's rows under its outlets: those the reader chose, else all in order of their first publication."""
    columns = columns_of(view)
    lines = [line_of(row, columns) for row in view.rows.items]
    if not grouped:
        return Beside(columns, (Group(None, view.rows.total, tuple(lines)),) if lines else ())
    groups = tuple(
        Group(status, view.counts.get(status, 0), tuple(of)) for status, of in groupby(lines, lambda x: x.row.status)
    )
    return Beside(columns, groups)
