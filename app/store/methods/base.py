"""What every method stands on: sessions that read, sessions that write; clock and a model of the user's own are handed in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection

from app.errors import Busy, Damaged, DatabaseUnready, DiskTrouble
from app.places import Address, Place, file_of
from app.store import troubles
from app.store.engine import make_engine
from app.store.queue import BUSY_SECONDS, MOST_WAITING, PATIENCE, Door, OpenDoor
from app.store.ready import looks_sound, words_version
from app.turns import Turns

if TYPE_CHECKING:  # what writes, and what its tables are made of, take a second to load
    from sqlmodel import Session

    from app.core.relation.opinion import OwnModel
    from app.store.postgres.election import Election

__all__ = ["TROUBLE_SECONDS", "Database", "Room", "no_model", "utc_now"]


TROUBLE_SECONDS = 30.0
"""How long trouble met is taken to last before it is looked whether it is over."""


def no_model() -> OwnModel | None:
    return None


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """One database: a file, or one of a PostgreSQL server. Safe to share between threads; close it when done (or use `with`)."""

    def __init__(
        self,
        place: Place,
        *,
        now: Callable[[], datetime] = utc_now,
        model: Callable[[], OwnModel | None] = no_model,
        patience: float = BUSY_SECONDS,
        deciders: int = 1,
    ) -> None:
        """`deciders`: how many people a decision needs from now on. `patience`: how many seconds a write waits for its turn before it raises `Busy`."""
        self.place = place
        self.now = now
        self.model = model
        self.patience = patience
        self.deciders = deciders
        self._readers = make_engine(place, writing=False)
        self._writers = make_engine(place, writing=True)
        self._turns = Turns("others are writing", MOST_WAITING)
        self._door = OpenDoor() if isinstance(place, Address) else Door(place)
        self._choosing = Lock()
        self._election: Election | None = None
        self._trouble: DatabaseUnready | None = None
        self._trouble_at = 0.0

    @property
    def path(self) -> Path:
        """Of a store that is a file."""
        return file_of(self.place, "Ask the server.")

    def close(self) -> None:
        if self._election is not None:
            self._election.close()
        self._readers.dispose()
        self._writers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout and cannot write."""
        from sqlmodel import Session

        with self._telling(), Session(self._readers) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The same without tables: a connection, for what asks in SQL."""
        with self._telling(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def write(self, patience: float | None = None) -> Iterator[Session]:
        """A write transaction: waits for its turn first (so many seconds, or as usual), commits at the end, keeps nothing when
        the block raises.

        Raises `Busy` when the turn did not come in time, and what `DatabaseUnready` holds when the disk or the file refuse.
        """
        from sqlmodel import Session

        from app.store.judging import MODEL

        with (
            self._turns.turn(self.patience if patience is None else patience) as rest,
            self._telling(),
            Session(self._writers, info={MODEL: self.model}) as session,
            session.begin(),
        ):
            with self._door.stood_in(rest) as left:
                session.connection(execution_options={PATIENCE: left})  # begins: the write lock is ours
            yield session
        self._trouble = None

    def chosen(self) -> bool:
        """Whether this program does the work in the background: one of all that share a server's database. A file's always may:
        there, what must not be done twice is leased.
        """
        if not isinstance(self.place, Address):
            return True
        with self._choosing:
            if self._election is None:
                from app.store.postgres.election import Election

                self._election = Election(self.place)
            return self._election.chosen()

    def ailing(self) -> DatabaseUnready | None:
        """What keeps this store from being read or written, as far as is known: trouble met before, if it lasts, or seen now.

        Cheap while all is well. Some time after trouble it is tried again: by writing what is there already, or by looking
        through the pages. A write that succeeds ends it at once.
        """
        if self._trouble is not None and time.monotonic() - self._trouble_at > TROUBLE_SECONDS:
            self._try_again()
        return self._trouble or troubles.ailing(self.place)

    def _try_again(self) -> None:
        with suppress(Busy, DatabaseUnready):
            if isinstance(self._trouble, Damaged):
                with self.read() as session:
                    sound = looks_sound(session.connection())
                self._trouble = None if sound else self._trouble
                return
            with self.write() as session:
                connection = session.connection()
                words_version(connection, words_version(connection))  # written, though it is the same

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            with troubles.troubles_told(self.place):
                yield
        except DiskTrouble as error:
            self._trouble, self._trouble_at = error, time.monotonic()
            raise


class Room:
    """Methods of one purpose, on the sessions and the clock of their database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> AbstractContextManager[Session]:
        return self._database.read()

    def reading(self) -> AbstractContextManager[Connection]:
        return self._database.reading()

    def write(self, patience: float | None = None) -> AbstractContextManager[Session]:
        return self._database.write(patience)

    def now(self) -> datetime:
        return self._database.now()

    @property
    def deciders(self) -> int:
        """How many people a decision needs from now on."""
        return self._database.deciders
