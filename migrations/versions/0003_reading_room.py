"""Strictness, rows judged anew, names added by people, frozen comparisons, classes.

Columns are added in place: no table is rebuilt. Every claim of a row gets a row of its own beside it (`lone`), which is
shown when a reader's strictness takes the row away.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables.base import only_where

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.String(length=32)
NO, EMPTY = sa.text("0"), sa.text("''")


def upgrade() -> None:
    op.add_column("alignments", sa.Column("lone", sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("alignments", sa.Column("machine_score", sa.Float(), nullable=False, server_default=sa.text("1.0")))
    op.add_column("alignments", sa.Column("utterances", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("alignments", sa.Column("decided", sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("alignments", sa.Column("first_seen", MOMENT, nullable=True))
    op.add_column("alignments", sa.Column("judged_for", sa.String(), nullable=False, server_default=EMPTY))
    op.add_column("alignments", sa.Column("judged_label", sa.String(), nullable=False, server_default=EMPTY))
    op.create_index("ix_alignments_first_seen", "alignments", ["first_seen"])
    op.add_column("relations", sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("claims", sa.Column("superseded", sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("article_revisions", sa.Column("reader_version", sa.String(), nullable=False, server_default=EMPTY))
    op.add_column("decisions", sa.Column("machine_status", sa.String(), nullable=True))
    op.add_column("flags", sa.Column("machine_status", sa.String(), nullable=True))
    _new_tables()
    for statement in _KEPT_ROWS:
        op.execute(statement)


def _new_tables() -> None:
    op.create_table(
        "added_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actors.id"], name=op.f("fk_added_aliases_actor_id_actors"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_aliases")),
    )
    op.create_index("ix_added_aliases_actor_id", "added_aliases", ["actor_id"])
    op.create_index(
        "ix_added_aliases_in_force",
        "added_aliases",
        ["folded"],
        unique=True,
        **only_where("removed_at IS NULL"),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("digest", name=op.f("uq_snapshots_digest")),
    )
    op.create_index("ix_snapshots_slug_at", "snapshots", ["slug", "at"])
    if (
        op.get_bind().dialect.name == "sqlite"
    ):  # elsewhere `app/store/guards.py` puts them in place after the last revision
        _guard_snapshots()
    op.create_table(
        "classes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("snapshot_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("revealed_by", sa.String(), nullable=True),
        sa.Column("revealed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshots.id"], name=op.f("fk_classes_snapshot_id_snapshots")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_classes")),
    )
    op.create_table(
        "class_marks",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("alignment_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "\"mark\" IN ('agree', 'diverge', 'conflict', 'updated', 'unsure')", name=op.f("ck_class_marks_mark")
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["classes.code"], name=op.f("fk_class_marks_code_classes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", "group", "alignment_id", name=op.f("pk_class_marks")),
        sqlite_with_rowid=False,
    )


def _guard_snapshots() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER snapshots_refuse_{event.lower()} BEFORE {event} ON snapshots"
            " BEGIN SELECT RAISE(ABORT, 'a frozen comparison never changes'); END"
        )
    op.execute(  # INSERT OR REPLACE deletes without asking the trigger above
        "CREATE TRIGGER snapshots_refuse_replacing BEFORE INSERT ON snapshots"
        " WHEN EXISTS (SELECT 1 FROM snapshots WHERE id = NEW.id OR digest = NEW.digest)"
        " BEGIN SELECT RAISE(ABORT, 'a frozen comparison never changes'); END"
    )


_ONE_CLAIM = """
    (SELECT count(*) FROM alignment_members WHERE alignment_id = alignments.id AND by_machine = 1) = 1
"""
_KEPT_ROWS = (
    "UPDATE alignments SET machine_score = score",
    f"UPDATE alignments SET lone = 1 WHERE by_hand = 0 AND {_ONE_CLAIM}",  # noqa: S608 - constants only
    # When a conflict was first seen: when the machine flagged it, else when its row was made.
    """
    UPDATE alignments SET first_seen = coalesce(
        (SELECT min(at) FROM flags WHERE flags.alignment_id = alignments.id AND flags."by" = 'Parallax'), made_at
    ) WHERE shown = 1 AND shown_status = 'conflict'
    """,
    # A row of its own for every claim that stands in rows with others only; `digest` carries the claim's id meanwhile.
    """
    INSERT INTO alignments (story_id, label, status, digest, by_hand, lone, machine_score, made_at, shown, shown_label,
        shown_status, dimensions, summary, outlets, score, rejected, sort_matter, sort_event, sort_reading)
    SELECT articles.story_id, substr(claims.text, 1, 140), 'single-source', 'claim ' || claims.id, 0, 1, 1.0,
        stories.changed_at, 0, substr(claims.text, 1, 140), 'single-source', '[]', '', 1, 1.0, 0, '', '', ''
    FROM claims JOIN articles ON articles.id = claims.article_id JOIN stories ON stories.id = articles.story_id
    WHERE claims.current = 1
      AND EXISTS (SELECT 1 FROM alignment_members WHERE claim_id = claims.id AND by_machine = 1)
      AND NOT EXISTS (
        SELECT 1 FROM alignment_members JOIN alignments ON alignments.id = alignment_members.alignment_id
        WHERE claim_id = claims.id AND by_machine = 1 AND alignments.lone = 1
      )
    ORDER BY claims.id
    """,
    """
    INSERT INTO alignment_members (alignment_id, claim_id, by_machine, shown)
    SELECT id, cast(substr(digest, 7) AS INTEGER), 1, 0 FROM alignments WHERE digest LIKE 'claim %'
    """,
    "UPDATE alignments SET digest = '' WHERE digest LIKE 'claim %'",
)


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
