"""What people decide of rows: confirm, reject, merge, split, relabel; and that they undo it. Nothing of it is ever deleted.

Whether a decision has its effect or is kept beside another one follows from all of them: see `opinions.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.core.records import VERDICTS, Status
from app.errors import BadInput, Conflicting, NotFound
from app.store import audit
from app.store.opinions import FORCE
from app.store.outbox import tell_rows
from app.store.remarking import ask_whose, show_said, standing_row
from app.store.sql import LARGEST_ID
from app.store.tables import KINDS, AlignmentRow, ClaimRow, DecisionRow, MemberRow
from app.store.typed_text import NOTE_CHARS, bounded_text, typed_name

__all__ = ["agree", "decide", "undo_decision"]

_LABEL_CHARS = 300


def decide(
    session: Session,
    alignment_id: int,
    kind: str,
    by: str,
    value: str | None,
    note: str,
    claims: Sequence[int],
    now: datetime,
    *,
    needs: int = 1,
) -> int:
    """See `Store.review.decide`. A decision that one has said last is not made twice: its id is given back. What was merged or
    split so already is said by another person as agreeing.
    """
    if kind not in KINDS:
        raise BadInput(f"there is no decision {kind!r}.", mend=f"Use one of {', '.join(KINDS)}.")
    name = typed_name(by)
    have = _so_already(session, alignment_id, kind, value, claims)
    if have is not None:
        return have.id or 0 if have.by == name else agree(session, have.id or 0, by, note, now, needs=needs)
    row = standing_row(
        session, alignment_id, apart=kind == "reject" or _sees_it_otherwise(session, alignment_id, kind, name)
    )
    decision = DecisionRow(
        alignment_id=row.id or 0,
        kind=kind,
        note=bounded_text(note, "the note", NOTE_CHARS),
        by=name,
        at=now,
        machine_status=row.status,
        needs=needs,
        stood=row.shown_status,
    )
    before = session.exec(
        select(DecisionRow)
        .where(DecisionRow.alignment_id == row.id, DecisionRow.kind == kind, col(DecisionRow.undone_at).is_(None))
        .order_by(col(DecisionRow.at), col(DecisionRow.id))
    ).all()
    if kind == "relabel":
        decision.value = bounded_text(value or "", "the label", _LABEL_CHARS)
        if not decision.value:
            raise BadInput("a new label is needed.")
        if decision.value in set(Status).difference(VERDICTS):
            raise BadInput(f"{decision.value} is no verdict.", mend=f"Use a label or one of {', '.join(VERDICTS)}.")
    elif kind == "merge":
        target = _other(session, row, value)
        decision.value, decision.target_id = str(target.id), target.id
    elif kind == "split":
        _split(session, row, claims or _ids(value), decision, before)
    elif kind == "reject":
        _reject(session, row, decision, before)
    mine = [d for d in before if d.by == decision.by and _answers_the_same(d, decision)]
    if mine and _like(mine[-1]) == _like(decision):
        return mine[-1].id or 0
    return _keep(session, decision, row, now, what="decided")


def _so_already(
    session: Session, alignment_id: int, kind: str, value: str | None, claims: Sequence[int]
) -> DecisionRow | None:
    """The merge or split in force that made it so: the two rows are one, or just these claims have left for another row."""
    if kind not in ("merge", "split") or (kind == "merge" and not (value or "").strip().isdecimal()):
        return None
    ids = _ids(value) if kind == "merge" or not claims else list(claims)
    about = {alignment_id, *(ids if kind == "merge" else ())}
    rows = [session.get(AlignmentRow, min(i, LARGEST_ID)) for i in about]
    if kind == "merge" and (
        len(rows) != 2 or None in rows or len({r.merged_into_id or r.id for r in rows if r is not None}) > 1
    ):
        return None
    said = session.exec(
        select(DecisionRow)
        .where(
            col(DecisionRow.alignment_id).in_(about),
            DecisionRow.kind == kind,
            DecisionRow.standing == FORCE,
            col(DecisionRow.undone_at).is_(None),
        )
        .order_by(col(DecisionRow.at), col(DecisionRow.id))
    ).all()
    if kind == "merge":
        return said[-1] if said else None
    fit = [i for i in ids if 0 < i <= LARGEST_ID]
    gone = session.exec(select(ClaimRow).where(col(ClaimRow.id).in_(fit))).all()
    named = sorted((c.article_id, c.fingerprint) for c in gone)
    left = {c.row_id for c in gone}
    for d in said:
        same = sorted((article, print_) for article, print_, _ in json.loads(d.claims)) == named
        if same and len(gone) == len(set(ids)) and left == {d.target_id}:
            return d
    return None


def _sees_it_otherwise(session: Session, alignment_id: int, kind: str, name: str) -> bool:
    """Whether a word on a row that was taken apart is that of somebody who did not say so."""
    parted = select(DecisionRow.by).where(
        DecisionRow.alignment_id == min(alignment_id, LARGEST_ID),
        DecisionRow.kind == "reject",
        col(DecisionRow.undone_at).is_(None),
    )
    return kind in ("confirm", "relabel") and name not in session.exec(parted).all()


def agree(session: Session, decision_id: int, by: str, note: str, now: datetime, *, needs: int = 1) -> int:
    """The same decision by a second person. Agreeing twice is agreeing once."""
    first = _decision(session, decision_id)
    name = typed_name(by)
    if first.undone_at is not None:
        raise Conflicting("this decision was undone.", mend="Decide anew.")
    if first.by == name:
        raise Conflicting("this is your own decision.", mend="Another person has to agree.")
    mine = session.exec(
        select(DecisionRow)
        .where(
            DecisionRow.alignment_id == first.alignment_id,
            DecisionRow.kind == first.kind,
            DecisionRow.by == name,
            col(DecisionRow.undone_at).is_(None),
        )
        .order_by(col(DecisionRow.id).desc())
    ).first()
    if mine is not None and _like(mine) == _like(first):
        return mine.id or 0
    same = {
        n: getattr(first, n)
        for n in ("alignment_id", "kind", "value", "target_id", "claims", "machine_status", "stood")
    }
    decision = DecisionRow(**same, note=bounded_text(note, "the note", NOTE_CHARS), by=name, at=now, needs=needs)
    return _keep(session, decision, session.get_one(AlignmentRow, first.alignment_id), now, what="agreed", to=first)


def undo_decision(session: Session, decision_id: int, by: str, whose: str | None, now: datetime) -> int:
    """Undoing twice is undoing once. Another person's is undone only by who says whose it is."""
    decision = _decision(session, decision_id)
    if decision.undone_at is None:
        name = typed_name(by)
        ask_whose("this decision", decision.by, name, whose)
        decision.undone_at, decision.undone_by = now, name
        session.add(decision)
        told = {**_of(decision), "by": decision.by}
        audit.record(session, now, by=name, what="undid", kind="decision", subject=decision.id, before=told)
        row = session.get_one(AlignmentRow, decision.alignment_id)
        show_said(session, row.story_id, now, [decision.alignment_id])
        _tell(session, decision, now, "undid", name)
    return decision_id


