"""What is free inside the file is given back to the disk, also while the file is served.

SQLite writes the whole database anew beside it and puts that in its place, all of it or nothing: who reads goes on, who wants to write
waits for it in the door like for any writer. It takes as much room on the disk again, twice: for the new file and for its way back.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass

from app.errors import DatabaseUnready, DiskFull
from app.places import Address, Place
from app.store.queue import Door
from app.store.troubles import troubles_told

__all__ = ["Shrunk", "vacuum"]


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Bytes of the file before and after: so small it is as soon as nobody reads any more what was read before. Of a server's
    database what all of its tables and indexes take: what is free in them is not given back, so it may well be the same.
    """

    before: int
    after: int


def vacuum(place: Place, patience: float) -> Shrunk:
    """Raises `DiskFull` before anything is begun when there is not enough room, `Busy` when others write all the time,
    `DatabaseUnready` when what came of it is not sound. A PostgreSQL server does it its own way, and keeps nobody waiting.
    """
    if isinstance(place, Address):
        from app.store.postgres.checking import vacuumed

        with troubles_told(place):
            return Shrunk(*vacuumed(place))
    path = place
    with (
        troubles_told(path),
        Door(path).stood_in(patience) as left,
        closing(sqlite3.connect(path, timeout=left, isolation_level=None)) as db,
    ):
        before, free = _bytes(db, "page_count"), _bytes(db, "freelist_count")
        room, needed = shutil.disk_usage(path.parent).free, 2 * (before - free)
        if room < needed:
            raise DiskFull(
                f"this takes {needed:,} bytes on the disk meanwhile, and {room:,} are free.",
                where=str(path),
                mend="Make room, or `parallax prune` first.",
            )
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if (said := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise DatabaseUnready(f"the file is not sound after it: {said}.", where=str(path))
        return Shrunk(before, _bytes(db, "page_count"))


def _bytes(db: sqlite3.Connection, counted: str) -> int:
    return int(db.execute(f"PRAGMA {counted}").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0])
