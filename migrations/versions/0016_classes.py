"""What a class is led by, and what it works on: the hash of a teacher's key. Classes of before have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classes", sa.Column("key_hash", sa.String(), nullable=True))


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
