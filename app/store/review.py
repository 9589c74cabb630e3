"""What people say of rows: flags and decisions. Nothing of it is ever deleted; undo is one more entry."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.core.records import VERDICTS, Status
from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import BadInput, Conflicting, NotFound
from app.store import audit
from app.store.derive import derive
from app.store.said import NOTE_CHARS, name_of, text_of
from app.store.sql import LARGEST_ID
from app.store.tables import (
    KINDS,
    MACHINE,
    AlignmentRow,
    ClaimRow,
    DecisionRow,
    FlagEventRow,
    FlagRow,
    MemberRow,
)

__all__ = ["decide", "decide_flag", "flag", "undo_decision", "withdraw_flag"]

_LABEL_CHARS = 300


def flag(session: Session, alignment_id: int, by: str, note: str, now: datetime) -> int:
    """A person's mark, unique by person and row: again changes the note, after a withdrawal raises it again."""
    row = _standing(session, alignment_id)
    name, note = name_of(by), text_of(note, "the note", NOTE_CHARS)
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
    _told(session, now, name, "flagged", have, after={"state": "open"})
    _show(session, row.story_id, now, [row.id or 0])
    return have.id or 0


def withdraw_flag(session: Session, flag_id: int, by: str, now: datetime) -> int:
    """Undo of `flag`. Withdrawing twice is withdrawing once. The machine's flags are dismissed, not withdrawn."""
    have = _flag(session, flag_id)
    if have.by == MACHINE:
        raise Conflicting("the machine's own flag cannot be withdrawn.", mend="Dismiss it.")
    if have.withdrawn_at is None:
        have.withdrawn_at, name = now, name_of(by)
        session.add_all([have, _event(have, "withdrawn", name, "", now)])
        _told(session, now, name, "withdrew", have, before={"state": have.state, "by": have.by})
        _derive(session, have.alignment_id, now)
    return flag_id


def decide_flag(session: Session, flag_id: int, state: str, by: str, note: str | None, now: datetime) -> int:
    """Settle a flag and with it every other open flag of the row; opening it again opens those settled with it."""
    have = _flag(session, flag_id)
    if state not in ("open", "confirmed", "dismissed"):
        raise BadInput(f"a flag cannot be {state!r}.", mend="Use open, confirmed or dismissed.")
    if have.withdrawn_at is not None:
        raise Conflicting("this flag was withdrawn.")
    said = text_of(note or "", "the note", NOTE_CHARS)
    name = name_of(by)
    if have.state == state and not said:
        return flag_id
    beside = session.exec(
        select(FlagRow).where(
            FlagRow.alignment_id == have.alignment_id, FlagRow.id != have.id, col(FlagRow.withdrawn_at).is_(None)
        )
    ).all()
    was, at, decided_by = have.state, have.decided_at, have.decided_by
    row = session.get_one(AlignmentRow, have.alignment_id)
    together = [f for f in beside if (f.state == "open" if was == "open" else f.decided_at == at is not None)]
    for one in (have, *together):
        one.state = state
        one.decided_by, one.decided_at = (None, None) if state == "open" else (name, now)
        one.machine_status = None if state == "open" else row.status
        session.add_all([one, _event(one, state, name, said, now)])
    before = {"state": was, "by": decided_by}
    after = {"state": state, "flags": sorted(f.id or 0 for f in (have, *together))}
    _told(session, now, name, state if state != "open" else "opened", have, before=before, after=after)
    _derive(session, have.alignment_id, now)
    return flag_id


def decide(
    session: Session,
    alignment_id: int,
    kind: str,
    by: str,
    value: str | None,
    note: str,
    claims: Sequence[int],
    now: datetime,
) -> int:
    """See `Store.decide`. A decision already in force is not made twice: its id is given back."""
    if kind not in KINDS:
        raise BadInput(f"there is no decision {kind!r}.", mend=f"Use one of {', '.join(KINDS)}.")
    row = _standing(session, alignment_id)
    decision = DecisionRow(
        alignment_id=row.id or 0,
        kind=kind,
        note=text_of(note, "the note", NOTE_CHARS),
        by=name_of(by),
        at=now,
        machine_status=row.status,
    )
    members = session.exec(
        select(ClaimRow)
        .join(MemberRow, col(MemberRow.claim_id) == ClaimRow.id)
        .where(MemberRow.alignment_id == row.id, col(MemberRow.shown))
        .order_by(col(ClaimRow.id))
    ).all()
    if kind == "relabel":
        decision.value = text_of(value or "", "the label", _LABEL_CHARS)
        if not decision.value:
            raise BadInput("a new label is needed.")
        if decision.value in set(Status).difference(VERDICTS):
            raise BadInput(f"{decision.value} is no verdict.", mend=f"Use a label or one of {', '.join(VERDICTS)}.")
    elif kind == "merge":
        target = _other(session, row, value)
        decision.value, decision.target_id = str(target.id), target.id
    elif kind == "split":
        parted = _parted(members, claims or _ids(value))
        made = _by_hand(session, row, parted[0], now)
        decision.value, decision.target_id = ",".join(str(c.id) for c in parted), made.id
        decision.claims = json.dumps([[c.article_id, c.fingerprint, made.id] for c in parted])
    elif kind == "reject":
        if len(members) < 2:
            raise BadInput("a row of one claim has nothing to part.")
        decision.claims = json.dumps(
            [[c.article_id, c.fingerprint, _by_hand(session, row, c, now).id] for c in members]
        )
    same = session.exec(
        select(DecisionRow).where(
            DecisionRow.alignment_id == row.id,
            DecisionRow.kind == kind,
            DecisionRow.value == decision.value,
            DecisionRow.by == decision.by,
            col(DecisionRow.undone_at).is_(None),
        )
    ).first()
    if same is not None and kind in ("confirm", "relabel", "merge"):
        return same.id or 0
    session.add(decision)
    session.flush()
    before = {"row": row.id, "status": row.shown_status}
    audit.record(
        session,
        now,
        by=decision.by,
        what="decided",
        kind="decision",
        subject=decision.id,
        before=before,
        after=_of(decision),
    )
    _show(session, row.story_id, now, [row.id or 0])
    return decision.id or 0


