"""The rows of a story in a line each: what a person chooses from."""

from __future__ import annotations

from app.store.read.lines import row_summary
from app.store.sql import ask
from app.store.store import Store
from app.store.views import RowSummary

__all__ = ["row_titles"]

_TITLES = """
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title
    FROM alignments JOIN stories ON stories.id = alignments.story_id
    WHERE stories.slug = :slug AND alignments.shown = 1
    ORDER BY alignments.sort_matter
"""


def row_titles(store: Store, slug: str) -> tuple[RowSummary, ...]:
    """Every row that stands, what matters first; none for a story that is not there."""
    with store.read() as session:
        return tuple(row_summary(r) for r in ask(session.connection(), _TITLES, slug=slug))
