"""Who changed what and when: the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime

__all__ = ["AuditRow"]


class AuditRow(Table, table=True):
    """One write of a person, as one line; only ever added to. What a line holds and how its hash is made: `app/store/audit.py`.

    AUTOINCREMENT keeps the number of the last line apart from the lines, so that a tail that was cut off is missed.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "by", "id"), Index(None, "kind", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str
    what: str
    kind: str
    subject: str
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    previous: str
    hash: str
