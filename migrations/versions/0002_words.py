"""The full-text index of claims; `schema.upgrade` fills it, for its tokens are made by the app's own analyser."""

from __future__ import annotations

from alembic import op

from app.store.postgres import words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(words.INDEX)
        return
    op.execute(
        """CREATE VIRTUAL TABLE claim_index USING fts5(
            words,  -- stems, in order
            forms,  -- the same words unstemmed: what a half-typed word begins
            names,  -- names and aliases of those who speak or are spoken of
            tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
        )"""
    )


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
