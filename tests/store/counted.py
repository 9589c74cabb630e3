"""Steps of SQLite's machine: what a statement costs, however busy this one is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy import Connection, event

from app.store import Store

__all__ = ["steps", "steps_of"]

EVERY = 20


def steps(store: Store, work: Callable[[Connection], object]) -> int:
    """How many, in twenties, the reading statements of this work take."""

    def asked() -> None:
        with store.read() as session:
            work(session.connection())

    return steps_of(store, asked)


def steps_of(store: Store, work: Callable[[], object]) -> int:
    """The same of work that opens its own sessions."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    def listen(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(count, EVERY)

    event.listen(store._readers, "begin", listen)
    try:
        work()
    finally:
        event.remove(store._readers, "begin", listen)
        store._readers.dispose()  # connections that are kept open would go on counting
    return counted
