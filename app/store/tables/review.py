"""What people said of rows: flags with their history, and decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from app.store.tables.base import Table, UtcDateTime, one_of, only_where
from app.store.tables.rows import QUEUE
from app.store.terms import MACHINE

__all__ = ["KINDS", "STANDINGS", "DecisionRow", "FlagEventRow", "FlagRow"]

KINDS = ("confirm", "reject", "merge", "split", "relabel")
STANDINGS = ("in force", "beside", "proposed")
"""What a decision is: it has its effect; another one has, and this stands beside it; it waits for a second person."""
EVENTS = ("raised", "noted", "open", "confirmed", "dismissed", "withdrawn")


class FlagRow(Table, table=True):
    """One person's mark on one row, unique by constraint: flagging twice is flagging once."""

    __tablename__ = "flags"
    __table_args__ = (
        UniqueConstraint("alignment_id", "by"),
        one_of("state", QUEUE),
        Index(None, "withdrawn_at", "at"),
        Index(
            "ix_flags_of_people",
            "at",
            **only_where(f"\"by\" <> '{MACHINE}'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    alignment_id: int = Field(foreign_key="alignments.id", ondelete="CASCADE")
    by: str
    state: str
    note: str
    at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    machine_status: str | None = None  # what the machine said when the flag was settled


class FlagEventRow(Table, table=True):
    """Everything that happened to a flag, in order; only ever added to.

    `needs`: how many people a word needed to take force when it was said (0: before second opinions were kept, when each
    word overrode the others). `whose`: the person whose word was taken back.
    """

    __tablename__ = "flag_events"
    __table_args__ = (one_of("what", EVENTS), Index(None, "flag_id"))

    id: int | None = Field(default=None, primary_key=True)
    flag_id: int = Field(foreign_key="flags.id", ondelete="CASCADE")
    what: str
    by: str
    note: str
    at: datetime = Field(sa_type=UtcDateTime)
    needs: int = 0
    whose: str | None = None


class DecisionRow(Table, table=True):
    """A person's change to a row. `target_id`: the row merged into, or made by a split. `claims`: what it concerned, as JSON.

    Claims are remembered as [article id, fingerprint, row made for it or null], so that a decision outlives realigning
    and new revisions. `needs`: how many people had to agree for it to take force when it was made (0: made before second
    opinions were kept). `stood`: the verdict that the row showed then. `standing` follows from all that: see
    `app/store/opinions.py`.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("standing", STANDINGS),
        Index(None, "alignment_id"),
        Index(None, "target_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    alignment_id: int = Field(foreign_key="alignments.id", ondelete="CASCADE")
    kind: str
    value: str | None = None
    target_id: int | None = Field(default=None, foreign_key="alignments.id")
    claims: str = Field(default="[]", sa_type=Text)
    note: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: str | None = None
    machine_status: str | None = None  # what the machine said of the row when this was decided
    needs: int = 0
    stood: str | None = None
    standing: str = "in force"
