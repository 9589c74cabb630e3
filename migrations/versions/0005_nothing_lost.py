"""Which state of its articles a story's rows were made from: rows made from another are refused.

What keeps people's words from being deleted are the triggers of `app/store/guards.py`, put in place after every upgrade.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stories", sa.Column("basis", sa.Integer(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
