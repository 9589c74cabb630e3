"""The full-text index kept in step with the claims: entries are added and dropped with them, or all made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sqlalchemy import Connection, text

from app.store.search import VERSION, analyse

__all__ = ["add", "drop", "entry", "is_current", "rebuild"]

_ADD = text("INSERT INTO claim_index(rowid, words, forms, names) VALUES (:id, :words, :forms, :names)")


@lru_cache(maxsize=8192)
def _name(name: str) -> str:
    """A name as it is found: as written, and by its stems (a question's words are stems)."""
    tokens = analyse(name)
    return " ".join([*(t.form for t in tokens), *(t.stem for t in tokens)])


def entry(claim_id: int, claim: str, names: Iterable[str]) -> dict[str, object]:
    """The index's row for a claim and the names of everybody in it."""
    tokens = analyse(claim)
    return {
        "id": claim_id,
        "words": " ".join(t.stem for t in tokens),
        "forms": " ".join(t.form for t in tokens),
        "names": " ".join(_name(name) for name in sorted(set(names))),
    }


def add(connection: Connection, entries: Sequence[dict[str, object]]) -> None:
    if entries:
        connection.execute(_ADD, list(entries))


def drop(connection: Connection, claim_ids: Sequence[int]) -> None:
    if claim_ids:
        connection.execute(text("DELETE FROM claim_index WHERE rowid = :id"), [{"id": i} for i in claim_ids])


def is_current(connection: Connection) -> bool:
    """Whether the index was made by this analyser; SQLite's `user_version` says which one filled it."""
    return bool(connection.exec_driver_sql("PRAGMA user_version").scalar_one() == VERSION)


def rebuild(connection: Connection) -> None:
    """Empty the index and fill it from the claims of all current revisions."""
    connection.exec_driver_sql("DELETE FROM claim_index")
    add(connection, list(_entries(connection)))
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _entries(connection: Connection) -> Iterator[dict[str, object]]:
    names: dict[int, set[str]] = {}
    for claim_id, name in connection.exec_driver_sql(
        """
        SELECT who.claim_id, aliases.text
        FROM (SELECT claim_id, actor_id FROM attributions UNION SELECT claim_id, actor_id FROM actor_mentions) AS who
        JOIN aliases ON aliases.actor_id = who.actor_id
        """
    ):
        names.setdefault(claim_id, set()).add(name)
    for claim_id, claim in connection.exec_driver_sql("SELECT id, text FROM claims WHERE current ORDER BY id"):
        yield entry(claim_id, claim, names.get(claim_id, ()))
