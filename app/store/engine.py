"""Connections to the one SQLite file: readers that cannot write, writers that wait for each other. (To a server: `postgres/engine.py`.)

- WAL: readers go on while one writer writes.
- A write transaction begins with BEGIN IMMEDIATE, so a second writer waits at the start instead of failing in the middle. How
  long is said by the connection's option `PATIENCE`; `queue.py` says who is next.
- Read connections are `query_only`: a read model that tried to write would raise.
- What was written is on the disk when a write returns (`synchronous = FULL`): a loss of power takes nothing that somebody was
  told is kept. It costs one wait for the disk a transaction, some milliseconds, where reading an article takes a second.
- Statements may call `fold` (a text as names are compared and sorted) and `has_words` (a title that holds all words asked for).
- Where nothing can be written beside the file, a file whose log is folded in is read as it is (`immutable`).
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event

from app.core.text import fold
from app.errors import DatabaseUnready
from app.places import Address, Place
from app.store.lists import with_lists
from app.store.queue import BUSY_SECONDS, PATIENCE
from app.store.search import has_words

__all__ = ["make_engine"]

_KEPT_OPEN = 16
"""Connections kept open between requests; more are made when they are wanted and closed again."""


def make_engine(place: Place, *, writing: bool) -> Engine:
    """An engine on `place`. A file is made by the first connection that writes; its folder must exist."""
    if isinstance(place, Address):
        return _postgres_engine(place, writing=writing)
    path = place
    engine = create_engine(
        "sqlite:///file", creator=lambda: _connect(path, writing=writing), pool_size=_KEPT_OPEN, max_overflow=-1
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if writing:
            seconds = connection.get_execution_options().get(PATIENCE, BUSY_SECONDS)
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(1000 * seconds)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "before_cursor_execute", _read_lists, retval=True)
    return engine


def _read_lists(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> tuple[str, object]:
    return with_lists(statement), values


def _postgres_engine(address: Address, *, writing: bool) -> Engine:
    try:
        from app.store.postgres.engine import make_postgres_engine
    except ImportError as error:
        raise DatabaseUnready(
            "the driver for PostgreSQL is not installed.", where=str(address), mend="Install parallax[postgres]."
        ) from error
    return make_postgres_engine(address, writing=writing)


def _connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    address, is_uri = (
        (f"{path.absolute().as_uri()}?immutable=1", True) if _as_it_is(path, writing) else (str(path), False)
    )
    connection = sqlite3.connect(address, uri=is_uri, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.isolation_level = None  # the driver leaves BEGIN to us
        connection.create_function("fold", 1, fold, deterministic=True)
        connection.create_function("has_words", 2, has_words, deterministic=True)
        for pragma in (
            "foreign_keys = ON",
            "synchronous = FULL",
            *(("journal_mode = WAL",) if writing else ("query_only = ON",)),
        ):
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _as_it_is(path: Path, writing: bool) -> bool:
    """Whether nobody here can write, not even the notes that readers of a log share, and there is no log to read."""
    log = path.with_name(f"{path.name}-wal")
    return (
        not writing
        and path.exists()
        and not os.access(path.parent, os.W_OK)
        and not (log.exists() and log.stat().st_size)
    )
