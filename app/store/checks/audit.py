"""The audit log: every line is as it was written, none is missing, and none is missing at its end."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from app.store.audit import BEGINNING, hash_of, log_rows
from app.store.checks.question import CheckFault, Question
from app.store.sql import last_id

__all__ = ["AUDIT"]

_IN_HASH = ("id", "at", "by", "what", "kind", "subject")


def _chain(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    number, previous = 0, BEGINNING
    for r in log_rows(connection):
        if r["id"] != number + 1:
            yield CheckFault(f"after line {number} of the audit log comes line {r['id']}: what stood between is gone")
        elif r["previous"] != previous:
            yield CheckFault(
                f"line {r['id']} of the audit log does not follow the line before it: the chain breaks there"
            )
        try:
            told = {name: json.loads(r[name]) for name in ("before", "after")}
            fits = hash_of(r["previous"], {**{name: r[name] for name in _IN_HASH}, **told}) == r["hash"]
        except ValueError:
            fits = False
        if not fits:
            yield CheckFault(f"line {r['id']} of the audit log is not what was written: it does not fit its hash")
        number, previous = r["id"], r["hash"]
    last = last_id(connection, "audit")
    if last > number:
        yield CheckFault(f"the audit log ends at line {number}, and line {last} had been written: its end was cut off")
    elif last < number:
        yield CheckFault(f"the audit log ends at line {number}, and the database knows of {last} lines only")


AUDIT = Question("audit", "the audit log is whole: each line follows the one before", _chain)
