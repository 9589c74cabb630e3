"""What every method stands on: sessions that read, sessions that write; clock and a model of the user's own are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlmodel import Session

from app.core.relation.opinion import OwnModel
from app.store.engine import make_engine
from app.store.judging import MODEL

__all__ = ["Base", "no_model", "utc_now"]


def no_model() -> OwnModel | None:
    return None


def utc_now() -> datetime:
    return datetime.now(UTC)


class Base:
    """One database file. Safe to share between threads; close it when done (or use `with`)."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        model: Callable[[], OwnModel | None] = no_model,
    ) -> None:
        self.path = path
        self.now = now
        self.model = model
        self._readers = make_engine(path, writing=False)
        self._writers = make_engine(path, writing=True)

    def close(self) -> None:
        self._readers.dispose()
        self._writers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout and cannot write."""
        with Session(self._readers) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A write transaction: waits for other writers first, commits at the end, keeps nothing when the block raises."""
        with Session(self._writers, info={MODEL: self.model}) as session, session.begin():
            yield session
