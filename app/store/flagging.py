"""What people say of flags: raise, note, withdraw, confirm, dismiss, open again. Nothing of it is ever deleted.

A flag's state is what is in force of what people said of it (`opinions.py`); every word is an event, in force or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.records import Status
from app.errors import BadInput, Conflicting, NotFound
from app.store import audit
from app.store.opinions import FORCE, OpinionGiven, answer_in_force, flag_words, standings
from app.store.outbox import tell_rows
from app.store.remarking import ask_whose, show_said, standing_row
from app.store.sql import LARGEST_ID, ask
from app.store.tables import AlignmentRow, FlagEventRow, FlagRow
from app.store.terms import MACHINE
from app.store.typed_text import NOTE_CHARS, bounded_text, typed_name

__all__ = ["decide_flag", "flag", "withdraw_flag"]


def flag(session: Session, alignment_id: int, by: str, note: str, now: datetime) -> int:
    """A person's mark, unique by person and row: again changes the note, after a withdrawal raises it again."""
    row = standing_row(session, alignment_id)
    name, note = typed_name(by), bounded_text(note, "the note", NOTE_CHARS)
    have = session.exec(select(FlagRow).where(FlagRow.alignment_id == row.id, FlagRow.by == name)).first()
    if have is not None and have.withdrawn_at is None:
        if note and note != have.note:
            have.note = note
            session.add_all([have, _event(have, "noted", name, note, now)])
            _told(session, now, name, "noted", have, after={"note": f"{len(note)} characters"})
        return have.id or 0
    if have is None:
        have = FlagRow(alignment_id=row.id or 0, by=name, state="open", note=note, at=now)
    have.state, have.note, have.at = "open", note, now
    have.withdrawn_at = have.decided_by = have.decided_at = None
    session.add(have)
    session.flush()
    session.add(_event(have, "raised", name, note, now))
    show_said(session, row.story_id, now, [row.id or 0])
    _told(session, now, name, "flagged", have, after={"state": "open"})
    return have.id or 0


def withdraw_flag(session: Session, flag_id: int, by: str, whose: str | None, now: datetime) -> int:
    """Undo of `flag`. Withdrawing twice is withdrawing once. The machine's flags are dismissed, not withdrawn."""
    have = _flag(session, flag_id)
    if have.by == MACHINE:
        raise Conflicting("the machine's own flag cannot be withdrawn.", mend="Dismiss it.")
    if have.withdrawn_at is None:
        name = typed_name(by)
        ask_whose("this flag", have.by, name, whose)
        have.withdrawn_at = now
        other = have.by if have.by != name else None
        session.add_all([have, _event(have, "withdrawn", name, "", now, whose=other)])
        _show_row(session, have, now)
        _told(session, now, name, "withdrew", have, before={"state": have.state, "by": have.by})
    return flag_id


def decide_flag(
    session: Session,
    flag_id: int,
    state: str,
    by: str,
    note: str | None,
    now: datetime,
    *,
    needs: int = 1,
    whose: str | None = None,
) -> int:
    """Say what a flag is; settled, it settles every other open flag of the row. Opening it takes one's own word back, or that
    of the one who is named (`whose`): those settled with it go with it.
    """
    have = _flag(session, flag_id)
    if state not in ("open", "confirmed", "dismissed"):
        raise BadInput(f"a flag cannot be {state!r}.", mend="Use open, confirmed or dismissed.")
    if have.withdrawn_at is not None:
        raise Conflicting("this flag was withdrawn.")
    said, name = bounded_text(note or "", "the note", NOTE_CHARS), typed_name(by)
    words = _words(session, have)
    mine = {w.by: w.answer for w in words}.get(name)
    what, other = state, None
    if state == "open" and have.state == "open" and said:
        what = "noted"
    elif state == "open":
        if mine is None and have.state == "open":
            return flag_id
        other = _taken_back(have, words, name, whose)
    elif mine == have.state == state and not said:
        return flag_id
    _say(session, have, what, name, said, now, needs=needs, whose=other)
    return flag_id


