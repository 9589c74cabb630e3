"""Who changed what (audit), second opinions on flags and decisions, and the work on rows of the queue.

What people said before stays in force as it was: a decision or a word on a flag that needed nobody (`needs` 0) was made when
each word overrode those before it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STANDINGS = "'in force', 'beside', 'proposed'"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("by", "what", "kind", "subject")),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("previous", "hash")),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_by_id", "audit", ["by", "id"])
    op.create_index("ix_audit_kind_id", "audit", ["kind", "id"])
    op.create_table(
        "work",
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.String(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("\"state\" IN ('open', 'in work', 'done')", name="ck_work_state"),
        sa.ForeignKeyConstraint(
            ["alignment_id"], ["alignments.id"], name="fk_work_alignment_id_alignments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alignment_id", name="pk_work"),
    )
    op.create_index("ix_work_assigned", "work", ["assigned"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["alignment_id"], ["alignments.id"], name="fk_comments_alignment_id_alignments", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_alignment_id", "comments", ["alignment_id"])
    for table in ("decisions", "flag_events"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN needs INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE flag_events ADD COLUMN whose VARCHAR")
    op.execute("ALTER TABLE decisions ADD COLUMN stood VARCHAR")
    op.execute(
        "ALTER TABLE decisions ADD COLUMN standing VARCHAR NOT NULL DEFAULT 'in force'"
        f" CONSTRAINT ck_decisions_standing CHECK (standing IN ({_STANDINGS}))"
    )


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
