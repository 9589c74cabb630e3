"""A story in a sentence: on how much its outlets agree, what they conflict on, who stands close to whom. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.records import Status
from app.store.views import MatrixCell, RowView, StoryView

__all__ = ["StorySummary", "summary_of"]

NAMED = 3
"""Conflicts named; the others stand below under their heading."""


@dataclass(frozen=True, slots=True)
class StorySummary:
    outlets: int
    counts: Mapping[Status, int]
    conflicts: tuple[RowView, ...]  # those on this page, the first few: the sentence leads to them
    close: MatrixCell | None  # the two that agree on most rows

    @property
    def compared(self) -> bool:
        """Whether there is anything to sum up: two outlets, and a row."""
        return self.outlets > 1 and bool(sum(self.counts.values()))


def summary_of(view: StoryView) -> StorySummary:
    """Of the rows under the reader's filters."""
    conflicts = [r for r in view.rows.items if r.status is Status.CONFLICT]
    close = max(view.matrix, key=lambda c: (c.agree, c.shared), default=None)
    return StorySummary(
        outlets=len(view.chosen or view.outlets),
        counts=view.counts,
        conflicts=tuple(conflicts[:NAMED]),
        close=close if close and close.agree > 1 and len(view.outlets) > 2 else None,
    )
