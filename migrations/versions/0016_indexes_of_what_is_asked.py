"""Indexes that a search begins with (`app/store/read/streams.py`), of the stories that wait, of what people flagged last."""

from __future__ import annotations

from alembic import op

from app.store.tables.base import only_where

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_stories_stale",
        "stories",
        ["changed_at"],
        **only_where("stale = 1"),
    )
    op.create_index(
        "ix_flags_of_people",
        "flags",
        ["at"],
        **only_where("\"by\" <> 'Parallax'"),
    )
    op.create_index("ix_alignments_shown_status", "alignments", ["shown_status"])
    op.create_index("ix_article_revisions_kept_at", "article_revisions", ["kept_at"])
    op.create_index(
        "ix_date_mentions_spans",
        "date_mentions",
        ["date_from", "date_to", "claim_id"],
        **only_where("date_to > date_from"),
    )
    op.create_index(
        "ix_date_mentions_long",
        "date_mentions",
        ["date_from", "date_to", "claim_id"],
        **only_where("CAST(substr(date_to, 1, 4) AS INTEGER) > CAST(substr(date_from, 1, 4) AS INTEGER) + 1"),
    )


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