def undo_decision(session: Session, decision_id: int, by: str, now: datetime) -> int:
    """Undoing twice is undoing once."""
    decision = session.get(DecisionRow, min(decision_id, LARGEST_ID))
    if decision is None:
        raise NotFound(f"there is no decision {decision_id}.")
    if decision.undone_at is None:
        name = name_of(by)
        decision.undone_at, decision.undone_by = now, name
        session.add(decision)
        told = {**_of(decision), "by": decision.by}
        audit.record(session, now, by=name, what="undid", kind="decision", subject=decision.id, before=told)
        _derive(session, decision.alignment_id, now)
    return decision_id


def _standing(session: Session, alignment_id: int) -> AlignmentRow:
    """The row with that id, or the one it was merged into; raises when it can no longer be spoken of."""
    row = session.get(AlignmentRow, min(alignment_id, LARGEST_ID))
    while row is not None and row.merged_into_id is not None:
        row = session.get(AlignmentRow, row.merged_into_id)
    if row is None:
        raise NotFound(f"there is no alignment {alignment_id}.")
    below = row.retired_at is None and not row.rejected and not row.by_hand and row.machine_score < ROW_SCORE_SHOWN
    if row.shown or below:  # a row of a looser look can be spoken of: then everybody sees it
        return row
    where = f"alignment {alignment_id}"
    if row.lone and row.retired_at is None:
        raise Conflicting(
            "at the usual strictness this claim stands in a row with others.", where=where, mend="Speak of that row."
        )
    raise Conflicting("this row no longer stands as such.", where=where, mend="Undo what changed it first.")


def _other(session: Session, row: AlignmentRow, value: str | None) -> AlignmentRow:
    if value is None or not value.strip().isdecimal() or len(value.strip()) > 18:
        raise BadInput("the id of the row to merge into is needed.")
    target = _standing(session, int(value))
    if target.id == row.id:
        raise BadInput("a row cannot be merged into itself.")
    if target.story_id != row.story_id:
        raise BadInput("the two rows belong to different stories.")
    return target


def _ids(value: str | None) -> list[int]:
    parts = [p.strip() for p in (value or "").split(",") if p.strip()]
    if not all(p.isdecimal() for p in parts):
        raise BadInput("the claims to split off are given by their ids, separated by commas.")
    return [int(p) for p in parts]


def _parted(members: Sequence[ClaimRow], ids: Sequence[int]) -> list[ClaimRow]:
    parted = [c for c in members if c.id in set(ids)]
    if len(parted) != len(set(ids)) or not parted:
        raise BadInput("only claims of this row can be split off.")
    if len(parted) == len(members):
        raise BadInput("something must stay in the row.")
    return parted


def _by_hand(session: Session, row: AlignmentRow, claim: ClaimRow, now: datetime) -> AlignmentRow:
    """An empty row for claims that a person parts from another."""
    label = " ".join(claim.text.split())
    made = AlignmentRow(
        story_id=row.story_id,
        label=label if len(label) <= 140 else label[:140].rsplit(" ", 1)[0] + " …",
        status=Status.SINGLE,
        by_hand=True,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _flag(session: Session, flag_id: int) -> FlagRow:
    row = session.get(FlagRow, min(flag_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no flag {flag_id}.")
    return row


def _event(row: FlagRow, what: str, by: str, note: str, now: datetime) -> FlagEventRow:
    return FlagEventRow(flag_id=row.id or 0, what=what, by=by, note=note, at=now)


def _told(session: Session, now: datetime, by: str, what: str, row: FlagRow, **sides: Mapping[str, object]) -> None:
    """A line in the audit log on a flag."""
    after = {"row": row.alignment_id, **sides.pop("after", {})}
    audit.record(session, now, by=by, what=what, kind="flag", subject=row.id, before=sides.get("before"), after=after)


def _of(decision: DecisionRow) -> dict[str, object]:
    return {"row": decision.alignment_id, "kind": decision.kind, "value": decision.value}


def _derive(session: Session, alignment_id: int, now: datetime) -> None:
    row = session.get(AlignmentRow, alignment_id)
    if row is not None:
        _show(session, row.story_id, now, [alignment_id])


def _show(session: Session, story_id: int, now: datetime, touched: Collection[int]) -> None:
    """What was said shows, and whatever was made of the story before is out of date."""
    derive(session, story_id, now, touched)
    session.connection().execute(text("UPDATE stories SET revision = revision + 1 WHERE id = :id"), {"id": story_id})
