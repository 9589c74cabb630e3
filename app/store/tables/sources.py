"""Feeds and pages that are read on a schedule, what was seen in them, and who reads now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime, one_of, only_where

__all__ = ["SOURCE_KINDS", "LeaseRow", "SeenRow", "SourceRow"]

SOURCE_KINDS = ("", "feed", "page", "list")
"""What an address turned out to hold; "" until it was read once."""


class SourceRow(Table, table=True):
    """An address that somebody asked to be read every so many minutes, and how that goes. Ended, never deleted.

    `etag`, `modified` and `answered_from` are those of the last answer of which everything was dealt with.
    """

    __tablename__ = "sources"
    __table_args__ = (
        one_of("kind", SOURCE_KINDS),
        Index(
            "ix_sources_url",
            "url",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
        Index(None, "next_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    url: str
    kind: str = ""
    outlet: str | None = None
    story: str | None = None
    every: int
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    etag: str | None = None
    modified: str | None = None
    answered_from: str | None = None
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    failures: int = 0
    trouble: str = ""
    note: str = ""  # what somebody should look into although it was read: an outlet's rule that finds nothing


class SeenRow(Table, table=True):
    """A report that a source named: what became of it, and when it is looked at again. `next_at` NULL: not any more.

    `digest` is of what the source itself said of it; `gone_at` is when its page was first found to be there no more.
    """

    __tablename__ = "seen_pages"
    __table_args__ = (
        UniqueConstraint("source_id", "url"),
        Index(None, "next_at"),
        Index(None, "article_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="sources.id")
    url: str
    digest: str
    etag: str | None = None
    modified: str | None = None
    answered_from: str | None = None
    seen_at: datetime = Field(sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looks: int = 0
    failures: int = 0
    trouble: str = ""
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    article_id: int | None = Field(default=None, foreign_key="articles.id", ondelete="SET NULL")


class LeaseRow(Table, table=True):
    """Who does a work that only one may do at a time, and until when nobody else may, unless it is given back."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True)
    owner: str
    until: datetime = Field(sa_type=UtcDateTime)