def _taken_back(have: FlagRow, words: Sequence[OpinionGiven], name: str, whose: str | None) -> str | None:
    """The other person whose word is taken back; None for one's own. Raises `NotYours` when that was not said."""
    if whose in (None, name) and any(w.by == name for w in words):
        return None
    ask_whose("this word", have.decided_by or "", name, whose if whose != name else None)
    if words and not any(w.by == whose for w in words):
        raise Conflicting(f"{whose} says nothing of this flag now.", where="whose")
    return whose if whose != name else None


def _say(
    session: Session, have: FlagRow, what: str, name: str, said: str, now: datetime, *, needs: int, whose: str | None
) -> None:
    beside = session.exec(
        select(FlagRow).where(
            FlagRow.alignment_id == have.alignment_id, FlagRow.id != have.id, col(FlagRow.withdrawn_at).is_(None)
        )
    ).all()
    was, at, decided_by = have.state, have.decided_at, have.decided_by
    together = [f for f in beside if (f.state == "open" if was == "open" else f.decided_at == at is not None)]
    for one in (have, *(together if what != "noted" else ())):
        session.add(_event(one, what, name, said, now, needs=needs, whose=whose))
    session.flush()
    words = _words(session, have)
    state = str(answer_in_force(words) or "open") if what != "noted" else was
    if what == state == "confirmed" != was and _said_otherwise(session, have, name):
        state = was
    if state != was:
        row = session.get_one(AlignmentRow, have.alignment_id)
        holder = next((w.by for w in reversed(words) if w.answer == state), name) if what == "open" else name
        for one in (have, *together):
            one.state = state
            one.decided_by, one.decided_at = (None, None) if state == "open" else (holder, now)
            one.machine_status = None if state == "open" else row.status
            session.add(one)
    after: dict[str, object] = {"state": state, "flags": sorted(f.id or 0 for f in (have, *together))}
    if what in ("confirmed", "dismissed"):
        after["standing"] = FORCE if what == state else standings(words).get(words[-1].id)
    before = {"state": was, "by": whose or decided_by}
    _show_row(session, have, now)
    _told(session, now, name, "opened" if what == "open" else what, have, before=before, after=after)


def _said_otherwise(session: Session, have: FlagRow, name: str) -> bool:
    """Whether another person decided that the row is something else than a conflict: that stays until it is taken back."""
    found = ask(session.connection(), _VERDICTS, row=have.alignment_id)
    last = found[-1] if found else None
    return last is not None and last["by"] != name and last["verdict"] != Status.CONFLICT


_VERDICTS = """
    SELECT "by", CASE kind WHEN 'relabel' THEN value ELSE coalesce(stood, machine_status) END AS verdict FROM decisions
    WHERE alignment_id = :row AND undone_at IS NULL AND standing = 'in force' AND needs > 0
    AND (kind = 'confirm' OR (kind = 'relabel' AND value IN ('conflict', 'diverge', 'updated', 'agree'))) ORDER BY at, id
"""


def _words(session: Session, have: FlagRow) -> list[OpinionGiven]:
    session.flush()
    events = ask(session.connection(), "SELECT * FROM flag_events WHERE flag_id = :id ORDER BY id", id=have.id)
    return flag_words(events, MACHINE)


def _flag(session: Session, flag_id: int) -> FlagRow:
    row = session.get(FlagRow, min(flag_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no flag {flag_id}.")
    return row


def _event(
    row: FlagRow, what: str, by: str, note: str, now: datetime, *, needs: int = 1, whose: str | None = None
) -> FlagEventRow:
    return FlagEventRow(flag_id=row.id or 0, what=what, by=by, note=note, at=now, needs=needs, whose=whose)


def _told(session: Session, now: datetime, by: str, what: str, row: FlagRow, **sides: Mapping[str, object]) -> None:
    """A line in the audit log on a flag, and what webhooks are told of it, when it shows."""
    after = {"row": row.alignment_id, **sides.pop("after", {})}
    audit.record(session, now, by=by, what=what, kind="flag", subject=row.id, before=sides.get("before"), after=after)
    tell_rows(session.connection(), "flag", [row.alignment_id], now, what=what, by=by)


def _show_row(session: Session, have: FlagRow, now: datetime) -> None:
    row = session.get_one(AlignmentRow, have.alignment_id)
    show_said(session, row.story_id, now, [have.alignment_id])
