"""What all that people say of rows begins and ends with: the row that is spoken of, whose word is undone, and what then shows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import Conflicting, NotFound, NotYours
from app.store.derive import derive
from app.store.sql import LARGEST_ID
from app.store.tables import AlignmentRow

__all__ = ["ask_whose", "show_said", "standing_row"]


def standing_row(session: Session, alignment_id: int, *, apart: bool = False) -> AlignmentRow:
    """The row with that id, or the one it was merged into; raises when it can no longer be spoken of.

    `apart`: also one whose claims a person took apart, for those who see it otherwise.
    """
    row = session.get(AlignmentRow, min(alignment_id, LARGEST_ID))
    while row is not None and row.merged_into_id is not None:
        row = session.get(AlignmentRow, row.merged_into_id)
    if row is None:
        raise NotFound(f"there is no alignment {alignment_id}.")
    below = row.retired_at is None and not row.rejected and not row.by_hand and row.machine_score < ROW_SCORE_SHOWN
    if row.shown or below or (apart and row.rejected and row.retired_at is None):
        return row  # a row of a looser look can be spoken of: then everybody sees it
    where = f"alignment {alignment_id}"
    if row.lone and row.retired_at is None:
        raise Conflicting(
            "at the usual strictness this claim stands in a row with others.", where=where, mend="Speak of that row."
        )
    raise Conflicting("this row no longer stands as such.", where=where, mend="Undo what changed it first.")


def ask_whose(what: str, owner: str, by: str, whose: str | None) -> None:
    """Raises `NotYours` when somebody undoes what another person said without saying whose it is."""
    if owner not in (by, whose):
        raise NotYours.of(owner, what, by)


def show_said(session: Session, story_id: int, now: datetime, touched: Collection[int]) -> None:
    """What was said shows, and whatever was made of the story before is out of date."""
    derive(session, story_id, now, touched)
    session.connection().execute(text("UPDATE stories SET revision = revision + 1 WHERE id = :id"), {"id": story_id})
