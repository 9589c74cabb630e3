"""Rows as they stand side by side, in groups by verdict: a column an outlet, or each by those who report it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from app.core.records import Status
from app.exports.lines import Column, Place, RowLine, columns_of, row_line
from app.store.views import StoryView
from app.web.pages.arranged import FITS, Arrangement, Layout, Menu
from app.web.pages.reports import reports_of

__all__ = ["Column", "Group", "Place", "RowLine", "SideBySide", "beside", "columns_of", "row_line"]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow each other with one verdict; `status` is None when the order is another than by what matters."""

    status: Status | None
    total: int  # rows of this verdict under the filters, on this page or not
    lines: tuple[RowLine, ...]

    @property
    def folds(self) -> bool:
        """Whether the rows are folded away at first: what the tool cannot tell is not to stand before what agrees."""
        return self.status is Status.UNSURE


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The rows. `layout` says how they are drawn: `lines` are `Reports` where each brings forward who reports it."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    layout: Layout = "columns"
    hidden: tuple[Column, ...] = ()
    held: int = 0  # of the columns, the first ones that stay in view
    menus: Mapping[str, Menu] = field(default_factory=dict)  # by outlet; empty where columns cannot be arranged

    @property
    def many(self) -> bool:
        """More columns than a window holds: the table scrolls by itself."""
        return len(self.columns) > FITS

    @property
    def facing(self) -> bool:
        return len(self.columns) <= 2


def beside(view: StoryView, *, grouped: bool = True, arrangement: Arrangement | None = None) -> SideBySide:
    """The view's rows under its outlets: those the reader chose, else all in order of their first publication."""
    arrangement = arrangement or Arrangement()
    every = columns_of(view)
    columns = arrangement.arranged(every)
    hidden = tuple(c for c in every if c not in columns)
    layout, held = arrangement.layout_for(len(columns)), arrangement.held(columns)
    lines = [row_line(row, columns) for row in view.rows.items]
    drawn: list[RowLine] = [*(reports_of(line, held) for line in lines)] if layout == "reports" else lines
    groups = tuple(
        Group(status, view.counts.get(status, 0) if status else view.rows.total, tuple(of))
        for status, of in groupby(drawn, lambda x: x.row.status if grouped else None)
    )
    return SideBySide(columns, groups, layout, hidden, held)
