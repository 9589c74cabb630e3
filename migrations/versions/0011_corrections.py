"""What people correct: a table of its own, and what follows from it beside what was read.

Articles are rebuilt, since SQLite cannot widen a check in place (`published_from` may be "corrected"); batch mode would lose
the last id that was given, which is carried over, for no id may mean another article later.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_FROM = "'manifest', 'option', 'meta', 'url', 'text', 'corrected'"
_FIELDS = """'headline', 'outlet', 'bylines', 'published', 'url', 'story', 'deleted', 'title', 'merged', 'split',
    'speaker', 'date', 'span', 'aside'"""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'")
    given = op.get_bind().execute(last).scalar() if sqlite else None
    with op.batch_alter_table(
        "articles", recreate="always" if sqlite else "auto", table_kwargs={"sqlite_autoincrement": True}
    ) as table:
        table.drop_constraint(op.f("ck_articles_published_from"), type_="check")
        table.create_check_constraint(op.f("ck_articles_published_from"), sa.text(f'"published_from" IN ({_FROM})'))
    for column in ("read_outlet_id INTEGER", "also VARCHAR", "deleted_at VARCHAR(32)"):
        op.execute(f"ALTER TABLE articles ADD COLUMN {column}")
    op.create_index("ix_articles_also", "articles", ["also"])
    if given is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'articles'")
        again = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('articles', :seq)")
        op.get_bind().execute(again.bindparams(seq=given))
    op.execute("ALTER TABLE stories ADD COLUMN deleted_at VARCHAR(32)")
    op.execute(
        "ALTER TABLE stories ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_stories_merged_into_id_stories REFERENCES stories (id)"
    )
    op.execute("ALTER TABLE claims ADD COLUMN aside BOOLEAN NOT NULL DEFAULT 0")
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("article_id", "story_id", "into_id")),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", sa.String(length=32), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('article', 'story', 'claim')", name="ck_corrections_kind"),
        sa.CheckConstraint(f'"field" IN ({_FIELDS})', name="ck_corrections_field"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_corrections_article_id_articles"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_corrections_story_id_stories"),
        sa.ForeignKeyConstraint(["into_id"], ["stories.id"], name="fk_corrections_into_id_stories"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sqlite_autoincrement=True,
    )
    for column in ("article_id", "story_id", "into_id"):
        op.create_index(f"ix_corrections_{column}", "corrections", [column])


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
