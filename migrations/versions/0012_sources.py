"""Feeds and pages read on a schedule, who reads them now, and fetched pages as they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables.base import only_where

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _moments(*names: str, nullable: bool) -> list[sa.Column]:
    return [sa.Column(name, sa.String(length=32), nullable=nullable) for name in names]


def _words(*names: str, nullable: bool) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def _numbers(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "sources",
        *_numbers("id", "every", "failures"),
        *_words("url", "kind", "by", "trouble", "note", nullable=False),
        *_words("outlet", "story", "ended_by", "etag", "modified", "answered_from", nullable=True),
        *_moments("at", "next_at", nullable=False),
        *_moments("ended_at", "tried_at", "read_at", nullable=True),
        sa.CheckConstraint("\"kind\" IN ('', 'feed', 'page', 'list')", name="ck_sources_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_sources_url",
        "sources",
        ["url"],
        unique=True,
        **only_where("ended_at IS NULL"),
    )
    op.create_index("ix_sources_next_at", "sources", ["next_at"])
    op.create_table(
        "seen_pages",
        *_numbers("id", "source_id", "looks", "failures"),
        *_words("url", "digest", "trouble", nullable=False),
        *_words("etag", "modified", "answered_from", nullable=True),
        *_moments("seen_at", nullable=False),
        *_moments("tried_at", "read_at", "next_at", "gone_at", nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_seen_pages_source_id_sources"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_seen_pages_article_id_articles", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_seen_pages"),
        sa.UniqueConstraint("source_id", "url", name="uq_seen_pages_source_id_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_seen_pages_next_at", "seen_pages", ["next_at"])
    op.create_index("ix_seen_pages_article_id", "seen_pages", ["article_id"])
    op.create_table(
        "leases",
        *_words("name", "owner", nullable=False),
        *_moments("until", nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "page_bodies",
        *_words("sha256", nullable=False),
        *_numbers("size"),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_page_bodies"),
    )
    op.create_table(
        "fetched_pages",
        *_numbers("revision_id", "status"),
        *_words("url", "media_type", "sha256", nullable=False),
        *_words("charset", nullable=True),
        sa.Column("headers", sa.Text(), nullable=False),
        *_moments("at", nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["article_revisions.id"],
            name="fk_fetched_pages_revision_id_article_revisions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["sha256"], ["page_bodies.sha256"], name="fk_fetched_pages_sha256_page_bodies"),
        sa.PrimaryKeyConstraint("revision_id", name="pk_fetched_pages"),
    )
    op.create_index("ix_fetched_pages_sha256", "fetched_pages", ["sha256"])


def downgrade() -> None:
    message = "there is no way back but the copy made before the upgrade"
    raise NotImplementedError(message)
