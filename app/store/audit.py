"""The audit log: one line a write of a person, in the transaction of the write itself, so that both are kept or neither.

A line says who did what to what, when, and what that was before and after: ids, kinds, names of fields, short values. Texts
(of articles, notes, comments) are not in it, nor requests, nor secrets: of a note it says how long it is.

Each line carries the hash of the one before. `hash` is the SHA-256, in hexadecimal, of the UTF-8 bytes of `previous` followed by
the line's canonical JSON: one object with the keys after, at, before, by, id, kind, subject, what in this order, no blanks between
its parts, characters as they are, the keys inside `before` and `after` sorted too. The first line's `previous` is 64 zeros.

What the chain shows: a line that was changed, taken out, put in or moved is named by `parallax check`. A tail that was cut off is
missed, for SQLite keeps the number of the last line in another place. What it cannot show: whoever may write to the file itself
and knows this page can make the whole chain anew, that number too. Only a copy of the last hash kept elsewhere tells then:
`parallax audit --head` prints it, `parallax audit --holds` asks for it.

A write costs one look at the last line and one insertion. Writers come one after the other (`queue.py`), so the chain never forks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session

from app.errors import BadInput
from app.store.read.cursor import Keyset
from app.store.sql import ask
from app.store.terms import stamp
from app.store.typed_text import typed_name
from app.store.views import AuditHead, AuditLine, Slice, Told

__all__ = [
    "BEGINNING",
    "cut",
    "every_line",
    "hash_of",
    "head",
    "holds",
    "kinds",
    "lines",
    "log_rows",
    "people_in_log",
    "record",
]

BEGINNING = "0" * 64
_MOST_CHARS = 80
_MOST_IDS = 20
_PART = 1000
"""Lines read at a time."""

_LAST = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
_KEEP = """
    INSERT INTO audit (id, at, "by", what, kind, subject, before, after, previous, hash)
    VALUES (:id, :at, :by, :what, :kind, :subject, :before, :after, :previous, :hash)
"""


def record(
    session: Session,
    now: datetime,
    *,
    by: str,
    what: str,
    kind: str,
    subject: object,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """One line, inside the caller's write transaction."""
    connection = session.connection()
    last = ask(connection, _LAST)
    number, previous = (last[0]["id"] + 1, last[0]["hash"]) if last else (1, BEGINNING)
    line: dict[str, Any] = {
        "id": number,
        "at": stamp(now),
        "by": typed_name(by),
        "what": what,
        "kind": kind,
        "subject": str(subject),
        "before": _small(before),
        "after": _small(after),
    }
    kept = {**line, "before": _json(line["before"]), "after": _json(line["after"]), "previous": previous}
    connection.execute(text(_KEEP), {**kept, "hash": hash_of(previous, line)})


def hash_of(previous: str, line: Mapping[str, Any]) -> str:
    """Of a line with the keys of its canonical JSON."""
    return sha256((previous + _json(line)).encode()).hexdigest()


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def cut(value: str) -> str:
    """A text short enough for a line."""
    plain = " ".join(value.split())
    return plain if len(plain) <= _MOST_CHARS else f"{plain[: _MOST_CHARS - 1]}…"


def _small(values: Mapping[str, object] | None) -> dict[str, Told]:
    return {k: _told(v) for k, v in (values or {}).items()}


def _told(value: object) -> Told:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        ids = [int(v) for v in value]
        return ids if len(ids) <= _MOST_IDS else f"{len(ids)} ids"
    return cut(str(value))


# --- reading it


def _line(r: Mapping[str, Any]) -> AuditLine:
    told = {"before": json.loads(r["before"]), "after": json.loads(r["after"])}
    return AuditLine(**{**r, **told, "at": datetime.fromisoformat(r["at"])})


def lines(connection: Connection, by: str | None, kind: str | None, cursor: str | None, limit: int) -> Slice[AuditLine]:
    """The latest first, of one person, of one kind."""
    wanted = {k: v for k, v in (("by", by), ("kind", kind)) if v}
    where = "FROM audit WHERE 1 = 1" + "".join(f' AND "{k}" = :{k}' for k in wanted)
    page = Keyset(("id",), (int,), descending=True).page(
        cursor,
        limit,
        lambda tail, at: ask(connection, f"SELECT * {where}{tail}", **wanted, **at),
        lambda r: (r["id"],),
    )
    total = ask(connection, f"SELECT count(*) AS n {where}", **wanted)[0]["n"]
    return Slice(tuple(_line(r) for r in page.rows), total, page.next, page.previous)


def every_line(connection: Connection, by: str | None = None, kind: str | None = None) -> Iterator[AuditLine]:
    """The whole log, the oldest first, in parts."""
    return (_line(r) for r in log_rows(connection, by, kind))


def log_rows(connection: Connection, by: str | None = None, kind: str | None = None) -> Iterator[Mapping[str, Any]]:
    """The lines as they are kept, the oldest first."""
    wanted = {k: v for k, v in (("by", by), ("kind", kind)) if v}
    where = "".join(f' AND "{k}" = :{k}' for k in wanted)
    part = f"SELECT * FROM audit WHERE id > :after{where} ORDER BY id LIMIT {_PART}"  # noqa: S608 - constants only
    after = -1
    while found := ask(connection, part, after=after, **wanted):
        yield from found
        after = found[-1]["id"]


_NAMES = """
    WITH RECURSIVE names(name) AS (
        SELECT min("{column}") FROM audit
        UNION ALL SELECT (SELECT min("{column}") FROM audit WHERE "{column}" > name) FROM names WHERE name IS NOT NULL
    ) SELECT name FROM names WHERE name IS NOT NULL
"""
"""Each value once, by a step of the index a value rather than a look at every line."""


def people_in_log(connection: Connection) -> tuple[str, ...]:
    return tuple(r["name"] for r in ask(connection, _NAMES.format(column="by")))


def kinds(connection: Connection) -> tuple[str, ...]:
    return tuple(r["name"] for r in ask(connection, _NAMES.format(column="kind")))


def head(connection: Connection) -> AuditHead:
    """The last line's number and hash; 0 and zeros of a log that has none."""
    last = ask(connection, _LAST)
    return AuditHead(last[0]["id"], last[0]["hash"]) if last else AuditHead(0, BEGINNING)


def holds(connection: Connection, known: AuditHead) -> bool:
    """Whether a line that was the last one some time is there still, with that hash."""
    if known.line == 0:
        return known.hash == BEGINNING
    if not 0 < known.line < 2**63:
        raise BadInput("there is no line of that number.")
    found = ask(connection, "SELECT hash FROM audit WHERE id = :id", id=known.line)
    return bool(found and found[0]["hash"] == known.hash)
