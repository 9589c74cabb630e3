"""Small helps for SQL written out as text: lists of ids go in as one JSON value, so that a statement's text never changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, TextClause, text

from app.errors import BadInput

__all__ = [
    "LARGEST_ID",
    "WRITTEN",
    "ask",
    "ask_ids",
    "fresh_ids",
    "ids_in",
    "insert_many",
    "last_id",
    "listed",
    "run_many",
    "tuples",
    "well_formed",
    "writes_of",
]

LARGEST_ID = 2**63 - 1
WRITTEN = "rows written"
"""Where a connection to PostgreSQL keeps count of the rows it wrote, as SQLite's connections do by themselves."""


def listed(values: Iterable[object]) -> str:
    """A list as one value, to be read by `ids_of` or `words_of`. Raises `BadInput` for words that no database keeps: written as JSON
    they would reach it as escapes, where SQLite finds nothing and PostgreSQL fails.
    """
    found = list(values)
    try:
        if "\0" in "".join(value for value in found if isinstance(value, str)):
            raise BadInput(_NOT_LOOKED_FOR)
        return json.dumps(found, ensure_ascii=False).encode().decode()
    except UnicodeEncodeError as error:
        raise BadInput(_NOT_LOOKED_FOR) from error


def ids_in(statement: str, ids: Iterable[object], **values: object) -> TextClause:
    """`statement` with `:ids` bound to a list, to be read by `ids_of(:ids)`, and other values bound by name."""
    return text(statement).bindparams(ids=listed(ids), **values)


def ask(connection: Connection, statement: str, **values: object) -> list[Mapping[str, Any]]:
    """The rows of a statement, by column name."""
    return _run(connection, statement, values)


def ask_ids(connection: Connection, statement: str, ids: Iterable[object], **values: object) -> list[Mapping[str, Any]]:
    """The rows of a statement over a list of ids (see `ids_in`)."""
    return _run(connection, statement, {"ids": listed(ids), **values})


def tuples(connection: Connection, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """The rows of a statement in the order of its columns: for thousands of them at once."""
    result = _execute(connection, statement, values)
    rows = [] if result.cursor is None else list(result.cursor.fetchall())
    result.close()
    return rows


def run_many(connection: Connection, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """One statement for thousands of rows, by name, handed to the driver as they are: moments as `stamp` writes them.

    The write lock is held meanwhile, so nothing is prepared here that need not be.
    """
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def insert_many(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows into a table, all with the columns of the first."""
    if rows:
        columns = list(rows[0])
        names, values = ", ".join(f'"{c}"' for c in columns), ", ".join(f":{c}" for c in columns)
        run_many(connection, f"INSERT INTO {table} ({names}) VALUES ({values})", rows)  # noqa: S608 - our own names


def _run(connection: Connection, statement: str, values: Mapping[str, object]) -> list[Mapping[str, Any]]:
    result = _execute(connection, statement, values)
    names = tuple(result.keys())
    found = [] if result.cursor is None else result.cursor.fetchall()
    result.close()
    return [dict(zip(names, row, strict=True)) for row in found]


def _execute(connection: Connection, statement: str, values: Mapping[str, object]) -> CursorResult[Any]:
    """Handed to the driver as it is: it knows names itself, and those that are not in the statement are nothing to it."""
    if any(isinstance(value, str) and "\0" in value for value in values.values()):
        raise BadInput(_NOT_LOOKED_FOR)
    try:
        return connection.exec_driver_sql(statement, dict(values))
    except (OverflowError, UnicodeEncodeError) as error:  # an id of twenty digits, half a character
        raise BadInput(_NOT_LOOKED_FOR) from error


_NOT_LOOKED_FOR = "this value cannot be looked for."


def fresh_ids(connection: Connection, table: str, count: int) -> range:
    """Ids for new rows of a table, so that thousands go in with one statement. Only inside a write transaction, which
    nobody else can be in. An id once used is not given again where the table says so (AUTOINCREMENT).
    """
    used = connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0  # noqa: S608 - our own table names
    first = max(used, last_id(connection, table)) + 1
    if count and connection.dialect.name != "sqlite":
        connection.exec_driver_sql(_GIVEN, {"name": table, "seq": first + count - 1})
    return range(first, first + count)


_GIVEN = "INSERT INTO given_ids (name, seq) VALUES (:name, :seq) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq"


def last_id(connection: Connection, table: str) -> int:
    """The last id that was ever given in a table that gives none twice; 0 before the first."""
    kept = "sqlite_sequence" if connection.dialect.name == "sqlite" else "given_ids"
    asked = text(f"SELECT seq FROM {kept} WHERE name = :name")  # noqa: S608 - one of two names
    return int(connection.execute(asked, {"name": table}).scalar() or 0)


def writes_of(connection: Connection) -> int:
    """Rows written on this connection so far, by whatever statement."""
    if connection.dialect.name != "sqlite":
        return int(connection.info.get(WRITTEN, 0))
    return int(connection.connection.driver_connection.total_changes)  # type: ignore[union-attr]


def well_formed(value: str, what: str) -> str:
    """The text itself; `BadInput` when it holds what no database keeps: half a character (a lone surrogate), or NUL."""
    if "\0" in value:
        raise BadInput(f"{what} holds a character that no text has (NUL).")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadInput(f"{what} holds half a character (a lone surrogate).") from error
    return value
