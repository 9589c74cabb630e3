"""Classes: groups mark the rows of a frozen comparison before they see what the tool says.

A class works on a snapshot, so nothing moves under its hands. Until it is revealed its view holds no verdict, no reason, no
mark inside a claim, and titles that give nothing away: what is not there cannot be peeked at.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from sqlmodel import Session, col, select

from app.core.records import Status
from app.errors import BadInput, Conflicting, NotFound
from app.store import audit
from app.store.freeze import StoryState, freeze, snapshot
from app.store.neutral import neutral_titles_of
from app.store.tables import ClassMarkRow, ClassRow
from app.store.tokens import key_hash, new_key
from app.store.typed_text import bounded_text, typed_name
from app.store.views import CellView, ClassMark, ClassRowView, ClassView, RowView

__all__ = [
    "choose_rows",
    "class_at_work",
    "class_view",
    "hide_class",
    "is_over",
    "leads",
    "mark_rows",
    "reveal_class",
    "start_class",
]

MARKS: tuple[str, ...] = get_args(ClassMark)
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_CHARS = 8
"""Eight of 31 letters that cannot be taken for each other: 40 bits, read out in a classroom without error."""
_TITLE_CHARS = 200
_GROUP_CHARS = 60
_MOST_GROUPS = 200
KEPT = timedelta(days=90)
"""How long the marks of a class are kept, unless its teacher sets another date."""


def start_class(session: Session, state: StoryState, by: str, title: str, now: datetime) -> tuple[str, str]:
    """The code of a new class on the story as it is now, and its teacher's key: shown once, only its hash is kept."""
    name, titled = typed_name(by), " ".join(bounded_text(title, "the title", _TITLE_CHARS).split())
    snapshot_id = freeze(session, state, by, "", now)
    frozen = snapshot(session.connection(), snapshot_id)
    if not any(_marked(row) for row in frozen.view.rows.items):
        raise Conflicting("no row of this story stands in two articles.", mend="Add another report first.")
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_CHARS))
    key = new_key()
    session.add(
        ClassRow(
            code=code,
            snapshot_id=snapshot_id,
            title=titled or frozen.story.title,
            by=name,
            at=now,
            key_hash=key_hash(key),
            ends_on=now.date() + KEPT,
        )
    )
    session.flush()
    audit.record(session, now, by=name, what="started", kind="class", subject=snapshot_id)  # the code is the way in
    return code, key


def leads(session: Session, code: str, key: str, person: str | None, *, signed_in: bool) -> bool:
    """Whether this is the class's teacher: by the key, or signed in as whoever has started it. One without a key needs none."""
    klass = _class(session, code)
    started = person == klass.by and (signed_in or klass.key_hash is None)
    return started or (bool(key) and secrets.compare_digest(klass.key_hash or "", key_hash(key)))


def mark_rows(session: Session, code: str, group: str, marks: Mapping[int, str], now: datetime) -> None:
    """A group's marks, all of them or none: marking again replaces. After the reveal nothing is marked any more."""
    klass = class_at_work(session, code, now)
    if klass.revealed_at is not None:
        raise Conflicting("this class is over: what the tool says was revealed.", where=code)
    for mark in marks.values():
        if mark not in MARKS:
            raise BadInput(f"there is no mark {mark!r}.", where="mark", mend=f"Use one of {', '.join(MARKS)}.")
    named = " ".join(bounded_text(group, "the group's name", _GROUP_CHARS).split())
    if not named:
        raise BadInput("a group needs a name.", where="group")
    known = _chosen(klass, _rows(session, klass))
    for alignment_id in marks:
        if alignment_id not in known:
            raise NotFound(f"this class has no row {alignment_id}.")
    groups = set(session.exec(select(ClassMarkRow.group).where(ClassMarkRow.code == klass.code)).all())
    if named not in groups and len(groups) >= _MOST_GROUPS:
        raise Conflicting(f"a class has at most {_MOST_GROUPS} groups.", where=code)
    for alignment_id, mark in marks.items():
        have = session.get(ClassMarkRow, (klass.code, named, alignment_id))
        if have is None:
            have = ClassMarkRow(code=klass.code, group=named, alignment_id=alignment_id, mark=mark, at=now)
        have.mark, have.at = mark, now
        session.add(have)
    session.flush()
    told = {"rows": sorted(marks)}
    # the log is for good, and names of pupils are not: it says that a group marked, not which
    audit.record(session, now, by="a group", what="marked", kind="class", subject=klass.snapshot_id, after=told)


def choose_rows(session: Session, code: str, rows: Collection[int], by: str, now: datetime) -> None:
    """The rows that the class judges. Marks on one that is left out wait, should it be chosen again."""
    klass = class_at_work(session, code, now)
    if klass.revealed_at is not None:
        raise Conflicting("this class is over: what the tool says was revealed.", where=code)
    every = _rows(session, klass)
    if not rows:
        raise BadInput("a class needs a row to judge.", where="rows", mend="Choose one at least.")
    if strange := set(rows) - {row.id for row in every}:
        raise NotFound(f"this class has no row {min(strange)}.")
    chosen = None if len(set(rows)) == len(every) else json.dumps(sorted(set(rows)))
    if chosen == klass.chosen:
        return
    before, klass.chosen = _chosen(klass, every), chosen
    session.add(klass)
    session.flush()
    was, told = {"rows": sorted(before)}, {"rows": sorted(set(rows))}
    audit.record(
        session, now, by=typed_name(by), what="chose", kind="class", subject=klass.snapshot_id, before=was, after=told
    )


