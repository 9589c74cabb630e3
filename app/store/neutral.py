"""Rows under titles that do not give their verdicts away: what a class reads them by."""

from __future__ import annotations

from collections.abc import Sequence

from app.store.views import RowView

__all__ = ["neutral_titles_of"]


def neutral_titles_of(rows: Sequence[RowView]) -> dict[int, str]:
    """A title a row, by its id; no two the same."""
    from app.core.alignment.neutral import neutral_titles  # what compares takes a second to load

    told = [[claim.text for cell in row.cells for claim in cell.claims] for row in rows]
    return dict(zip((row.id for row in rows), neutral_titles(told), strict=True))
