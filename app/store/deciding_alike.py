"""One word on a run of alike rows, in one transaction, and its undoing: each row has a decision of its own in the history.

Alike are rows of one story that the machine gave the same verdict for the same dimensions, and that nobody spoke of yet. What
was said together is known by who said it, when and what: no row has to be told of the others.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from app.core.records import VERDICTS
from app.errors import BadInput
from app.store.deciding import decide, undo_decision
from app.store.sql import LARGEST_ID, ask
from app.store.tables import AlignmentRow

__all__ = ["MOST_ALIKE", "decide_alike", "rows_alike", "together", "undo_together"]

MOST_ALIKE: Final = 100
"""Rows that one word decides at once."""

_ALIKE = """
    SELECT other.id FROM alignments AS this JOIN alignments AS other ON other.story_id = this.story_id
    WHERE this.id = :id AND other.id <> this.id AND other.shown = 1 AND other.decided = 0 AND other.outlets > 1
        AND other.dimensions = this.dimensions AND other.shown_status
            = CASE WHEN this.by_hand = 1 OR this.judged_for <> '' THEN this.shown_status ELSE this.status END
    ORDER BY other.sort_matter LIMIT :most
"""
_TOGETHER = """
    SELECT other.id FROM decisions AS this
    JOIN decisions AS other ON other."by" = this."by" AND other.at = this.at AND other.kind = this.kind
        AND other.value IS this.value AND other.undone_at IS NULL
    JOIN alignments AS its ON its.id = this.alignment_id
    JOIN alignments AS row ON row.id = other.alignment_id AND row.story_id = its.story_id
    WHERE this.id = :id AND this.kind IN ('confirm', 'relabel') ORDER BY other.id
"""


def rows_alike(connection: Connection, alignment_id: int) -> list[int]:
    """Rows alike to this one, which is not among them; what matters most first."""
    return [r["id"] for r in ask(connection, _ALIKE, id=min(alignment_id, LARGEST_ID), most=MOST_ALIKE - 1)]


def decide_alike(
    session: Session, rows: Collection[int], verdict: str | None, by: str, note: str, now: datetime, *, needs: int = 1
) -> list[int]:
    """The decisions: that each row is right as it is, or that its verdict is `verdict`. All of them are kept, or none."""
    wanted = sorted({min(max(i, 0), LARGEST_ID) for i in rows})
    if not wanted or len(wanted) > MOST_ALIKE:
        raise BadInput(f"1 to {MOST_ALIKE} rows are decided at once.", where="rows")
    if verdict is not None and verdict not in VERDICTS:
        raise BadInput(f"{verdict} is no verdict.", where="verdict", mend=f"Use one of {', '.join(VERDICTS)}.")
    stories = select(AlignmentRow.story_id).where(col(AlignmentRow.id).in_(wanted)).distinct()
    if len(session.exec(stories).all()) > 1:
        raise BadInput("rows of one story are decided at once.", where="rows")
    kind = "relabel" if verdict else "confirm"
    return [decide(session, i, kind, by, verdict, note, (), now, needs=needs) for i in wanted]


def together(connection: Connection, decision_id: int) -> list[int]:
    """The decisions in force or beside that were said in one go with this one, itself among them."""
    return [r["id"] for r in ask(connection, _TOGETHER, id=min(decision_id, LARGEST_ID))]


def undo_together(session: Session, decision_id: int, by: str, whose: str | None, now: datetime) -> None:
    for i in together(session.connection(), decision_id) or [decision_id]:
        undo_decision(session, i, by, whose, now)
