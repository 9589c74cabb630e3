"""By which of its statements a claim stands in a row: where in its words. Of rows kept before the whole claim stands.

They count as made by another version (revision 0007), and get their clauses when they are compared again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("clause_start", "clause_end"):
        op.add_column("alignment_members", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
