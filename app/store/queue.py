"""Whose turn it is to write: within this process in the order of coming, between processes no one twice before another.

SQLite lets the next writer in by chance: whoever happens to look when the last one is done. A process that writes without pause
(an import) would keep others out for as long as it takes. So whoever is to write next stands in the door, a lock on a file
beside the database, and goes in when the one inside is done; who has just been inside must come through the door again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import Busy

try:
    import fcntl
except ImportError:  # a system without file locks: writers of several processes meet by chance
    fcntl = None  # type: ignore[assignment]

__all__ = ["BUSY_SECONDS", "MOST_WAITING", "PATIENCE", "Door", "OpenDoor", "locked"]

BUSY_SECONDS = 30.0
"""How long a writer waits for another one (the rows of a story of ten thousand claims are written in some seconds), and a reader
for a file that is being put in order after a crash."""
PATIENCE = "patience"
"""The execution option that says how many seconds this transaction waits for others."""

MOST_WAITING = 48
"""Writers of one process that may wait at once: of the threads that answer requests, some must stay for readers."""
_LOOK_SECONDS = 0.003
"""How often one looks whether the door is free."""


class Door:
    """The place before the write lock, for one process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-queue")

    @contextmanager
    def stood_in(self, seconds: float) -> Iterator[float]:
        """Stand in the door until the block ends, which is when the write lock is held; gives the seconds that are left.

        Raises `Busy`. Where no file can be made beside the database there is no door, and no writing either.
        """
        handle = self._opened()
        if handle is None:
            yield seconds
            return
        try:
            ends = time.monotonic() + seconds
            while not locked(handle):
                if time.monotonic() > ends:
                    raise Busy(
                        "other programs are writing to the database.", mend="Nothing of it was done: send it again."
                    )
                time.sleep(_LOOK_SECONDS)
            yield max(0.0, ends - time.monotonic())
        finally:
            os.close(handle)  # which opens the door

    def _opened(self) -> int | None:
        try:
            return None if fcntl is None else os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError:
            return None


class OpenDoor:
    """Of a store before which nobody needs to stand: PostgreSQL lets writers in as they come."""

    @contextmanager
    def stood_in(self, seconds: float) -> Iterator[float]:
        yield seconds


def locked(handle: int) -> bool:
    """Lock this open file if nobody has it locked; False when somebody has. Closing it, or the end of its program, opens it."""
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
