"""A number that grows with every change of what a story shows, so that what was made of it can be kept until then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stories", sa.Column("revision", sa.Integer(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
