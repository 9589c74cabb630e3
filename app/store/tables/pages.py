"""The page as it was: the source of each fetched page, beside the revision that was read from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime

__all__ = ["FetchedPageRow", "PageBodyRow"]


class PageBodyRow(Table, table=True):
    """The bytes of an answer, packed with gzip, known by the SHA-256 of what they unpack to; kept once."""

    __tablename__ = "page_bodies"

    sha256: str = Field(primary_key=True)
    size: int
    packed: bytes = Field(sa_type=LargeBinary)


class FetchedPageRow(Table, table=True):
    """What an address answered when a revision was read from it; `headers` as a JSON list of pairs, without cookies."""

    __tablename__ = "fetched_pages"
    __table_args__ = (Index(None, "sha256"),)

    revision_id: int = Field(foreign_key="article_revisions.id", ondelete="CASCADE", primary_key=True)
    url: str
    status: int
    media_type: str
    charset: str | None = None
    headers: str = Field(sa_type=Text)
    sha256: str = Field(foreign_key="page_bodies.sha256")
    at: datetime = Field(sa_type=UtcDateTime)
