"""People, their tokens and sessions: who is let in, and by whom that was said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256

from app.errors import BadInput, Busy, Conflicting, DatabaseUnready, NotFound
from app.roles import Role, Scope
from app.store import people, tokens
from app.store.methods.base import Room
from app.store.people import token_view
from app.store.recent_cache import RecentCache
from app.store.sql import ask
from app.store.views import Admitted, PersonView, TokenView

__all__ = ["People"]

_TOUCH = timedelta(minutes=5)
"""How exactly it is kept when a token or session was last used: not every request is a write."""
_TOUCH_SECONDS = 0.2


class _Wrong(Exception):
    """A token that proves nothing; raised so that it is not remembered."""


class People(Room):
    _known = False
    _proved: RecentCache[tuple[str, str], bool] | None = None

    def has_people(self) -> bool:
        """Whether a reviewer was ever made here: from then on nobody writes without a name of their own."""
        if not self._known:
            with self.read() as session:
                found = ask(session.connection(), "SELECT EXISTS(SELECT 1 FROM reviewers) AS any")
            self._known = bool(found[0]["any"])
        return self._known

    def everybody(self) -> tuple[PersonView, ...]:
        with self.read() as session:
            return people.people_kept(session)

    def person(self, person_id: int) -> PersonView:
        with self.read() as session:
            found = people.people_kept(session, person_id)
        if not found:
            raise NotFound("there is no such reviewer.")
        return found[0]

    def person_named(self, name: str) -> PersonView:
        """Who has this name, in whatever spelling; `NotFound` when nobody has."""
        wanted = people.folded_name(name)
        found = next((p for p in self.everybody() if people.folded_name(p.name) == wanted), None)
        if found is None:
            raise NotFound(f"there is no reviewer {name!r}.", mend="`parallax reviewer list` names them.")
        return found

    def add_person(self, name: str, role: Role, *, by: str, token: str = "first") -> tuple[PersonView, str]:  # noqa: S107
        """A new person with a first token, whose text is given back once. Raises `BadInput`, `Conflicting`."""
        made = tokens.new_token()
        with self.write() as session:
            row = people.add_person(session, name, role, by, self.now())
            people.add_token(session, row.id or 0, token, Scope.REVIEW, made, by, self.now())
            session.flush()
            return people.people_kept(session, row.id)[0], made.text

    def give_role(self, person_id: int, role: Role, *, by: str, keep_admin: bool = True) -> None:
        """In force from the next request on. `keep_admin`: refuse when nobody else would be an admin."""
        with self.write() as session:
            people.give_role(session, person_id, role, by, self.now(), keep_admin=keep_admin)

    def end_person(self, person_id: int, *, by: str, keep_admin: bool = True) -> None:
        """For good; what the person wrote stays under the name."""
        with self.write() as session:
            people.end_person(session, person_id, by, self.now(), keep_admin=keep_admin)

    def make_token(self, person_id: int, name: str, scope: Scope, *, by: str) -> tuple[TokenView, str]:
        made = tokens.new_token()
        with self.write() as session:
            row = people.add_token(session, person_id, name, scope, made, by, self.now())
            return token_view(row, people.people_kept(session, person_id)[0].name), made.text

    def rotate_token(self, token_id: int, *, by: str, owner: int | None = None) -> tuple[TokenView, str]:
        """Another secret under the same name; the old one, and whoever signed in by it, is out at once."""
        made = tokens.new_token()
        with self.write() as session:
            row = people.rotate_token(session, token_id, made, by, self.now(), owner)
            return token_view(row, people.people_kept(session, row.reviewer_id)[0].name), made.text

    def revoke_token(self, token_id: int, *, by: str, owner: int | None = None) -> None:
        """The token, and whoever signed in by it, is out at once. `owner`: only when it is this person's."""
        with self.write() as session:
            people.end_token(session, token_id, by, self.now(), owner)

    # --- who is let in

    def admitted_by_token(self, text: str, trying: Callable[[], None] = lambda: None) -> Admitted | None:
        """Whose token this is; None, after as long, when it is nobody's. `trying` is called before one is checked that did not
        prove right lately: it may raise.
        """
        prefix = tokens.named_by(text)
        with self.read() as session:
            found = people.token_by_prefix(session.connection(), prefix) if prefix else None
        admitted, kept, used = found or (None, None, None)
        if self._proved is None:
            self._proved = RecentCache(256)
        try:
            self._proved.get(
                (sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), kept or ""),
                lambda: _proved(text, kept, trying),
            )
        except _Wrong:
            return None
        if admitted is not None:
            self._touch(used, token_id=admitted.token_id)
        return admitted

    def admitted_by_session(self, cookie: str) -> Admitted | None:
        """Who signed in with this browser, while session, token and person last."""
        with self.read() as session:
            found = people.admitted_by_session(session.connection(), cookie, self.now())
        if found is None:
            return None
        self._touch(found[1], cookie=cookie)
        return found[0]

    def admitted_by_name(self, name: str) -> Admitted | bool:
        """Who has this name, told by the house's own sign-in; True for one who was ended, False for nobody."""
        with self.read() as session:
            return people.admitted_by_name(session.connection(), name)

    def admitted_by_issuer(self, name: str, otherwise: Role | None, *, by: str) -> Admitted | None:
        """Whom the house's issuer names: the reviewer of that name. Somebody who never was one is made one of the role
        `otherwise`, without a token; one who was ended stays out.
        """
        known = self.admitted_by_name(name)
        if known is False and otherwise is not None:
            with suppress(BadInput, Conflicting), self.write() as session:  # no name; or another request was first
                people.add_person(session, name, otherwise, by, self.now())
            known = self.admitted_by_name(name)
        return known if isinstance(known, Admitted) else None

    def sign_in(self, who: Admitted, *, instead: str | None = None) -> str:
        """The value of a new cookie. Raises `NotFound` when token or person were ended meanwhile."""
        with self.write() as session:
            return people.start_session(session, who, self.now(), instead)

    def sign_out(self, cookie: str) -> None:
        with self.write() as session:
            people.end_session(session, cookie, self.now())

    def _touch(self, seen: str | None, *, token_id: int | None = None, cookie: str | None = None) -> None:
        if seen is not None and self.now() - datetime.fromisoformat(seen) < _TOUCH:
            return
        with suppress(Busy, DatabaseUnready), self.write(patience=_TOUCH_SECONDS) as session:
            people.note_use(session, self.now(), token_id=token_id, cookie=cookie)


def _proved(text: str, kept: str | None, trying: Callable[[], None]) -> bool:
    trying()
    if not tokens.proves(text, kept):
        raise _Wrong
    return True
