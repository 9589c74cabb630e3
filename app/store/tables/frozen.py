"""Frozen comparisons, and the classes that work on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime, one_of
from app.store.views import ClassMark

__all__ = ["ClassMarkRow", "ClassRow", "SnapshotRow"]


class SnapshotRow(Table, table=True):
    """A story as it was, as canonical JSON with its SHA-256. Triggers refuse every change and deletion.

    It names its story by slug, not by id: it outlives the story.
    """

    __tablename__ = "snapshots"
    __table_args__ = (Index(None, "slug", "at"),)

    id: str = Field(primary_key=True)  # the first characters of the digest
    digest: str = Field(unique=True)
    slug: str
    title: str
    record: str = Field(sa_type=Text)
    note: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)


class ClassRow(Table, table=True):
    """A class that marks the rows of a frozen comparison; `code` is what its groups are given, the key is its teacher's."""

    __tablename__ = "classes"

    code: str = Field(primary_key=True)
    snapshot_id: str = Field(foreign_key="snapshots.id")
    title: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    key_hash: str | None = None  # classes of before had no key
    chosen: str | None = Field(default=None, sa_type=Text)  # ids of rows as JSON; every row when there is none
    revealed_by: str | None = None
    revealed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ends_on: date | None = None  # its marks and the names of its groups go on that day, in UTC
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ClassMarkRow(Table, table=True):
    """One group's mark on one row: one by constraint, marking again replaces it."""

    __tablename__ = "class_marks"
    __table_args__ = (one_of("mark", get_args(ClassMark)), {"sqlite_with_rowid": False})

    code: str = Field(foreign_key="classes.code", ondelete="CASCADE", primary_key=True)
    group: str = Field(primary_key=True)
    alignment_id: int = Field(primary_key=True)  # of the snapshot: the live row may be gone
    mark: str
    at: datetime = Field(sa_type=UtcDateTime)
