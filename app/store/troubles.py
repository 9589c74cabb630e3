"""What the database driver says in its own terms, said in ours: who is in the way, the disk, the file; and how to mend it.

One place: every session and every look at the file as a whole goes through `troubles_told`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import Busy, Damaged, DatabaseUnready, DiskFailing, DiskFull, OnlyReadable, ParallaxError, of_system
from app.places import Address, Place

__all__ = ["LEAST_FREE_BYTES", "ailing", "trouble_of", "troubles_told"]

LEAST_FREE_BYTES = 8_000_000
"""Below this much free space nothing can be trusted to be written: a story of some thousand rows takes a few megabytes."""
_A_LITTLE = 65_536
"""Bytes written to hear what the system says."""


@contextmanager
def troubles_told(place: Place) -> Iterator[None]:
    """What goes wrong inside with the file, or the server, at `place` is raised as the `ParallaxError` it means, if it means one."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, PoolTimeout) as error:
        meant = trouble_of(error, place)
        if meant is None:
            raise
        raise meant from error


def trouble_of(error: BaseException, place: Place) -> ParallaxError | None:
    """The error it means; None for a mistake of ours (a constraint, a statement), which is no trouble with the file."""
    if isinstance(error, PoolTimeout):
        return Busy("too much is read at once.", mend="Try again.")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(place, Address):
        from app.store.postgres.troubles import told_of

        return told_of(cause, place)
    path = place
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy("others are writing to the database.", mend="Nothing of it was done: send it again.")
        case sqlite3.SQLITE_FULL:
            return DiskFull.at(path)
        case sqlite3.SQLITE_READONLY:
            if code == sqlite3.SQLITE_READONLY_DBMOVED:
                return DatabaseUnready("the database file was moved or replaced.", where=str(path), mend="Try again.")
            return OnlyReadable.at(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged.at(path)
        case sqlite3.SQLITE_IOERR:
            return DiskFull.at(path) if _free(path) < LEAST_FREE_BYTES else _refused(path) or DiskFailing.at(path)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return _cannot_be_opened(path)
    return None


def ailing(place: Place) -> DatabaseUnready | None:
    """What would keep a write from succeeding, as far as can be told without writing; of a server nothing can."""
    if isinstance(place, Address):
        return None
    path = place
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return OnlyReadable.at(path)
    return DiskFull.at(path) if _free(path) < LEAST_FREE_BYTES else None


def _refused(path: Path) -> ParallaxError | None:
    """What the system itself says, which the driver keeps to itself, when a file there becomes larger than those that are there.

    None when it says nothing against it. Nothing is left of what was written.
    """
    beside = (path, path.with_name(f"{path.name}-wal"))
    size = max((file.stat().st_size for file in beside if file.exists()), default=0)
    try:
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as file:
            file.seek(size)
            file.write(b"\0" * _A_LITTLE)
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = str(path)
        return of_system(error)
    return None


def _cannot_be_opened(path: Path) -> ParallaxError:
    if not path.exists():
        return DatabaseUnready("there is no database yet.", where=str(path), mend="Run `parallax db upgrade`.")
    if os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK):
        return OnlyReadable.at(path)
    if _free(path) < LEAST_FREE_BYTES:
        return DiskFull.at(path)
    return _refused(path) or DatabaseUnready(
        "the database file cannot be opened.",
        where=str(path),
        mend="Let the user that runs Parallax read and write it.",
    )


def _free(path: Path) -> int:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return LEAST_FREE_BYTES