def reveal_class(session: Session, code: str, by: str, now: datetime) -> None:
    """Revealing twice is revealing once."""
    klass = class_at_work(session, code, now)
    if klass.revealed_at is None:
        klass.revealed_at, klass.revealed_by = now, typed_name(by)
        session.add(klass)
        session.flush()
        audit.record(session, now, by=typed_name(by), what="revealed", kind="class", subject=klass.snapshot_id)


def hide_class(session: Session, code: str, by: str, now: datetime) -> None:
    """Take the reveal back: the class marks on. Who had revealed it stands in the audit log."""
    klass = class_at_work(session, code, now)
    if klass.revealed_at is not None:
        before = {"by": klass.revealed_by}
        klass.revealed_at = klass.revealed_by = None
        session.add(klass)
        session.flush()
        audit.record(
            session, now, by=typed_name(by), what="hid", kind="class", subject=klass.snapshot_id, before=before
        )


def class_view(session: Session, code: str, now: datetime) -> ClassView:
    """Of a class that is over nothing is shown that pupils wrote, whether it was deleted yet or not."""
    klass = _class(session, code)
    over = is_over(klass, now)
    frozen = snapshot(session.connection(), klass.snapshot_id)
    marks: dict[int, dict[str, str]] = defaultdict(dict)
    asked = select(ClassMarkRow).where(ClassMarkRow.code == klass.code).order_by(col(ClassMarkRow.group))
    kept = () if over else session.exec(asked).all()
    for m in kept:
        marks[m.alignment_id][m.group] = m.mark
    revealed = klass.revealed_at is not None and not over
    every = [] if over else sorted((row for row in frozen.view.rows.items if _marked(row)), key=_as_read)
    chosen = _chosen(klass, every)
    titles = {row.id: row.label for row in every} if revealed else neutral_titles_of(every)
    seen = [_row(row, titles[row.id], marks[row.id], revealed=revealed) for row in every]
    rows = tuple(row for row in seen if row.alignment_id in chosen)
    said = [
        (row.verdict, mark)
        for row in rows
        for mark in row.by_group.values()
        if row.verdict not in (None, Status.UNSURE) and mark != "unsure"
    ]
    return ClassView(
        code=klass.code,
        title=klass.title,
        story=frozen.story,
        snapshot=frozen.id,
        by=klass.by,
        at=klass.at,
        columns=frozen.view.columns,
        rows=rows,
        left_out=tuple(row for row in seen if row.alignment_id not in chosen),
        groups=tuple(dict.fromkeys(m.group for m in kept)),
        revealed=revealed,
        revealed_by=klass.revealed_by,
        revealed_at=klass.revealed_at,
        ends_on=klass.ends_on,
        over=over,
        marked=len(said),
        matched=sum(verdict == mark for verdict, mark in said),
    )


def _rows(session: Session, klass: ClassRow) -> list[RowView]:
    """What could be judged of the comparison that the class works on."""
    return [row for row in snapshot(session.connection(), klass.snapshot_id).view.rows.items if _marked(row)]


def _chosen(klass: ClassRow, every: Collection[RowView]) -> set[int]:
    return {row.id for row in every} if klass.chosen is None else set(json.loads(klass.chosen))


def _marked(row: RowView) -> bool:
    """Whether there is something to compare: a verdict on claims of two articles, or of two speakers of one."""
    return row.status is not Status.SINGLE


def _as_read(row: RowView) -> tuple[int, int, int]:
    """In the order of reading: by what matters would give the verdicts away."""
    first = next((i, cell.claims[0].start) for i, cell in enumerate(row.cells) if cell.claims)
    return (*first, row.id)


def _row(row: RowView, title: str, by_group: Mapping[str, str], *, revealed: bool) -> ClassRowView:
    return ClassRowView(
        alignment_id=row.id,
        label=title,
        cells=row.cells if revealed else tuple(_without_verdict(cell) for cell in row.cells),
        tally={mark: sum(m == mark for m in by_group.values()) for mark in MARKS},
        by_group=by_group,
        verdict=row.status if revealed else None,
        summary=row.summary if revealed else "",
        reasons=row.reasons if revealed else (),
    )


def _without_verdict(cell: CellView) -> CellView:
    return replace(cell, claims=tuple(replace(c, marks=(), status=None) for c in cell.claims))


def is_over(klass: ClassRow, now: datetime) -> bool:
    """From the day on which its marks are to go, in UTC."""
    return klass.ended_at is not None or (klass.ends_on is not None and klass.ends_on <= now.date())


def class_at_work(session: Session, code: str, now: datetime) -> ClassRow:
    """The class. Raises `Conflicting` when it is over."""
    klass = _class(session, code)
    if is_over(klass, now):
        raise Conflicting("this class is over: its marks were deleted on the date that was set.", where=code)
    return klass


def _class(session: Session, code: str) -> ClassRow:
    row = session.get(ClassRow, code.strip().casefold())
    if row is None:
        raise NotFound(
            "there is no class with this code.", mend="Codes have eight letters and digits; ask your teacher."
        )
    return row
