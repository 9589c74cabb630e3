"""Frozen comparisons are to the byte what they were when they were frozen; of classes that ended no mark is left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from app.store.checks.question import CheckFault, Question
from app.store.frozen_json import digest_of
from app.store.sql import tuples

__all__ = ["ENDED", "FROZEN"]


def _frozen(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    for (snapshot_id,) in tuples(connection, "SELECT id FROM snapshots ORDER BY at, id"):
        digest, record = tuples(connection, "SELECT digest, record FROM snapshots WHERE id = :id", id=snapshot_id)[0]
        if digest_of(record) != digest:
            yield CheckFault(
                f"the frozen comparison {snapshot_id} is not what was frozen: its words do not fit its digest"
            )


FROZEN = Question("frozen", "frozen comparisons are as they were frozen", _frozen)


def _ended(session: Session, _now: datetime) -> Iterable[CheckFault]:
    left = """
        SELECT classes.code, count(*) FROM classes JOIN class_marks ON class_marks.code = classes.code
        WHERE classes.ended_at IS NOT NULL GROUP BY classes.code ORDER BY classes.code
    """
    for code, marks in tuples(session.connection(), left):
        yield CheckFault(f"the class {code} has ended, and {marks} of its marks are still there")


ENDED = Question("ended", "of classes that have ended no mark is left", _ended)
