"""Frozen comparisons are to the byte what they were when they were frozen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from app.store.checks.question import Fault, Question
from app.store.frozen_json import digest_of
from app.store.sql import tuples

__all__ = ["FROZEN"]


def _frozen(session: Session, _now: datetime) -> Iterable[Fault]:
    connection = session.connection()
    for (snapshot_id,) in tuples(connection, "SELECT id FROM snapshots ORDER BY at, id"):
        digest, record = tuples(connection, "SELECT digest, record FROM snapshots WHERE id = :id", id=snapshot_id)[0]
        if digest_of(record) != digest:
            yield Fault(f"the frozen comparison {snapshot_id} is not what was frozen: its words do not fit its digest")


FROZEN = Question("frozen", "frozen comparisons are as they were frozen", _frozen)
