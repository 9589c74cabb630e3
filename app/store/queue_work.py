"""The work on rows of the queue: who looks into one, until when, how far that is, and what people tell each other about it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from app.errors import BadInput
from app.store import audit
from app.store.remarking import standing_row
from app.store.tables import WORK_STATES, CommentRow, WorkRow
from app.store.typed_text import NOTE_CHARS, bounded_text, typed_name

__all__ = ["comment", "set_work"]


def set_work(
    session: Session, alignment_id: int, by: str, assigned: str | None, due: date | None, state: str, now: datetime
) -> int:
    """The id of the row. Saying what is so already changes nothing."""
    if state not in WORK_STATES:
        raise BadInput(f"no work is {state!r}.", where="state", mend=f"Use one of {', '.join(WORK_STATES)}.")
    row = standing_row(session, alignment_id, apart=True)
    have = session.get(WorkRow, row.id)
    name = typed_name(by)
    to = typed_name(assigned) if assigned and assigned.strip() else None
    wanted: dict[str, object] = {"assigned": to, "due": due, "state": state}
    was = {"assigned": have.assigned, "due": have.due, "state": have.state} if have else _UNTOUCHED
    if was == wanted:
        return row.id or 0
    if have is None:
        have = WorkRow(alignment_id=row.id or 0, state=state, by=name, at=now)
    have.assigned, have.due, have.state = to, due, state
    have.by, have.at = name, now
    session.add(have)
    session.flush()
    changed = {k: (v, wanted[k]) for k, v in was.items() if v != wanted[k]}
    audit.record(
        session,
        now,
        by=name,
        what="changed",
        kind="work",
        subject=row.id,
        before={k: old for k, (old, _) in changed.items()},
        after={"row": row.id, **{k: new for k, (_, new) in changed.items()}},
    )
    return row.id or 0


_UNTOUCHED: dict[str, object] = {"assigned": None, "due": None, "state": "open"}


def comment(session: Session, alignment_id: int, by: str, text: str, now: datetime) -> int:
    """Kept for good. The same words by the same person again, right after, are one comment."""
    row = standing_row(session, alignment_id, apart=True)
    words, name = bounded_text(text, "the comment", NOTE_CHARS), typed_name(by)
    if not words:
        raise BadInput("a comment needs words.", where="text")
    last = session.exec(
        select(CommentRow).where(CommentRow.alignment_id == row.id).order_by(col(CommentRow.id).desc())
    ).first()
    if last is not None and (last.by, last.text) == (name, words):
        return last.id or 0
    made = CommentRow(alignment_id=row.id or 0, by=name, text=words, at=now)
    session.add(made)
    session.flush()
    told = {"row": row.id, "text": f"{len(words)} characters"}
    audit.record(session, now, by=name, what="wrote", kind="comment", subject=made.id, after=told)
    return made.id or 0
