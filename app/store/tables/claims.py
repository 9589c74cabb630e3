"""Claims, who is said to say them, and what is mentioned in them; actors and their aliases."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from app.core.records import ActorKind, Grain, Hedge
from app.store.tables.base import Table, UtcDateTime, one_of, only_where
from app.store.terms import LONG

__all__ = [
    "ActorMentionRow",
    "ActorRow",
    "AddedAliasRow",
    "AliasRow",
    "AttributionRow",
    "ClaimRecordRow",
    "ClaimRow",
    "DateMentionRow",
    "NumberMentionRow",
]

STANCES = ("affirms", "denies", "declines")


class ActorRow(Table, table=True):
    """One actor of all articles. `key` is the slug; a namesake of another kind gets the kind behind it."""

    __tablename__ = "actors"
    __table_args__ = (one_of("kind", ActorKind),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    kind: str
    role: str | None = None
    ambiguous: bool = False
    claims: int = 0  # current claims by or about it: what lists are ordered by


class AliasRow(Table, table=True):
    """A name an actor goes by, its own name included; `folded` is the form names are compared in."""

    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("actor_id", "folded"), Index(None, "folded"))

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="actors.id", ondelete="CASCADE")
    text: str
    folded: str


class AddedAliasRow(Table, table=True):
    """A name that a person added to an actor; in force until removed, and in force it means one actor alone."""

    __tablename__ = "added_aliases"
    __table_args__ = (
        Index(
            "ix_added_aliases_in_force",
            "folded",
            unique=True,
            **only_where("removed_at IS NULL"),
        ),
        Index(None, "actor_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="actors.id", ondelete="CASCADE")
    text: str
    folded: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    removed_by: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ClaimRow(Table, table=True):
    """One statement of one revision, as far as it is asked for; `ClaimRecordRow` has it to the letter.

    A reading of the same words by a later reader leaves behind what it no longer finds: `superseded`, no longer current.
    `fingerprint` knows the same statement again in a later revision; `row_id` is the row it shows in (derived).
    """

    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("revision_id", "local_id"),
        one_of("stands_in", ("body", "headline")),
        one_of("event_grain", get_args(Grain)),
        Index(None, "article_id", "current", "position"),
        Index(None, "current", "event_from"),
        Index(None, "row_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="article_revisions.id", ondelete="CASCADE")
    article_id: int = Field(foreign_key="articles.id", ondelete="CASCADE")
    current: bool
    local_id: str
    position: int
    stands_in: str
    start: int
    end: int
    text: str = Field(sa_type=Text)
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    fingerprint: str
    event_value: str | None = None
    event_grain: str | None = None
    event_from: str | None = None
    event_to: str | None = None
    row_id: int | None = Field(default=None, foreign_key="alignments.id", ondelete="SET NULL")
    superseded: bool = False
    aside: bool = False  # a person said that it is no claim of the article


class ClaimRecordRow(Table, table=True):
    """The Claim as JSON: read only to align anew, and too long to lie in the way of everything else."""

    __tablename__ = "claim_records"

    claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE", primary_key=True)
    record: str = Field(sa_type=Text)


class AttributionRow(Table, table=True):
    """One link of a claim's chain of speakers, outermost first. `stance`: towards what the claim states."""

    __tablename__ = "attributions"
    __table_args__ = (
        UniqueConstraint("claim_id", "position"),
        one_of("stance", STANCES),
        Index(None, "actor_id", "claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE")
    position: int
    actor_id: int | None = Field(default=None, foreign_key="actors.id")
    text: str
    role: str | None = None
    cue: str | None = None
    stance: str | None = None
    quoted: bool = False


class ActorMentionRow(Table, table=True):
    __tablename__ = "actor_mentions"
    __table_args__ = (UniqueConstraint("claim_id", "position"), Index(None, "actor_id", "claim_id"))

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE")
    position: int
    actor_id: int = Field(foreign_key="actors.id")
    text: str
    start: int
    end: int


class DateMentionRow(Table, table=True):
    """A date told, with the first and last day it can mean: 2019-11 reaches from the 1st to the 30th."""

    __tablename__ = "date_mentions"
    __table_args__ = (
        UniqueConstraint("claim_id", "position"),
        one_of("grain", get_args(Grain)),
        Index(None, "date_from", "date_to", "claim_id"),
        Index(
            "ix_date_mentions_spans",
            "date_from",
            "date_to",
            "claim_id",
            **only_where("date_to > date_from"),
        ),
        Index(
            "ix_date_mentions_long",
            "date_from",
            "date_to",
            "claim_id",
            **only_where(LONG),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE")
    position: int
    text: str
    value: str
    grain: str
    upto: str | None = None
    approximate: bool = False
    start: int
    end: int
    date_from: str | None = None
    date_to: str | None = None


class NumberMentionRow(Table, table=True):
    __tablename__ = "number_mentions"
    __table_args__ = (UniqueConstraint("claim_id", "position"), one_of("hedge", Hedge))

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE")
    position: int
    text: str
    value: float
    upto: float | None = None
    unit: str | None = None
    counts: str | None = None
    hedge: str
    start: int
    end: int
