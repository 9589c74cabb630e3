"""Names that people add to actors, and which articles have to be read anew."""

from __future__ import annotations

from datetime import datetime

from app.store import names
from app.store.methods.base import Room
from app.store.views import AliasView

__all__ = ["Names"]


class Names(Room):
    def add_alias(self, actor_key: str, text: str, *, by: str, meant: bool = False) -> AliasView:
        """Add a name to an actor. In force it means that actor alone; the same name again changes nothing.

        Raises `NotFound` for an actor that is not there, `BadInput` for what is no name, `Conflicting` when the name was
        added to another actor, or articles use it for another and it is not said to be `meant`. Read `articles_holding(text)` anew to have it known in their claims.
        """
        with self.write() as session:
            alias_id = names.add_alias(session, actor_key, text, by, self.now(), meant=meant)
            return names.alias(session.connection(), alias_id)

    def remove_alias(self, alias_id: int, *, by: str) -> AliasView:
        """Take an added name back (undo). It stays on record with who removed it and when."""
        with self.write() as session:
            names.remove_alias(session, alias_id, by, self.now())
            return names.alias(session.connection(), alias_id)

    def aliases(self, actor_key: str | None = None) -> tuple[AliasView, ...]:
        """The added names in force, of one actor or of all, by actor and name."""
        with self.read() as session:
            return names.aliases(session.connection(), actor_key)

    def names_in_force(self) -> tuple[str, tuple[AliasView, ...]]:
        """All added names in force, with their mark: what `keep_article` and `reread` know again whether they still are."""
        with self.read() as session:
            return names.mark_of(session.connection()), names.aliases(session.connection(), None)

    def articles_holding(self, text: str) -> tuple[int, ...]:
        """Ids of the articles whose headline or body may hold these words, in any typography: those to read anew."""
        with self.read() as session:
            return names.articles_holding(session.connection(), text)

    def outdated(self, version: str) -> tuple[int, ...]:
        """Ids of the articles whose current words were read by another version of the reader than this one."""
        with self.read() as session:
            return names.not_read_by(session.connection(), version)

    def to_read_anew(self, quiet_since: datetime) -> tuple[int, ...]:
        """Ids of corrected articles that wait to be read anew, and whose stories nobody has changed since."""
        with self.read() as session:
            return names.to_read_anew(session.connection(), quiet_since)
