"""Searches that people save: kept under a name of theirs, renamed, taken away and had back; never deleted.

A search belongs to who saved it, and to nobody else it is there. When they last looked is noted without a line in the audit
log, as it is when a token was last used; all else has one, which tells the name and not what is searched for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, func, select

from app.core.text import fold
from app.errors import BadInput, Conflicting, NotFound
from app.store import audit
from app.store.read.filters import status_of
from app.store.sql import LARGEST_ID
from app.store.tables import SavedSearchRow
from app.store.typed_text import bounded_text, typed_name
from app.store.views import Query

__all__ = ["MOST_SAVED", "note_look", "remove_search", "rename_search", "restore_search", "save_search"]

MOST_SAVED: Final = 100
"""Of one person: each is counted on their page."""
_NAME_CHARS = 100
_QUERY_CHARS = 500


def save_search(session: Session, name: str, query: Query, by: str, now: datetime) -> int:
    """The id. The same search under the same name is saved once; another one under a name in use is refused."""
    plain, owner = _plain(name), typed_name(by)
    wanted = _columns(query)
    have = _named(session, owner, plain)
    if have is not None:
        if all(getattr(have, n) == v for n, v in wanted.items()):
            return have.id or 0
        raise _taken(plain)
    _room(session, owner)
    row = SavedSearchRow(by=owner, name=plain, folded=fold(plain), at=now, looked_at=now, **wanted)
    session.add(row)
    session.flush()
    _told(session, now, row, "saved", after={"name": plain})
    return row.id or 0


def rename_search(session: Session, search_id: int, name: str, by: str, now: datetime) -> None:
    row, plain = _own(session, search_id, by), _plain(name)
    if row.removed_at is not None:
        raise Conflicting("this search was taken away.", mend="Have it back first.")
    if row.name == plain:
        return
    other = _named(session, row.by, plain)
    if other is not None and other.id != row.id:
        raise _taken(plain)
    was, row.name, row.folded = row.name, plain, fold(plain)
    session.add(row)
    _told(session, now, row, "renamed", before={"name": was}, after={"name": plain})


def remove_search(session: Session, search_id: int, by: str, now: datetime) -> None:
    """Taking it away twice is taking it away once."""
    row = _own(session, search_id, by)
    if row.removed_at is None:
        row.removed_at = now
        session.add(row)
        _told(session, now, row, "removed", before={"name": row.name})


def restore_search(session: Session, search_id: int, by: str, now: datetime) -> None:
    """Undo of `remove_search`. Raises `Conflicting` when its name is another's by now."""
    row = _own(session, search_id, by)
    if row.removed_at is not None:
        if _named(session, row.by, row.name) is not None:
            raise _taken(row.name)
        _room(session, row.by)
        row.removed_at = None
        session.add(row)
        _told(session, now, row, "restored", after={"name": row.name})


def note_look(session: Session, search_id: int, owner: str, upto: datetime) -> None:
    """Its owner has seen what had come by then. An earlier look changes nothing."""
    row = _own(session, search_id, owner)
    row.looked_at = max(row.looked_at, upto)
    session.add(row)


def _columns(query: Query) -> dict[str, Any]:
    """What is searched for, as it is kept. Raises `BadInput` for what searches nothing, or cannot be searched for."""
    status = status_of(query.relation)
    words = bounded_text(query.q, "the question", _QUERY_CHARS)
    given = {n: getattr(query, n) or None for n in ("actor", "since", "until", "outlet", "story")}
    if not words and not status and not any(given.values()):
        raise BadInput("nothing is searched for.", mend="Give words, an actor, an outlet, a story, a verdict or days.")
    if query.date_of not in ("event", "published"):
        raise BadInput("dates are those of the event or those of publication.", where="date_of")
    return {"q": words, "date_of": query.date_of, "relation": status.value if status else None, **given}


def _plain(name: str) -> str:
    plain = " ".join(bounded_text(name, "the name", _NAME_CHARS).split())
    if not plain or not plain.isprintable():
        raise BadInput(f"a name of 1 to {_NAME_CHARS} characters that can be seen is needed.", where="name")
    return plain


def _room(session: Session, owner: str) -> None:
    count = select(func.count()).where(SavedSearchRow.by == owner, col(SavedSearchRow.removed_at).is_(None))
    if session.exec(count).one() >= MOST_SAVED:
        raise Conflicting(f"one person has at most {MOST_SAVED} saved searches.", mend="Take one away first.")


def _named(session: Session, owner: str, name: str) -> SavedSearchRow | None:
    wanted = select(SavedSearchRow).where(
        SavedSearchRow.by == owner, SavedSearchRow.folded == fold(name), col(SavedSearchRow.removed_at).is_(None)
    )
    return session.exec(wanted).first()


def _taken(name: str) -> Conflicting:
    return Conflicting(f"you have another search called {name!r}.", where="name", mend="Give it another name.")


def _own(session: Session, search_id: int, by: str) -> SavedSearchRow:
    row = session.get(SavedSearchRow, min(search_id, LARGEST_ID))
    if row is None or row.by != typed_name(by):
        raise NotFound("you have no such saved search.")
    return row


def _told(session: Session, now: datetime, row: SavedSearchRow, what: str, **sides: dict[str, object]) -> None:
    audit.record(session, now, by=row.by, what=what, kind="search", subject=row.id, **sides)
