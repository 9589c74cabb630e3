"""What a class is led by (the hash of its teacher's key; classes of before have none), the rows it works on
(NULL: every one), and when its marks go (NULL: no date was set, as for classes of before)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classes", sa.Column("key_hash", sa.String(), nullable=True))
    op.add_column("classes", sa.Column("chosen", sa.Text(), nullable=True))
    op.add_column("classes", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("classes", sa.Column("ended_at", sa.String(), nullable=True))


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
