"""Names that people add to actors, and what has to be read anew because of them.

A name in force means one actor: a second actor cannot be given it. It is found at once (search, actor page); what articles
say by that name is known once they are read anew, which `articles_holding` and `outdated` are asked for. Until then they count as
outdated, so that nothing is forgotten when whoever was to read them is cut short.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from app.core.records import ActorKind
from app.core.text import fold
from app.errors import BadInput, Conflicting, Moved, NotFound
from app.store import audit
from app.store.corrected import READ_BY
from app.store.sql import LARGEST_ID, ask, ids_in, listed
from app.store.tables import ActorRow, AddedAliasRow, AliasRow
from app.store.terms import stamp
from app.store.typed_text import bounded_text, typed_name
from app.store.views import ActorRef, AliasView

__all__ = [
    "add_alias",
    "alias",
    "aliases",
    "articles_holding",
    "mark_of",
    "not_read_by",
    "refuse_other_names",
    "remove_alias",
    "to_read_anew",
]

_ALIAS_CHARS = 120


def add_alias(session: Session, actor_key: str, name: str, by: str, now: datetime, *, meant: bool = False) -> int:
    """The id of the name in force; adding it to the same actor again changes nothing.

    A name that articles use for another actor is refused, unless it is `meant` to name this one from now on.
    """
    actor = session.exec(select(ActorRow).where(ActorRow.key == actor_key)).first()
    if actor is None:
        raise NotFound(f"there is no actor {actor_key!r}.")
    plain = " ".join(bounded_text(name, "the name", _ALIAS_CHARS).split())
    folded = _folded(plain)
    if len(folded) < 2 or not any(c.isalpha() for c in folded):
        raise BadInput("a name of at least two characters, with a letter, is needed.", where="alias")
    from app.core.claims.actors.added import names_nobody  # what reads articles takes a second to load

    if names_nobody(plain):
        raise BadInput(
            f"{plain!r} stands in every text and names nobody.",
            where="alias",
            mend="Give the name as articles write it.",
        )
    have = session.exec(
        select(AddedAliasRow).where(AddedAliasRow.folded == folded, col(AddedAliasRow.removed_at).is_(None))
    ).first()
    if have is not None and have.actor_id != actor.id:
        other = session.get(ActorRow, have.actor_id)
        raise Conflicting(
            f"{plain!r} was added to {other.name if other else 'another actor'} already.",
            where="alias",
            mend="Remove it there first: a name that is added means one actor.",
        )
    if have is not None:
        return have.id or 0
    bearer = None if meant else _bearer(session, folded, actor.id or 0)
    if bearer is not None:
        raise Conflicting(
            f"{plain!r} names {bearer.name} ({bearer.key}) in articles kept here.",
            where="alias",
            mend=f"Say that it is meant, to have it name {actor.name} in all articles.",
        )
    row = AddedAliasRow(actor_id=actor.id or 0, text=plain, folded=folded, by=typed_name(by), at=now)
    session.add(row)
    known = session.exec(select(AliasRow).where(AliasRow.actor_id == actor.id, AliasRow.folded == folded)).first()
    if known is None:
        session.add(AliasRow(actor_id=actor.id or 0, text=plain, folded=folded))
    session.flush()
    told = {"actor": actor.key, "name": plain}
    audit.record(session, now, by=row.by, what="added", kind="name", subject=row.id, after=told)
    _to_be_read(session.connection(), plain)
    return row.id or 0


def _bearer(session: Session, folded: str, actor_id: int) -> ActorRow | None:
    """Another actor that articles call by this name, the one with most claims."""
    found = (
        select(ActorRow)
        .join(AliasRow, col(AliasRow.actor_id) == ActorRow.id)
        .where(AliasRow.folded == folded, ActorRow.id != actor_id, ActorRow.claims > 0)
        .order_by(col(ActorRow.claims).desc(), col(ActorRow.id))
    )
    return session.exec(found).first()


def remove_alias(session: Session, alias_id: int, by: str, now: datetime) -> int:
    """Removing twice is removing once. The actor's own name stays findable, whatever is removed."""
    row = session.get(AddedAliasRow, min(alias_id, LARGEST_ID))
    if row is None:
        raise NotFound(f"there is no added name {alias_id}.")
    if row.removed_at is None:
        row.removed_at, row.removed_by = now, typed_name(by)
        session.add(row)
        actor = session.get(ActorRow, row.actor_id)
        if actor is not None and _folded(actor.name) != row.folded:
            session.connection().execute(
                text("DELETE FROM aliases WHERE actor_id = :actor AND folded = :folded"),
                {"actor": row.actor_id, "folded": row.folded},
            )
        session.flush()
        told = {"actor": actor.key if actor else None, "name": row.text, "by": row.by}
        audit.record(session, now, by=typed_name(by), what="removed", kind="name", subject=row.id, before=told)
        _to_be_read(session.connection(), row.text)
    return alias_id


