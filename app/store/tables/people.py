"""Who may write: reviewers, their tokens (only as hashes), and the sessions of browsers that signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from app.roles import Role, Scope
from app.store.tables.base import Table, UtcDateTime, one_of

__all__ = ["ReviewerRow", "SessionRow", "TokenRow"]


class ReviewerRow(Table, table=True):
    """A person. A name once given is never another's, in whatever spelling: `folded` is what it is known again by."""

    __tablename__ = "reviewers"
    __table_args__ = (one_of("role", Role), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(unique=True)
    role: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TokenRow(Table, table=True):
    """`prefix` is the part of a token that names it, `hash` the argon2 hash of its secret part, which is kept nowhere."""

    __tablename__ = "tokens"
    __table_args__ = (
        one_of("scope", Scope),
        Index(None, "reviewer_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    reviewer_id: int = Field(foreign_key="reviewers.id")
    name: str
    scope: str
    prefix: str = Field(unique=True)
    hash: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    last_used: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SessionRow(Table, table=True):
    """A browser that is signed in, by the SHA-256 of what its cookie holds. It lasts no longer than its token and its person.

    `token_id` is None where a house's own sign-in let the person in.
    """

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "reviewer_id"), Index(None, "made"), {"sqlite_with_rowid": False})

    hash: str = Field(primary_key=True)
    reviewer_id: int = Field(foreign_key="reviewers.id")
    token_id: int | None = Field(default=None, foreign_key="tokens.id")
    made: datetime = Field(sa_type=UtcDateTime)
    seen: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
