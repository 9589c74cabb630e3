"""Outlets, stories, articles and their revisions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from app.core.records import PublishedFrom
from app.store.tables.base import Table, UtcDateTime, one_of, only_where

__all__ = ["ArticleRow", "OutletRow", "RevisionRow", "StoryRow", "TermRow"]


class OutletRow(Table, table=True):
    __tablename__ = "outlets"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    country: str | None = None


class StoryRow(Table, table=True):
    """The articles about one event. The slug never changes once made; `stale` says that rows lag behind articles.

    `merged_into_id`: the story whose address answers for this one; `deleted_at`: every article of it was deleted.

    `basis` grows with every change of what rows are made from: its articles, their words, how these were read.

    `compared_with` and `compared_by` are name and version of what made the rows (`records.Comparer`), "" when it was not told.

    `matrix` and `timeline` are pictures of all its rows as JSON, drawn anew by `derive.py` whenever a row changes.
    """

    __tablename__ = "stories"
    __table_args__ = (
        Index(None, "changed_at"),
        Index("ix_stories_stale", "changed_at", **only_where("stale = 1")),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    title: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    stale: bool = False
    matrix: str = "[]"
    timeline: str = "[]"
    revision: int = 0  # grows with every change of what the story shows
    basis: int = 0
    compared_with: str = ""
    compared_by: str = ""
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="stories.id")


class ArticleRow(Table, table=True):
    """One report, known by `identity`; headline, date and so on are those of the current revision, as people corrected them.

    `also`: what it would be known by as corrected. `read_outlet_id`: the outlet as it was read, where a person named another.
    """

    __tablename__ = "articles"
    __table_args__ = (
        one_of("published_from", PublishedFrom),
        Index(None, "story_id", "published_key"),
        Index(None, "outlet_id", "published_key"),
        Index(None, "published_key"),
        Index(None, "also"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    identity: str = Field(
        unique=True
    )  # outlet + canonical URL, else outlet + headline + date, else a hash of the words
    outlet_id: int = Field(foreign_key="outlets.id")
    story_id: int = Field(foreign_key="stories.id")
    headline: str
    published: date | None = None
    published_from: str | None = None
    published_key: str = ""  # the date as text, "" when undated: what lists are ordered by
    url: str | None = None
    excerpt: bool = False
    own_words: bool = False
    kept_at: datetime = Field(sa_type=UtcDateTime)
    read_outlet_id: int | None = None
    also: str | None = None
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RevisionRow(Table, table=True):
    """One version of an article: its words, the record it was kept from, and what read it."""

    __tablename__ = "article_revisions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        UniqueConstraint("article_id", "content_hash"),
        Index(
            "ix_article_revisions_current",
            "article_id",
            unique=True,
            **only_where("current", postgresql="current = 1"),
        ),
        Index(None, "content_hash"),
        Index(None, "kept_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="articles.id", ondelete="CASCADE")
    number: int
    current: bool
    content_hash: str
    text: str = Field(sa_type=Text)
    record: str = Field(sa_type=Text)  # the Article without its text, as JSON
    actors: str = Field(sa_type=Text)  # the Reading's actors, as JSON
    reader: str
    reader_version: str = ""  # digest of all that reading depends on; "" when it was not told
    source: str
    kept_at: datetime = Field(sa_type=UtcDateTime)


class TermRow(Table, table=True):
    """A word or name that an article is looked up by, with the day it was published (0: undated); see `app/store/telling_words.py`."""

    __tablename__ = "article_terms"
    __table_args__ = (Index(None, "article_id"), {"sqlite_with_rowid": False})

    term: str = Field(primary_key=True)
    day: int = Field(primary_key=True)
    article_id: int = Field(foreign_key="articles.id", ondelete="CASCADE", primary_key=True)
