"""What is kept twice to be found fast agrees with what it is made from: the index of words, and the number of an actor's claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from app.store import index
from app.store.actors import CLAIMS_OF, count_claims
from app.store.checks.question import Fault, Question, faults_of
from app.store.sql import tuples

__all__ = ["COUNTS", "INDEX"]

_COUNTS = {
    "actor {key} is said to have {claims} claims and has {found}": f"""
        SELECT key, claims, {CLAIMS_OF} AS found FROM actors WHERE claims <> {CLAIMS_OF}
    """  # noqa: S608 - constants only
}


def _index(session: Session, _now: datetime) -> Iterable[Fault]:
    connection = session.connection()
    kept: dict[int, list[object]] = {
        i: rest for i, *rest in tuples(connection, "SELECT rowid, words, forms, names FROM claim_index")
    }
    try:
        wanted = {int(str(e["id"])): [e["words"], e["forms"], e["names"]] for e in index.entries(connection)}
    except (KeyError, IndexError) as error:
        yield Fault(f"what the index holds cannot be told: {error} is not kept")
        return
    for claim in sorted(kept.keys() | wanted.keys()):
        if claim not in wanted:
            yield Fault(f"the index holds claim {claim}, which is not current")
        elif claim not in kept:
            yield Fault(f"the index does not hold claim {claim}")
        elif kept[claim] != wanted[claim]:
            yield Fault(f"the index holds other words than those of claim {claim}")
    try:  # asked by writing: whether the words found are those that were put in
        connection.exec_driver_sql("INSERT INTO claim_index(claim_index) VALUES ('integrity-check')")
    except DatabaseError:
        yield Fault("the index finds other words than it holds")


def _remake(session: Session, _now: datetime) -> None:
    connection = session.connection()
    connection.exec_driver_sql("INSERT INTO claim_index(claim_index) VALUES ('rebuild')")
    index.rebuild(connection)


def _counts(session: Session, _now: datetime) -> Iterable[Fault]:
    return faults_of(session.connection(), _COUNTS)


def _count(session: Session, _now: datetime) -> None:
    connection = session.connection()
    count_claims(connection, (i for (i,) in tuples(connection, "SELECT id FROM actors")))


INDEX = Question(
    "index", "searching finds the words of every current claim, and no others", _index, _remake, writes=True
)
COUNTS = Question("counts", "actors have as many claims as is said of them", _counts, _count)
