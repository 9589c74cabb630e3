"""Sources that are watched: added and ended by people, read by whoever holds the lease."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.errors import NotFound
from app.store import sources
from app.store.methods.base import Room
from app.store.views import SeenPage, SourceView

__all__ = ["Sources"]

_EVER = datetime.max.replace(tzinfo=UTC)


class Sources(Room):
    def add_source(
        self, url: str, *, by: str, outlet: str | None = None, story: str | None = None, every: int = 30
    ) -> SourceView:
        """Have an address read every so many minutes from now on. That it may be fetched is asked before (`app/watching`).

        Raises `Conflicting` when it is watched already, `BadInput` for what cannot be kept.
        """
        with self.write() as session:
            made = sources.add_source(session, url, outlet, story, every, by, self.now())
        return self.source(made)

    def end_source(self, source_id: int, *, by: str) -> None:
        """It is not read any more. What was read of it stays; it can be added again. Raises `NotFound`."""
        with self.write() as session:
            sources.end(session, source_id, by, self.now())

    def hasten_source(self, source_id: int, *, by: str) -> None:
        """It is read next, also when it had to wait after failing. Raises `NotFound`."""
        with self.write() as session:
            sources.hasten(session, source_id, by, self.now())

    def sources(self, *, since: datetime | None = None) -> tuple[SourceView, ...]:
        """All that are watched, by address; `fresh` counts what was kept after `since`."""
        with self.read() as session:
            return sources.views(session.connection(), since or _EVER)

    def source(self, source_id: int) -> SourceView:
        """Raises `NotFound`."""
        found = next((s for s in self.sources() if s.id == source_id), None)
        if found is None:
            raise NotFound("no such source is watched.")
        return found

    # --- for whoever reads them

    def due_sources(self) -> tuple[SourceView, ...]:
        """What is to be read now, the longest due first."""
        with self.read() as session:
            return sources.due(session.connection(), self.now())

    def seen_pages(self, source_id: int) -> Mapping[str, SeenPage]:
        """Reports that a source named, by address."""
        with self.read() as session:
            return sources.seen(session.connection(), source_id)

    def take_lease(self, owner: str, seconds: float) -> bool:
        """Whether this owner is who reads the sources, for so many seconds from now; asked again, for as many more."""
        with self.write() as session:
            return sources.take_lease(session, owner, seconds, self.now())

    def drop_lease(self, owner: str) -> None:
        """Let the next one in, if it was this owner's."""
        with self.write() as session:
            sources.drop_lease(session, owner)

    def note_source(self, owner: str, source_id: int, **values: Any) -> None:
        """How reading a source went: columns of its row. Raises `Moved` when the lease is not this owner's."""
        with self.write() as session:
            sources.note_source(session, owner, source_id, self.now(), values)

    def note_seen(self, owner: str, source_id: int, url: str, **values: Any) -> None:
        """What became of a report that a source named. Raises `Moved` when the lease is not this owner's."""
        with self.write() as session:
            sources.note_seen(session, owner, source_id, url, self.now(), values)
