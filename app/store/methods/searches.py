"""What people keep watch on: searches they saved, and what came."""

from __future__ import annotations

from datetime import datetime

from app.errors import NotFound
from app.store import saved
from app.store.methods.base import Room
from app.store.read import saved as read_saved
from app.store.read import search as read_search
from app.store.views import CameView, Query, SavedSearch, SavedSearchView

__all__ = ["Searches"]


class Searches(Room):
    def save_search(self, name: str, query: Query, *, by: str) -> SavedSearch:
        """Under a name of one's own. The same again changes nothing; `Conflicting` for another search of that name."""
        with self.write() as session:
            made = saved.save_search(session, name, query, by, self.now())
            session.flush()
            return read_saved.saved_search(session.connection(), made, by, None, 1).saved

    def rename_search(self, search_id: int, name: str, *, by: str) -> None:
        with self.write() as session:
            saved.rename_search(session, search_id, name, by, self.now())

    def remove_search(self, search_id: int, *, by: str) -> None:
        with self.write() as session:
            saved.remove_search(session, search_id, by, self.now())

    def restore_search(self, search_id: int, *, by: str) -> None:
        with self.write() as session:
            saved.restore_search(session, search_id, by, self.now())

    def note_look(self, search_id: int, upto: datetime, *, owner: str) -> None:
        """The owner has seen what had come by then (or by now, whichever is earlier)."""
        with self.write() as session:
            saved.note_look(session, search_id, owner, min(upto, self.now()))

    def saved_searches(self, owner: str) -> tuple[SavedSearch, ...]:
        """Somebody's searches by name, each with how much is found and how much of it is new to them."""
        with self.read() as session:
            return read_saved.saved_searches(session.connection(), owner)

    def saved_search(
        self, search_id: int, owner: str, *, cursor: str | None = None, limit: int = 20
    ) -> SavedSearchView:
        """One with the claims that came since its owner last looked. Raises `NotFound` for another's too."""
        with self.read() as session:
            return read_saved.saved_search(session.connection(), search_id, owner, cursor, limit)

    def saved_search_named(self, name: str, owner: str) -> SavedSearch:
        wanted = name.strip().casefold()
        found = next((s for s in self.saved_searches(owner) if s.name.casefold() == wanted), None)
        if found is None:
            raise NotFound(f"you have no search called {name!r}.", mend="`parallax searches list` names them.")
        return found

    def came(self, query: Query, *, limit: int = 50) -> tuple[CameView, ...]:
        """What is found, by when it came here, the latest first: what a feed of a search tells."""
        with self.read() as session:
            return read_search.came(session.connection(), query, limit)
