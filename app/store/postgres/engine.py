"""Connections to a PostgreSQL server: readers that cannot write, writers that wait for each other.

- A reader sees one state of the database throughout (`REPEATABLE READ`, `READ ONLY`).
- A write transaction begins by taking the one advisory lock of all writers, of whichever program: they come in the order in which
  they asked, and nobody fails in the middle. How long one waits is said by the connection's option `PATIENCE`.
- A connection that the server let go of is noticed and made anew before it is used: reading goes on when the server is back.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.adapt import Dumper, Loader
from sqlalchemy import Connection, Engine, create_engine, event, make_url

from app.places import Address
from app.store.postgres import words
from app.store.postgres.dialect import DRIVER
from app.store.postgres.statements import translated
from app.store.queue import BUSY_SECONDS, PATIENCE
from app.store.sql import WRITTEN

__all__ = ["connected", "make_postgres_engine"]

_WRITERS = 0x7061_7261  # any number that nobody else would take: "para"
_KEPT_OPEN, _MORE = 4, 28
"""Connections of readers kept open, and how many more there may be at once: a server has a hundred for all programs together."""
_CONNECT_SECONDS = 10


def make_postgres_engine(address: Address, *, writing: bool) -> Engine:
    engine = create_engine(
        make_url(address.url).set(drivername=DRIVER),
        creator=lambda: connected(address, reading=not writing),
        pool_size=1 if writing else _KEPT_OPEN,
        max_overflow=_MORE,
        pool_timeout=BUSY_SECONDS / 3,
        pool_pre_ping=True,
        use_native_hstore=False,
    )
    event.listen(engine, "before_cursor_execute", _translate, retval=True)
    if writing:
        event.listen(engine, "begin", _wait_for_the_lock)
        event.listen(engine, "after_cursor_execute", _count)
        event.listen(engine, "commit", words.fill_if_there)
    return engine


def connected(address: Address, *, reading: bool) -> psycopg.Connection[Any]:
    """A connection of the driver, with values read and written as SQLite's driver does."""
    connection: psycopg.Connection[Any] = psycopg.connect(
        cursor_factory=psycopg.ClientCursor, **_parts(address), client_encoding="utf8"
    )
    connection.adapters.register_dumper(bool, _Whole)
    connection.adapters.register_dumper(int, _Whole)
    connection.adapters.register_loader("numeric", _Number)
    if reading:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
    return connection


def _parts(address: Address) -> dict[str, Any]:
    """What an address says, in the driver's words and part by part: put together again, a password with a blank would be none."""
    url = make_url(address.url)
    asked = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    named = {"host": url.host, "port": url.port, "user": url.username, "password": url.password, "dbname": url.database}
    told = {name: value for name, value in named.items() if value is not None}
    told |= {"connect_timeout": _CONNECT_SECONDS, "application_name": "parallax", **asked}
    return {**told, "options": f"{asked.get('options', '')} -c datestyle=ISO -c standard_conforming_strings=on".strip()}


def _translate(
    connection: Connection, _cursor: object, statement: str, parameters: Any, context: Any, _many: bool
) -> tuple[str, Any]:
    it = translated(statement, ours=context is None or context.compiled is None)
    if "fold(" in it.sql or "has_words(" in it.sql:
        words.fill_if_there(connection)
    if isinstance(parameters, list):
        return it.sql, [it.values(p) for p in parameters]
    return it.sql, it.values(parameters) if isinstance(parameters, dict) else parameters


def _wait_for_the_lock(connection: Connection) -> None:
    seconds = connection.get_execution_options().get(PATIENCE, BUSY_SECONDS)
    wait = max(1, int(1000 * seconds))
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}; SELECT pg_advisory_xact_lock({_WRITERS})")
    connection.info[WRITTEN] = 0


def _count(connection: Connection, cursor: Any, statement: str, *_: object) -> None:
    if cursor.rowcount > 0 and not statement.lstrip().upper().startswith(("SELECT", "WITH", "SET", "(")):
        connection.info[WRITTEN] = connection.info.get(WRITTEN, 0) + cursor.rowcount


class _Whole(Dumper):
    """Yes and no are 1 and 0. What does not fit into 64 bits cannot be looked for, as in SQLite."""

    oid = psycopg.postgres.types["int8"].oid

    def dump(self, obj: int) -> bytes:
        if not -(2**63) <= obj < 2**63:
            raise OverflowError(obj)
        return f" {obj:d}".encode()  # a sign must not meet another

    quote = dump


class _Number(Loader):
    """A sum of whole numbers is a whole number."""

    def load(self, data: Any) -> int | float:
        told = bytes(data)
        return float(told) if b"." in told or b"N" in told else int(told)