def _to_be_read(connection: Connection, name: str) -> None:
    """The articles that hold it count as read by nobody knows which reader."""
    mark = "UPDATE article_revisions SET reader_version = '' WHERE current AND article_id IN (SELECT value FROM ids_of(:ids))"
    connection.execute(ids_in(mark, articles_holding(connection, name)))


def _folded(name: str) -> str:
    return " ".join(fold(name).split())


_ALIASES = """
    SELECT added_aliases.*, actors.key, actors.name, actors.kind
    FROM added_aliases JOIN actors ON actors.id = added_aliases.actor_id
"""


def aliases(connection: Connection, actor_key: str | None) -> tuple[AliasView, ...]:
    """The names in force, of one actor or of all, by actor and name."""
    where = " WHERE removed_at IS NULL" + (" AND actors.key = :key" if actor_key is not None else "")
    values = {"key": actor_key} if actor_key is not None else {}
    return tuple(
        _view(r) for r in ask(connection, f"{_ALIASES}{where} ORDER BY actors.name, actors.key, text", **values)
    )


def mark_of(connection: Connection) -> str:
    """What tells the names in force now from those of any other time: none is ever taken off the record."""
    found = ask(connection, "SELECT count(*) AS added, count(removed_at) AS removed FROM added_aliases")[0]
    return f"{found['added']} added, {found['removed']} removed"


def refuse_other_names(connection: Connection, mark: str | None) -> None:
    """Raises `Moved` when the names in force are not those of that mark (None: whatever they are)."""
    if mark not in (None, mark_of(connection)):
        raise Moved("names were added or removed while it was read.", mend="Read it again.")


def alias(connection: Connection, alias_id: int) -> AliasView:
    """One added name, removed or not."""
    return _view(ask(connection, f"{_ALIASES} WHERE added_aliases.id = :id", id=alias_id)[0])


def _view(r: Mapping[str, Any]) -> AliasView:
    return AliasView(
        id=r["id"],
        actor=ActorRef(r["key"], r["name"], ActorKind(r["kind"])),
        text=r["text"],
        by=r["by"],
        at=datetime.fromisoformat(r["at"]),
        removed_by=r["removed_by"],
        removed_at=datetime.fromisoformat(r["removed_at"]) if r["removed_at"] else None,
    )


def articles_holding(connection: Connection, name: str) -> tuple[int, ...]:
    """Articles whose headline or body may hold these words: any typography, Latin letters in any case."""
    plain = " ".join(name.split())
    if not any(c.isalnum() for c in plain):
        raise BadInput("a word to look for is needed.")
    forms = {
        "form0": _like(unicodedata.normalize("NFC", plain)),
        "form1": _like(unicodedata.normalize("NFD", plain)),
    }
    found = ask(
        connection,
        """
        SELECT articles.id FROM standing_articles AS articles
        JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
        WHERE article_revisions.text LIKE :form0 OR article_revisions.text LIKE :form1
           OR articles.headline LIKE :form0 OR articles.headline LIKE :form1 ORDER BY articles.id
        """,
        **forms,
    )
    return tuple(r["id"] for r in found)


def _like(plain: str) -> str:
    """A pattern in which whatever is no letter, mark or digit stands for any one character: ’ for ', a line's end for a blank."""
    return "%" + "".join(c if unicodedata.category(c)[0] in "LMN" else "_" for c in plain) + "%"


def not_read_by(connection: Connection, version: str) -> tuple[int, ...]:
    """Articles whose current words were read by another version of the reader, or nobody told by which."""
    found = ask(
        connection,
        """
        SELECT articles.id FROM standing_articles AS articles
        JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
        WHERE article_revisions.reader_version <> :version ORDER BY articles.id
        """,
        version=version,
    )
    return tuple(r["id"] for r in found)


def to_read_anew(connection: Connection, quiet_since: datetime) -> tuple[int, ...]:
    """Ids of the articles that were not read again since something was corrected that their claims are read by."""
    found = ask(
        connection,
        """
        SELECT DISTINCT articles.id FROM corrections
        CROSS JOIN standing_articles AS articles ON articles.id = corrections.article_id
        CROSS JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
        CROSS JOIN stories ON stories.id = articles.story_id AND stories.changed_at <= :until
        WHERE article_revisions.reader_version = '' AND field IN (SELECT value FROM words_of(:fields))
        ORDER BY articles.id
        """,
        until=stamp(quiet_since),
        fields=listed(sorted(READ_BY)),
    )
    return tuple(r["id"] for r in found)
