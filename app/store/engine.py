"""Connections to the one SQLite file: readers that cannot write, writers that wait for each other.

- WAL: readers go on while one writer writes.
- A write transaction begins with BEGIN IMMEDIATE, so a second writer waits (up to `BUSY_SECONDS`) at the start instead of
  failing in the middle.
- Read connections are `query_only`: a read model that tried to write would raise.
- What was written is on the disk when a write returns (`synchronous = FULL`): a loss of power takes nothing that somebody was
  told is kept. It costs one wait for the disk a transaction, some milliseconds, where reading an article takes a second.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

__all__ = ["BUSY_SECONDS", "make_engine"]

BUSY_SECONDS = 15.0
"""How long a writer waits for another one; an import of one article takes well under a second."""


def make_engine(path: Path, *, writing: bool) -> Engine:
    """An engine on `path`. The file is made by the first connection; its folder must exist."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver leaves BEGIN to us
        for pragma in (
            f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
            "foreign_keys = ON",
            "synchronous = FULL",
            *(("journal_mode = WAL",) if writing else ("query_only = ON",)),
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
