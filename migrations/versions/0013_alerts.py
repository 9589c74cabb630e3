"""What people keep watch on: saved searches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None

_STATUSES = "'conflict', 'diverge', 'updated', 'unsure', 'agree', 'single-source'"


def upgrade() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("by", "name", "folded")),
        sa.Column("q", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("date_of", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("outlet", "relation", "story")),
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in ("at", "looked_at")),
        sa.Column("removed_at", sa.String(length=32), nullable=True),
        sa.CheckConstraint("\"date_of\" IN ('event', 'published')", name="ck_saved_searches_date_of"),
        sa.CheckConstraint(f'"relation" IN ({_STATUSES})', name="ck_saved_searches_relation"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_saved_searches_kept",
        "saved_searches",
        ["by", "folded"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
    )


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
