"""The words and names an article is looked up by when a new one looks for its story (`app/store/telling_words.py`); `upgrade` fills them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_terms",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_terms_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term", "day", "article_id", name="pk_article_terms"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_terms_article_id", "article_terms", ["article_id"])


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
