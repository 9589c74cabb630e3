"""What people keep watch on: saved searches; webhooks and what they are told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables.base import only_where

revision = "0013"
down_revision = "0012"
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
        **only_where("removed_at IS NULL"),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "folded", "url", "events")),
        sa.Column("story", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("secret", "by")),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_webhooks_kept",
        "webhooks",
        ["folded"],
        unique=True,
        **only_where("ended_at IS NULL"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=32), nullable=True) for name in ("held_until", "tried_at")),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("\"state\" IN ('waiting', 'sent', 'given up')", name="ck_deliveries_state"),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name="fk_deliveries_webhook_id_webhooks"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due"],
        **only_where("state = 'waiting'"),
    )
    op.create_index("ix_deliveries_webhook_id_id", "deliveries", ["webhook_id", "id"])


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
