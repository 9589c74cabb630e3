"""What people have to do with rows of the review queue, and what they tell each other about them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime, one_of
from app.store.terms import WORK_STATES

__all__ = ["CommentRow", "WorkRow"]


class WorkRow(Table, table=True):
    """Who looks into a row, until when, and how far that is: one a row; what it was before is in the audit log."""

    __tablename__ = "work"
    __table_args__ = (one_of("state", WORK_STATES), Index(None, "assigned"))

    alignment_id: int = Field(foreign_key="alignments.id", ondelete="CASCADE", primary_key=True)
    assigned: str | None = None
    due: date | None = None
    state: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)


class CommentRow(Table, table=True):
    """Something said about a row, in plain text; only ever added to."""

    __tablename__ = "comments"
    __table_args__ = (Index(None, "alignment_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    alignment_id: int = Field(foreign_key="alignments.id", ondelete="CASCADE")
    by: str
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)
