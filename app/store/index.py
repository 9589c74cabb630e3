"""The full-text index kept in step with the claims: entries are added and dropped with them, or all made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypedDict

from sqlalchemy import Connection, text

from app.store import readings
from app.store.actors import KeptActors
from app.store.corrected import corrections_in_force, reading_as
from app.store.ready import words_version
from app.store.search import VERSION, analyse
from app.store.sql import tuples

__all__ = ["add_entries", "claim_entries", "drop_entries", "entry", "rebuild_index"]

_ADD = text("INSERT INTO claim_index(rowid, words, forms, names) VALUES (:id, :words, :forms, :names)")


@lru_cache(maxsize=8192)
def _name(name: str) -> str:
    """A name as it is found: as written, and by its stems (a question's words are stems)."""
    tokens = analyse(name)
    return " ".join([*(t.form for t in tokens), *(t.stem for t in tokens)])


class IndexEntry(TypedDict):
    id: int
    words: str
    forms: str
    names: str


def entry(claim_id: int, claim: str, names: Iterable[str]) -> IndexEntry:
    """The index's row for a claim and the names of everybody in it."""
    tokens = analyse(claim)
    return {
        "id": claim_id,
        "words": " ".join(t.stem for t in tokens),
        "forms": " ".join(t.form for t in tokens),
        "names": " ".join(_name(name) for name in sorted(set(names))),
    }


def add_entries(connection: Connection, entries: Sequence[IndexEntry]) -> None:
    if entries:
        connection.execute(_ADD, list(entries))


def drop_entries(connection: Connection, claim_ids: Sequence[int]) -> None:
    if claim_ids:
        connection.execute(text("DELETE FROM claim_index WHERE rowid = :id"), [{"id": i} for i in claim_ids])


def rebuild_index(connection: Connection) -> None:
    """Empty the index and fill it from the claims of all current revisions."""
    connection.exec_driver_sql("DELETE FROM claim_index")
    add_entries(connection, list(claim_entries(connection)))
    words_version(connection, VERSION)


def claim_entries(connection: Connection, article: int | None = None) -> Iterator[IndexEntry]:
    """What the index must hold: an entry a claim of every current version (of one article), as it is made when one is kept."""
    actors = {
        key: (i, name, kind) for i, key, name, kind in tuples(connection, "SELECT id, key, name, kind FROM actors")
    }
    one = "" if article is None else " AND article_id = :article"
    for article_id, revision_id in tuples(connection, _CURRENT + one, **({"article": article} if one else {})):
        laid = corrections_in_force(connection, [article_id])[article_id]
        reading, aside = reading_as(readings.reading_of_article(connection, article_id, None), laid)
        book = KeptActors.of(reading, actors)
        ids = dict(tuples(connection, _IDS, revision=revision_id))
        yield from (
            entry(ids[claim.id], claim.text, book.names(claim)) for claim in reading.claims if claim.id not in aside
        )


_CURRENT = "SELECT article_id, article_revisions.id FROM article_revisions JOIN standing_articles ON standing_articles.id = article_id WHERE current"
_IDS = "SELECT local_id, id FROM claims WHERE revision_id = :revision AND superseded = 0"
