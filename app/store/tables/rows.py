"""Alignments (the rows of the side-by-side view), their members, relations and reasons; and what was worked out to make them.

Two layers: what the machine found (`label`, `status`, members with `by_machine`) is only ever written by realigning; what a
reader is shown (`shown_*`, members with `shown`, sort keys) follows from it and from people's decisions, and is
recomputed by `derive.py` in the same transaction as any change of either.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from app.core.records import Between, Dimension, Outcome, RelationKind, Status
from app.store.tables.base import Table, UtcDateTime, one_of

__all__ = ["AlignmentRow", "KeptWorkRow", "MemberRow", "ReasonRow", "RelationRow"]

QUEUE = ("open", "confirmed", "dismissed")


class AlignmentRow(Table, table=True):
    __tablename__ = "alignments"
    __table_args__ = (
        one_of("status", Status),
        one_of("shown_status", Status),
        one_of("between", Between),
        one_of("queue_state", QUEUE),
        Index(None, "story_id", "shown", "sort_matter"),
        Index(None, "story_id", "shown", "sort_event"),
        Index(None, "story_id", "shown", "sort_reading"),
        Index(None, "story_id", "shown", "shown_status", "sort_matter"),
        Index(None, "queue_sort"),
        Index(None, "queue_state", "queue_sort"),
        Index(None, "merged_into_id"),
        Index(None, "first_seen"),
        Index(None, "shown_status"),
        {"sqlite_autoincrement": True},  # an id once given never means another row
    )

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="stories.id")
    # what the machine found; by_hand rows were made by a split or a rejection and have no machine members of their own
    label: str
    status: str
    digest: str = ""
    by_hand: bool = False
    lone: bool = False  # one claim's own row: shown when no other row that is shown has the claim
    machine_score: float = 1.0
    machine_probability: float = 1.0
    utterances: str = Field(default="[]", sa_type=Text)  # as JSON: shown, never asked for
    made_at: datetime = Field(sa_type=UtcDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # what is shown (derived)
    shown: bool = False
    shown_label: str = ""
    shown_status: str = Status.SINGLE.value
    between: str | None = None
    dimensions: str = "[]"
    summary: str = ""
    outlets: int = 0
    score: float = 1.0
    probability: float = 1.0  # that the status shown is right; 1 where a person decided it
    event_from: str | None = None
    rejected: bool = False
    merged_into_id: int | None = Field(default=None, foreign_key="alignments.id", ondelete="SET NULL")
    sort_matter: str = ""
    sort_event: str = ""
    sort_reading: str = ""
    queue_state: str | None = None
    queue_sort: str | None = None
    decided: bool = False  # a person decided on it: shown whatever its score
    first_seen: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # first shown as a conflict; never taken back
    # what people put together judged anew (`judging.py`): the label, and for which claims
    judged_for: str = ""
    judged_label: str = ""


class MemberRow(Table, table=True):
    """A claim in a row. `clause_start`, `clause_end`: by which words of its text the machine put it there; None for the whole."""

    __tablename__ = "alignment_members"
    __table_args__ = (Index(None, "claim_id", "alignment_id"), {"sqlite_with_rowid": False})

    alignment_id: int = Field(foreign_key="alignments.id", ondelete="CASCADE", primary_key=True)
    claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE", primary_key=True)
    by_machine: bool = False
    shown: bool = False
    clause_start: int | None = None
    clause_end: int | None = None


class RelationRow(Table, table=True):
    """The machine's judgement on two claims. `shown_in` is the row where a reader finds it (derived).

    `by_hand`: judged only because people put the two claims into one row; gone when they part them.
    """

    __tablename__ = "relations"
    __table_args__ = (
        UniqueConstraint("alignment_id", "a_claim_id", "b_claim_id"),
        one_of("kind", RelationKind),
        one_of("between", Between),
        Index(None, "shown_in"),
        Index(None, "a_claim_id"),
        Index(None, "b_claim_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    alignment_id: int = Field(foreign_key="alignments.id", ondelete="CASCADE")
    position: int
    a_claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE")
    b_claim_id: int = Field(foreign_key="claims.id", ondelete="CASCADE")
    kind: str
    probability: float = 1.0
    between: str
    score: float
    parts: str = Field(sa_type=Text)  # score parts as JSON: shown, never asked for
    shared: str = Field(sa_type=Text)
    shown_in: int | None = Field(default=None, foreign_key="alignments.id", ondelete="SET NULL")
    by_hand: bool = False


class ReasonRow(Table, table=True):
    """Typed evidence. Spans are offsets into the claims' own texts (the store moves them there), None when silent."""

    __tablename__ = "reasons"
    __table_args__ = (
        UniqueConstraint("relation_id", "position"),
        one_of("dimension", Dimension),
        one_of("outcome", Outcome),
    )

    id: int | None = Field(default=None, primary_key=True)
    relation_id: int = Field(foreign_key="relations.id", ondelete="CASCADE")
    position: int
    dimension: str
    outcome: str
    a: str
    b: str
    say: str
    a_start: int | None = None
    a_end: int | None = None
    b_start: int | None = None
    b_end: int | None = None


class KeptWorkRow(Table, table=True):
    """What was worked out to make a story's rows, under a digest of all that it depends on (`core/alignment/kept_work.py`).

    It saves work when the story is compared again, and nothing is lost with it. Stories of few articles have none.
    """

    __tablename__ = "kept_work"

    story_id: int = Field(foreign_key="stories.id", ondelete="CASCADE", primary_key=True)
    key: str = Field(primary_key=True)
    value: bytes = Field(sa_type=LargeBinary)
