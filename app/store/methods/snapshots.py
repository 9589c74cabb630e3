"""Frozen comparisons, and classes that work on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from app.store import classes, ending, freeze
from app.store.methods.base import Room
from app.store.views import ClassMark, ClassView, SnapshotCard, SnapshotView

__all__ = ["Snapshots"]


class Snapshots(Room):
    def freeze(self, slug: str, *, by: str, note: str = "") -> SnapshotView:
        """Keep a story as it is now, for good: rows, words, hashes, decisions, software.

        The same state frozen again is the snapshot there is (with its first author, time and note).
        """
        with self.read() as session:
            state = freeze.story_state(session.connection(), slug)
        with self.write() as session:
            snapshot_id = freeze.freeze(session, state, by, note, self.now())
            return freeze.snapshot(session.connection(), snapshot_id)

    def snapshot(self, snapshot_id: str) -> SnapshotView:
        """A frozen comparison, from its own JSON alone: whatever became of the story. Raises `NotFound`."""
        with self.read() as session:
            return freeze.snapshot(session.connection(), snapshot_id)

    def snapshots(self, slug: str | None = None) -> tuple[SnapshotCard, ...]:
        """The frozen comparisons of a story (by the slug it had), or all, the latest first."""
        with self.read() as session:
            return freeze.snapshots(session, slug)

    def start_class(self, slug: str, *, by: str, title: str = "") -> tuple[ClassView, str]:
        """Freeze the story and open it for marking; `code` is what groups are given. Every call is a new class.

        Beside it the teacher's key, which cannot be had again.
        """
        with self.read() as session:
            state = freeze.story_state(session.connection(), slug)
        with self.write() as session:
            code, key = classes.start_class(session, state, by, title, self.now())
            return classes.class_view(session, code, self.now()), key

    def leads_class(self, code: str, *, key: str = "", person: str | None = None, signed_in: bool = False) -> bool:
        """Whether the key is this class's, or the person who is signed in has started it. Raises `NotFound`."""
        with self.read() as session:
            return classes.leads(session, code, key, person, signed_in=signed_in)

    def mark_class(self, code: str, group: str, alignment_id: int, mark: ClassMark) -> ClassView:
        """A group's mark on a row; marking again replaces it. Raises `Conflicting` once the class is revealed."""
        with self.write() as session:
            classes.mark_rows(session, code, group, {alignment_id: mark}, self.now())
            return classes.class_view(session, code, self.now())

    def mark_rows(self, code: str, group: str, marks: Mapping[int, ClassMark]) -> None:
        """A group's marks on several rows: all are kept, or none."""
        with self.write() as session:
            classes.mark_rows(session, code, group, marks, self.now())

    def choose_rows(self, code: str, rows: Collection[int], *, by: str) -> ClassView:
        """The rows that a class judges: every one until something else is chosen. Raises `Conflicting` once it is revealed."""
        with self.write() as session:
            classes.choose_rows(session, code, rows, by, self.now())
            return classes.class_view(session, code, self.now())

    def reveal_class(self, code: str, *, by: str) -> ClassView:
        """Show what the tool says; revealing twice is revealing once."""
        with self.write() as session:
            classes.reveal_class(session, code, by, self.now())
            return classes.class_view(session, code, self.now())

    def hide_class(self, code: str, *, by: str) -> ClassView:
        """Take a reveal back: marks may be given and changed again. Hiding twice is hiding once."""
        with self.write() as session:
            classes.hide_class(session, code, by, self.now())
            return classes.class_view(session, code, self.now())

    def set_class_end(self, code: str, on: date, *, by: str) -> ClassView:
        """The day on which the marks of a class and the names of its groups are deleted."""
        with self.write() as session:
            ending.set_end(session, code, on, by, self.now())
            return classes.class_view(session, code, self.now())

    def end_classes(self) -> tuple[str, ...]:
        """Delete the marks of classes whose day has come; their codes."""
        with self.read() as session:
            if not ending.due_classes(session, self.now()):
                return ()
        with self.write() as session:
            return ending.end_classes(session, self.now())

    def class_view(self, code: str) -> ClassView:
        """A class by its code (in any case); one whose day has come ends as it is read. Raises `NotFound`."""
        with self.read() as session:
            view = classes.class_view(session, code, self.now())
        if view.over:
            self.end_classes()
        return view
