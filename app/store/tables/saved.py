"""What people keep watch on: searches under a name."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.core.records import Status
from app.store.tables.base import Table, UtcDateTime, one_of, only_where

__all__ = ["SavedSearchRow"]

DATES_OF = ("event", "published")


class SavedSearchRow(Table, table=True):
    """A search that its owner (`by`) comes back to, with when they last looked. Its name is one of theirs while it is kept.

    What is searched for never changes; taken away, it stays here, and can be had back.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (
        one_of("date_of", DATES_OF),
        one_of("relation", Status),
        Index(
            "ix_saved_searches_kept",
            "by",
            "folded",
            unique=True,
            **only_where("removed_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    by: str
    name: str
    folded: str
    q: str = Field(sa_type=Text)
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    date_of: str
    outlet: str | None = None
    relation: str | None = None
    story: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    looked_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
