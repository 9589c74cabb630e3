"""What people corrected of what was read: laid over it, never written into it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime, one_of

__all__ = ["ARTICLE_FIELDS", "CLAIM_FIELDS", "CORRECTED_KINDS", "STORY_FIELDS", "CorrectionRow"]

CORRECTED_KINDS = ("article", "story", "claim")
ARTICLE_FIELDS = ("headline", "outlet", "bylines", "published", "url", "story", "deleted")
STORY_FIELDS = ("title", "merged", "split", "deleted")
CLAIM_FIELDS = ("speaker", "date", "span", "aside")


class CorrectionRow(Table, table=True):
    """One change of one thing; in force until it is undone, and then kept as undone. Of two of one field the later one counts.

    `value` and `was` are JSON: what it is now and what it was then. Of an article that moved, `story_id` and `into_id` are where
    it stood and where it stands; of stories merged or split, the story and the other one, and `value` the ids of the articles
    that went. A claim is known by `fingerprint`, or, cut otherwise by a later reader, by its `sentence`; `words` are what it
    said then.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        one_of("kind", CORRECTED_KINDS),
        one_of("field", dict.fromkeys((*ARTICLE_FIELDS, *STORY_FIELDS, *CLAIM_FIELDS))),
        Index(None, "article_id"),
        Index(None, "story_id"),
        Index(None, "into_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    article_id: int | None = Field(default=None, foreign_key="articles.id")
    story_id: int | None = Field(default=None, foreign_key="stories.id")
    into_id: int | None = Field(default=None, foreign_key="stories.id")
    fingerprint: str = ""
    sentence: str = ""
    words: str = Field(default="", sa_type=Text)
    field: str
    value: str = Field(sa_type=Text)
    was: str = Field(sa_type=Text)
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    undone_by: str | None = None
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
