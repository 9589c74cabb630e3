"""Which of several programs on one database does the work in the background: whoever holds a lock of the server's.

The lock belongs to a connection of its own. It is free again as soon as that connection ends, however its program ended, and
whoever asks next has it. Nobody waits for it.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import psycopg

from app.places import Address
from app.store.postgres.engine import connected

__all__ = ["Election"]

_WORKER = 0x7061_7262  # any number but that of the writers: "parb"


class Election:
    """Safe to share between threads."""

    def __init__(self, address: Address) -> None:
        self._address, self._lock = address, Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._chosen = False

    def chosen(self) -> bool:
        """Whether this program is the one, as far as the server says at this moment."""
        with self._lock:
            try:
                return self._ask()
            except psycopg.Error:
                self._let_go()
                return False

    def close(self) -> None:
        with self._lock:
            self._let_go()

    def _ask(self) -> bool:
        if self._connection is None or self._connection.closed:
            self._let_go()
            self._connection = connected(self._address, reading=False)
            self._connection.autocommit = True
        asked = "SELECT true" if self._chosen else f"SELECT pg_try_advisory_lock({_WORKER})"
        self._chosen = bool(self._connection.execute(asked).fetchone()[0])  # type: ignore[index]
        return self._chosen

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._chosen = None, False
