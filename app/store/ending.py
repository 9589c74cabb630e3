"""A class ends on a date: the names of its groups and their marks go for good. That it was held is left, and who held it when.

The one thing that people wrote which is ever deleted: they are pupils, and it was said beforehand until when it is kept. The
triggers of `guards.py` let it happen on that date and not before. What is deleted is overwritten in the file. On a PostgreSQL server no query finds it any more, but
its bytes lie in the server's files until new rows are written over them (`VACUUM FULL` writes the tables anew), and in its log of writes.
Copies that were made before are beyond us.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from app.errors import BadInput
from app.store import audit
from app.store.classes import class_at_work, is_over
from app.store.tables import ClassMarkRow, ClassRow
from app.store.typed_text import typed_name

__all__ = ["due_classes", "end_classes", "set_end"]

_MOST_DAYS = 366
_BY = "the date that was set"


def set_end(session: Session, code: str, on: date, by: str, now: datetime) -> None:
    """When the class ends: from tomorrow to a year from now."""
    klass = class_at_work(session, code, now)
    today = now.date()
    if not today < on <= today + timedelta(days=_MOST_DAYS):
        raise BadInput("marks are kept until a day from tomorrow to a year from now.", where="on")
    if on == klass.ends_on:
        return
    before, klass.ends_on = {"ends_on": klass.ends_on}, on
    session.add(klass)
    session.flush()
    audit.record(
        session,
        now,
        by=typed_name(by),
        what="set the end of",
        kind="class",
        subject=klass.snapshot_id,
        before=before,
        after={"ends_on": on},
    )


def due_classes(session: Session, now: datetime) -> Sequence[ClassRow]:
    asked = select(ClassRow).where(col(ClassRow.ends_on) <= now.date(), col(ClassRow.ended_at).is_(None))
    return session.exec(asked.order_by(ClassRow.code)).all()


def end_classes(session: Session, now: datetime) -> tuple[str, ...]:
    """Delete what is due; the codes of the classes that ended. Ending twice is ending once."""
    due = [klass for klass in due_classes(session, now) if is_over(klass, now)]
    if due and session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
    for klass in due:
        klass.ended_at = now
        session.add(klass)
        session.flush()  # the guards let the marks of a class go that has ended
        marks = session.exec(select(ClassMarkRow).where(ClassMarkRow.code == klass.code)).all()
        told = {"groups": len({m.group for m in marks}), "marks": len(marks)}
        for mark in marks:
            session.delete(mark)
        session.flush()
        audit.record(session, now, by=_BY, what="ended", kind="class", subject=klass.snapshot_id, before=told)
    return tuple(klass.code for klass in due)
