"""What was worked out of a story of many articles, so that one article more costs what it brings (`app/core/alignment/kept_work.py`)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_work",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_kept_work_story_id_stories", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "key", name="pk_kept_work"),
    )


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
