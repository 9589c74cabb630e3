"""What made a story's rows: the encoder's name, and a digest of rules, words and weights. Of rows kept before, nobody told.

So they count as made by another version, and are offered to be compared again (`parallax reread`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("compared_with", "compared_by"):
        op.add_column("stories", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
