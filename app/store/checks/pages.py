"""The file itself: whether every page can be read, every reference leads somewhere, and the schema's own guards are there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from app.store import guards
from app.store.checks.question import CheckFault, Question
from app.store.sql import tuples

__all__ = ["GUARDED", "PAGES", "REFERENCES"]

_MOST = 100
"""Faults of the file that are listed: of a file that is damaged all over, more say no more."""


def _pages(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        from app.store.postgres.checking import unreadable

        yield from map(CheckFault, unreadable(connection))
        return
    for (said,) in tuples(connection, f"PRAGMA integrity_check({_MOST})"):
        if said != "ok":
            yield CheckFault(" ".join(str(said).split()))


def _remake_indexes(session: Session, _now: datetime, _part: None) -> None:
    """What is damaged of an index only is made anew from its table. A damaged table is not mended so, and the next look says so."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        from app.store.postgres.checking import remake

        remake(connection)
        return
    connection.exec_driver_sql("REINDEX")


def _references(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        from app.store.postgres.checking import unheld

        for table, many, parent in unheld(connection):
            yield CheckFault(f"{many} of {table} belong to something in {parent} that is not there")
        return
    for table, rowid, parent, _ in tuples(connection, "PRAGMA foreign_key_check"):
        yield CheckFault(f"{table} {rowid} belongs to something in {parent} that is not there")


def _guarded(session: Session, _now: datetime) -> Iterable[CheckFault]:
    for name in guards.missing_guards(session.connection()):
        yield CheckFault(f"the guard {name} is not in place")


def _put_guards(session: Session, _now: datetime, _part: None) -> None:
    guards.put_guards(session.connection())


PAGES = Question(
    "pages", "every page of the file can be read, every index fits its table", _pages, mend=_remake_indexes
)
REFERENCES = Question("references", "whatever belongs to something belongs to something that is there", _references)
GUARDED = Question("guards", "the schema refuses to change or delete what people said", _guarded, mend=_put_guards)