def _keep(
    session: Session,
    decision: DecisionRow,
    row: AlignmentRow,
    now: datetime,
    *,
    what: str,
    to: DecisionRow | None = None,
) -> int:
    before: dict[str, object] = {"row": row.id, "status": row.shown_status}
    session.add(decision)
    session.flush()
    show_said(session, row.story_id, now, [row.id or 0])
    session.refresh(decision)
    after = {**_of(decision), "standing": decision.standing}
    if to is not None:
        before, after = {"by": to.by, **before}, {**after, "to": to.id}
    audit.record(
        session, now, by=decision.by, what=what, kind="decision", subject=decision.id, before=before, after=after
    )
    _tell(session, decision, now, what, decision.by)
    return decision.id or 0


def _tell(session: Session, decision: DecisionRow, now: datetime, what: str, by: str) -> None:
    value = " ".join(str(v) for v in (decision.kind, decision.value) if v)
    tell_rows(session.connection(), "decision", [decision.alignment_id], now, what=what, by=by, value=value)


def _of(decision: DecisionRow) -> dict[str, object]:
    return {"row": decision.alignment_id, "kind": decision.kind, "value": decision.value}


def _answers_the_same(one: DecisionRow, other: DecisionRow) -> bool:
    """Whether both answer one question: a new verdict and a new wording do not."""
    return one.kind != "relabel" or (one.value in VERDICTS) == (other.value in VERDICTS)


def _like(d: DecisionRow) -> tuple[object, ...]:
    return d.claims if d.kind in ("split", "reject") else d.value, d.target_id, d.stood if d.kind == "confirm" else None


def _decision(session: Session, decision_id: int) -> DecisionRow:
    found = session.get(DecisionRow, min(decision_id, LARGEST_ID))
    if found is None:
        raise NotFound(f"there is no decision {decision_id}.")
    return found


def _members(session: Session, row: AlignmentRow) -> Sequence[ClaimRow]:
    return session.exec(
        select(ClaimRow)
        .join(MemberRow, col(MemberRow.claim_id) == ClaimRow.id)
        .where(MemberRow.alignment_id == row.id, col(MemberRow.shown))
        .order_by(col(ClaimRow.id))
    ).all()


def _split(
    session: Session, row: AlignmentRow, ids: Sequence[int], decision: DecisionRow, before: Sequence[DecisionRow]
) -> None:
    members = _members(session, row)
    parted = [c for c in members if c.id in set(ids)]
    if len(parted) != len(set(ids)) or not parted:
        raise BadInput("only claims of this row can be split off.")
    if len(parted) == len(members):
        raise BadInput("something must stay in the row.")
    decision.value = ",".join(str(c.id) for c in parted)
    named = [(c.article_id, c.fingerprint) for c in parted]
    for d in before:  # the same again: into the row that was made for it
        if [(article, print_) for article, print_, _ in json.loads(d.claims)] == named:
            decision.target_id, decision.claims, decision.value = d.target_id, d.claims, d.value
            return
    made = _by_hand(session, row, parted[0], decision.at)
    decision.target_id = made.id
    decision.claims = json.dumps([[article, print_, made.id] for article, print_ in named])


def _reject(session: Session, row: AlignmentRow, decision: DecisionRow, before: Sequence[DecisionRow]) -> None:
    members = _members(session, row)
    if len(members) < 2:
        raise BadInput("a row of one claim has nothing to part.")
    named = {(c.article_id, c.fingerprint) for c in members}
    for d in before:
        if {(article, print_) for article, print_, _ in json.loads(d.claims)} == named:
            decision.claims = d.claims
            return
    made = [(c, _by_hand(session, row, c, decision.at)) for c in members]
    decision.claims = json.dumps([[c.article_id, c.fingerprint, m.id] for c, m in made])


def _other(session: Session, row: AlignmentRow, value: str | None) -> AlignmentRow:
    if value is None or not value.strip().isdecimal() or len(value.strip()) > 18:
        raise BadInput("the id of the row to merge into is needed.")
    target = standing_row(session, int(value))
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
