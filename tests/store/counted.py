"""Steps of SQLite's machine: what a statement costs, however busy this one is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy import Connection

from app.store import Store

__all__ = ["steps"]

EVERY = 20


def steps(store: Store, work: Callable[[Connection], object]) -> int:
    """How many, in twenties, the reading statements of this work take."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with store.read() as session:
        connection = session.connection()
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_progress_handler(count, EVERY)
        try:
            work(connection)
        finally:
            driver.set_progress_handler(None, 0)
    return counted
