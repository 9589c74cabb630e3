"""The audit log is read; what writes it stands beside every write of a person."""

from __future__ import annotations

from collections.abc import Iterator

from app.store import audit
from app.store.methods.base import Room
from app.store.views import AuditHead, AuditLine, Slice

__all__ = ["Audit"]


class Audit(Room):
    def page(
        self, *, by: str | None = None, kind: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> Slice[AuditLine]:
        """Who changed what, the latest first; of one person, of one kind of thing."""
        with self.read() as session:
            return audit.lines(session.connection(), by, kind, cursor, limit)

    def lines(self, *, by: str | None = None, kind: str | None = None) -> Iterator[AuditLine]:
        """The whole log in one state of the database, the oldest first."""
        with self.read() as session:
            yield from audit.every_line(session.connection(), by, kind)

    def choices(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The people and the kinds of things there are lines of."""
        with self.read() as session:
            return audit.people_in_log(session.connection()), audit.kinds(session.connection())

    def head(self) -> AuditHead:
        """Where the log ends now: to be kept elsewhere."""
        with self.read() as session:
            return audit.head(session.connection())

    def holds(self, known: AuditHead) -> bool:
        """Whether the log still holds what was its end once."""
        with self.read() as session:
            return audit.holds(session.connection(), known)
