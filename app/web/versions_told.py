"""What changed between two versions of an article, for pages, feeds and API: its heads, its words, the rows that this touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from app.core.text import Change, changed_words
from app.store.views import RowSummary, StatementView, VersionsView
from app.web.words import WORDS, count

__all__ = ["TouchedRow", "heads_changed", "sum_of", "touched_rows"]

LIKE = 60
"""Per cent of likeness from which a statement that came is a new wording of one that went."""


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A row, and what the article said in it before and says now; `row` None for statements that stand in no row any more."""

    row: RowSummary | None
    gone: tuple[StatementView, ...]
    came: tuple[StatementView, ...]


def heads_changed(view: VersionsView) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    old, new = view.before, view.after
    heads = (
        ("headline", old.headline or "", new.headline or ""),
        ("byline", ", ".join(old.bylines), ", ".join(new.bylines)),
        ("date", str(old.published or ""), str(new.published or "")),
    )
    return tuple((label, changed_words(before, after)) for label, before, after in heads if before != after)


def sum_of(changes: Sequence[Change]) -> str:
    """How many words were put in and taken out.

    >>> sum_of(changed_words("Ten died.", "At least twelve died.")), sum_of(changed_words("a", "a"))
    ('3 words put in, 1 word taken out', 'no word changed')
    """
    words = {kind: sum(len(c.text.split()) for c in changes if c.kind == kind) for kind in ("in", "out")}
    said = [count(words["in"], "word") + " put in"] if words["in"] else []
    said += [count(words["out"], "word") + " taken out"] if words["out"] else []
    return ", ".join(said) or "no word changed"


def _continued(gone: StatementView, came: Sequence[StatementView]) -> RowSummary | None:
    """The row of the statement that took its place: the one most like it, if it is like it."""
    best = max(came, key=lambda s: fuzz.ratio(s.text, gone.text), default=None)
    return best.row if best and fuzz.ratio(best.text, gone.text) >= LIKE else None


def touched_rows(view: VersionsView) -> tuple[TouchedRow, ...]:
    """The rows in which statements came or went, weightiest first."""
    gone = [replace(s, row=s.row or _continued(s, view.came)) for s in view.gone]
    rows = {s.row.id if s.row else 0: s.row for s in (*view.came, *gone)}
    found = [
        TouchedRow(
            row,
            tuple(s for s in gone if (s.row.id if s.row else 0) == key),
            tuple(s for s in view.came if (s.row.id if s.row else 0) == key),
        )
        for key, row in rows.items()
    ]
    rank = list(WORDS.status)
    return tuple(sorted(found, key=lambda t: rank.index(t.row.status) if t.row else len(rank)))
