"""The rows of a story without their cells: what a person chooses from, and what tells whether a row has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from app.core.records import Status
from app.store.read.lines import row_summary
from app.store.read.remarks import decisions_of, flags_of
from app.store.read.rows import row_views, story_columns
from app.store.row_fingerprint import RowFingerprint
from app.store.sql import ask, tuples
from app.store.store import Store
from app.store.views import RowSummary, RowView

__all__ = ["row_fingerprints", "row_titles", "rows_in_order"]

_TITLES = """
    SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title
    FROM alignments JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE stories.slug = :slug AND alignments.shown = 1
    ORDER BY alignments.sort_matter
"""
_GISTS = """
    SELECT alignments.id, shown_status, shown_label, summary
    FROM alignments JOIN standing_stories AS stories ON stories.id = alignments.story_id WHERE stories.slug = :slug AND alignments.shown = 1
"""
_WORDS = """
    SELECT alignment_members.alignment_id, claims.article_id, claims.text
    FROM standing_stories AS stories
    JOIN alignments ON alignments.story_id = stories.id AND alignments.shown = 1
    JOIN alignment_members ON alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1
    JOIN claims ON claims.id = alignment_members.claim_id
    WHERE stories.slug = :slug
"""


def row_titles(store: Store, slug: str) -> tuple[RowSummary, ...]:
    """Every row that stands, what matters first; none for a story that is not there."""
    with store.read() as session:
        return tuple(row_summary(r) for r in ask(session.connection(), _TITLES, slug=slug))


def rows_in_order(store: Store, slug: str, ids: Sequence[int]) -> tuple[RowView, ...]:
    """These rows of a story whole, in the order asked for."""
    with store.read() as session:
        connection = session.connection()
        found = ask(connection, "SELECT id FROM standing_stories AS stories WHERE slug = :slug", slug=slug)
        return tuple(row_views(connection, ids, story_columns(connection, found[0]["id"]))) if found and ids else ()


def row_fingerprints(connection: Connection, slug: str) -> dict[int, RowFingerprint]:
    """Every row that stands, by id, in a fixed number of statements."""
    words: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for row_id, article, said in tuples(connection, _WORDS, slug=slug):
        words[row_id].add((article, said))
    rows = tuples(connection, _GISTS, slug=slug)
    ids = [r[0] for r in rows]
    flags, decisions = flags_of(connection, ids), decisions_of(connection, ids)
    return {
        row_id: RowFingerprint(
            Status(status),
            (label, summary, frozenset(words[row_id])),
            (
                frozenset((f.id, f.state, f.note) for f in flags.get(row_id, ())),
                frozenset(d.id for d in decisions.get(row_id, ())),
            ),
        )
        for row_id, status, label, summary in rows
    }
