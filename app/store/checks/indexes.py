"""What is kept twice to be found fast agrees with what it is made from: the index of words, what articles
are looked up by, and the number of an actor's claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from app.store import index, telling_words
from app.store.actors import CLAIMS_OF, count_claims
from app.store.checks.question import CheckFault, Question, faults_of
from app.store.sql import tuples

__all__ = ["COUNTS", "INDEX", "SEARCH", "TERMS"]

_COUNTS = {
    "actor {key} is said to have {claims} claims and has {found}": f"""
        SELECT key, claims, {CLAIMS_OF} AS found FROM actors WHERE claims <> {CLAIMS_OF}
    """  # noqa: S608 - constants only
}


def _index(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    kept: dict[int, list[object]] = {
        i: rest for i, *rest in tuples(connection, "SELECT rowid, words, forms, names FROM claim_index")
    }
    try:
        wanted = {e["id"]: [e["words"], e["forms"], e["names"]] for e in index.claim_entries(connection)}
    except (KeyError, IndexError) as error:
        yield CheckFault(f"what the index holds cannot be told: {error} is not kept")
        return
    for claim in sorted(kept.keys() | wanted.keys()):
        if claim not in wanted:
            yield CheckFault(f"the index holds claim {claim}, which is not current")
        elif claim not in kept:
            yield CheckFault(f"the index does not hold claim {claim}")
        elif kept[claim] != wanted[claim]:
            yield CheckFault(f"the index holds other words than those of claim {claim}")


def _articles(session: Session) -> Sequence[int | None]:
    """What is in the index of no article first, then each article."""
    return [None, *(i for (i,) in tuples(session.connection(), "SELECT id FROM articles ORDER BY id"))]


def _put_in(session: Session, _now: datetime, article: int | None) -> None:
    connection = session.connection()
    if article is None:
        connection.exec_driver_sql("DELETE FROM claim_index WHERE rowid NOT IN (SELECT id FROM claims WHERE current)")
        return
    wanted = list(index.claim_entries(connection, article))
    index.drop_entries(connection, [e["id"] for e in wanted])
    index.add_entries(connection, wanted)


def _search(session: Session, _now: datetime, _part: None) -> Iterable[CheckFault]:
    """Asked by writing, in SQLite: its own comparison of what the index finds with what it holds."""
    if not _finds_what_it_holds(session.connection()):
        yield CheckFault("the index finds other words than it holds")


def _finds_what_it_holds(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        from app.store.postgres.checking import unfound

        return not unfound(connection)
    try:
        connection.exec_driver_sql("INSERT INTO claim_index(claim_index) VALUES ('integrity-check')")
    except DatabaseError:
        return False
    return True


def _remake(session: Session, _now: datetime, _part: None) -> None:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        from app.store.postgres.checking import remake

        remake(connection, ("claim_index",))
        return
    connection.exec_driver_sql("INSERT INTO claim_index(claim_index) VALUES ('rebuild')")


def _terms(session: Session, _now: datetime) -> Iterable[CheckFault]:
    connection = session.connection()
    kept: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for article, term, day in tuples(connection, "SELECT article_id, term, day FROM article_terms"):
        kept[article].add((term, day))
    for article, wanted in telling_words.article_entries(connection):
        if kept[article] != {(r["term"], r["day"]) for r in telling_words.rows_of(article, wanted)}:
            yield CheckFault(f"article {article} cannot be looked up by what tells most of it")


def _put_terms(session: Session, _now: datetime, article: int | None) -> None:
    for found, wanted in telling_words.article_entries(session.connection(), article):
        telling_words.keep_terms(session.connection(), found, wanted)


def _counts(session: Session, _now: datetime) -> Iterable[CheckFault]:
    return faults_of(session.connection(), _COUNTS)


def _count(session: Session, _now: datetime, _part: None) -> None:
    connection = session.connection()
    count_claims(connection, (i for (i,) in tuples(connection, "SELECT id FROM actors")))


SEARCH = Question("search", "searching finds the words that the index holds", trial=_search, mend=_remake)
INDEX = Question("index", "the index holds the words of every current claim", _index, mend=_put_in, parts=_articles)
TERMS = Question("terms", "articles are looked up by what tells most of them", _terms, mend=_put_terms, parts=_articles)
COUNTS = Question("counts", "actors have as many claims as is said of them", _counts, mend=_count)
