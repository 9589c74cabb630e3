"""Reviewers, tokens and sessions: who is let in. Nobody is ever deleted, so that a name beside a decision stays a person's.

Whether a session holds is asked of session, token and person in one statement each time: what ends one of them ends it at once.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlmodel import Session, col, delete, func, select, update

from app.errors import BadInput, Conflicting, NotFound
from app.roles import Role, Scope
from app.store.audit import record
from app.store.sql import LARGEST_ID, ask
from app.store.tables import ReviewerRow, SessionRow, TokenRow
from app.store.terms import MACHINE, stamp
from app.store.tokens import NewToken, cookie_hash, new_cookie
from app.store.typed_text import typed_name
from app.store.views import Admitted, PersonView, TokenView

__all__ = [
    "IDLE",
    "LONGEST",
    "add_person",
    "add_token",
    "admitted_by_name",
    "admitted_by_session",
    "end_person",
    "end_session",
    "end_token",
    "folded_name",
    "give_role",
    "note_use",
    "people_kept",
    "rotate_token",
    "start_session",
    "token_by_prefix",
]

IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
"""A session ends after so long without a request, and after so long in any case."""
MOST_TOKENS = 50
"""Live tokens of one person."""
_NAME_CHARS = 60


def folded_name(name: str) -> str:
    """What a name is known again by: width, capitals, blanks and accents' spelling do not make another person."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def add_person(session: Session, name: str, role: Role, by: str, now: datetime) -> ReviewerRow:
    """Raises `BadInput` for what is no name, `Conflicting` for one that somebody has, or had."""
    plain = unicodedata.normalize("NFC", typed_name(name))
    if len(plain) > _NAME_CHARS or not plain.isprintable() or not any(c.isalnum() for c in plain):
        raise BadInput(f"a name has 1 to {_NAME_CHARS} characters that can be seen.", where="name")
    if folded_name(plain) == folded_name(MACHINE):
        raise BadInput("this name is the machine's own.", where="name")
    if session.exec(select(ReviewerRow.id).where(ReviewerRow.folded == folded_name(plain))).first() is not None:
        raise Conflicting("there is, or was, a reviewer of this name.", where="name", mend="Choose another one.")
    row = ReviewerRow(name=plain, folded=folded_name(plain), role=role.value, by=typed_name(by), at=now)
    session.add(row)
    session.flush()
    told = {"name": row.name, "role": row.role}
    record(session, now, by=by, what="added", kind="person", subject=row.id, after=told)
    return row


def give_role(session: Session, person_id: int, role: Role, by: str, now: datetime, *, keep_admin: bool) -> None:
    """Giving the role that somebody has changes nothing."""
    row = _person(session, person_id)
    if keep_admin and role is not Role.ADMIN:
        _not_the_last_admin(session, row)
    if row.role == role.value:
        return
    told = {"role": row.role}, {"role": role.value}
    record(session, now, by=by, what="changed", kind="person", subject=row.id, before=told[0], after=told[1])
    row.role = role.value
    session.add(row)


def end_person(session: Session, person_id: int, by: str, now: datetime, *, keep_admin: bool) -> None:
    """Ending twice is ending once. Tokens and sessions end with their person."""
    row = session.get(ReviewerRow, min(person_id, LARGEST_ID))
    if row is None:
        raise NotFound("there is no such reviewer.")
    if row.ended_at is not None:
        return
    if keep_admin:
        _not_the_last_admin(session, row)
    row.ended_at, row.ended_by = now, typed_name(by)
    session.add(row)
    record(session, now, by=by, what="ended", kind="person", subject=row.id, before={"name": row.name})
    for token in session.exec(
        select(TokenRow).where(TokenRow.reviewer_id == row.id, col(TokenRow.ended_at).is_(None))
    ).all():
        end_token(session, token.id or 0, by, now)
    _end_sessions(session, now, col(SessionRow.reviewer_id) == row.id)


def add_token(
    session: Session, person_id: int, name: str, scope: Scope, made: NewToken, by: str, now: datetime
) -> TokenRow:
    row = _person(session, person_id)
    live = select(func.count()).where(TokenRow.reviewer_id == row.id, col(TokenRow.ended_at).is_(None))
    if session.exec(live).one() >= MOST_TOKENS:
        raise Conflicting(f"one person has at most {MOST_TOKENS} tokens.", mend="Revoke one that is not used.")
    plain = " ".join(name.split())
    if not plain or len(plain) > _NAME_CHARS or not plain.isprintable():
        raise BadInput(f"a token's name has 1 to {_NAME_CHARS} characters that can be seen.", where="name")
    token = TokenRow(
        reviewer_id=row.id or 0,
        name=plain,
        scope=scope.value,
        prefix=made.prefix,
        hash=made.hash,
        by=typed_name(by),
        at=now,
    )
    session.add(token)
    session.flush()
    told = {"person": row.id, "name": plain, "scope": scope.value}
    record(session, now, by=by, what="added", kind="token", subject=token.id, after=told)
    return token


def rotate_token(
    session: Session, token_id: int, made: NewToken, by: str, now: datetime, owner: int | None = None
) -> TokenRow:
    """A new token in the place of a live one, of its name and scope. Of two who rotate one, the second is told (`Conflicting`)."""
    old = _token(session, token_id, owner)
    if old.ended_at is not None:
        raise Conflicting("this token was rotated or revoked already.", mend="Look at the tokens there are.")
    end_token(session, old.id or 0, by, now)
    session.flush()
    return add_token(session, old.reviewer_id, old.name, Scope(old.scope), made, by, now)


def end_token(session: Session, token_id: int, by: str, now: datetime, owner: int | None = None) -> None:
    """Revoking twice is revoking once. Its sessions end with it."""
    row = _token(session, token_id, owner)
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, typed_name(by)
        session.add(row)
        told = {"person": row.reviewer_id, "name": row.name}
        record(session, now, by=by, what="revoked", kind="token", subject=row.id, before=told)
    _end_sessions(session, now, col(SessionRow.token_id) == row.id)


def start_session(session: Session, who: Admitted, now: datetime, instead: str | None = None) -> str:
    """The value of a new cookie; the session of the cookie that was sent (`instead`) ends. Raises `NotFound` for one who was
    shown the door meanwhile.
    """
    token = None if who.token_id is None else session.get(TokenRow, who.token_id)
    person = session.get(ReviewerRow, who.person_id)
    if person is None or person.ended_at is not None or (who.token_id is not None and token is None):
        raise NotFound("this token is not valid.")
    if token is not None and token.ended_at is not None:
        raise NotFound("this token is not valid.")
    if instead is not None:
        end_session(session, instead, now)
    session.execute(delete(SessionRow).where(col(SessionRow.made) < now - 2 * LONGEST))
    value = new_cookie()
    session.add(
        SessionRow(hash=cookie_hash(value), reviewer_id=who.person_id, token_id=who.token_id, made=now, seen=now)
    )
    return value


def end_session(session: Session, value: str, now: datetime) -> None:
    _end_sessions(session, now, col(SessionRow.hash) == cookie_hash(value))


# --- who is let in


_ADMITTED = """
    SELECT reviewers.id AS person_id, reviewers.name AS name, role, coalesce(scope, 'review') AS scope, tokens.id AS token_id,
        {seen} AS seen, {hash} AS hash
    FROM {way} WHERE reviewers.ended_at IS NULL AND tokens.ended_at IS NULL AND """
_BY_SESSION = _ADMITTED.format(
    seen="sessions.seen",
    hash="sessions.hash",
    way="sessions JOIN reviewers ON reviewers.id = sessions.reviewer_id LEFT JOIN tokens ON tokens.id = token_id",
)
_BY_TOKEN = _ADMITTED.format(
    seen="tokens.last_used", hash="tokens.hash", way="tokens JOIN reviewers ON reviewers.id = reviewer_id"
)


def admitted_by_session(connection: Connection, value: str, now: datetime) -> tuple[Admitted, str] | None:
    """Whose cookie this is, and when it was last seen."""
    found = ask(
        connection,
        f"{_BY_SESSION} sessions.hash = :hash AND sessions.ended_at IS NULL AND made > :made AND seen > :seen",
        hash=cookie_hash(value),
        made=stamp(now - LONGEST),
        seen=stamp(now - IDLE),
    )
    return (_admitted(found[0]), str(found[0]["seen"])) if found else None


def token_by_prefix(connection: Connection, prefix: str) -> tuple[Admitted, str, str | None] | None:
    """Whose live token begins so, the hash that it must prove, and when it was last used."""
    found = ask(connection, f"{_BY_TOKEN} prefix = :prefix", prefix=prefix)
    return (_admitted(found[0]), str(found[0]["hash"]), found[0]["seen"]) if found else None


def admitted_by_name(connection: Connection, name: str) -> Admitted | bool:
    """Who has this name, for a house that says itself who somebody is; True for one who was ended, False for nobody."""
    found = ask(
        connection, "SELECT id, name, role, ended_at FROM reviewers WHERE folded = :folded", folded=folded_name(name)
    )
    if not found:
        return False
    row = found[0]
    return True if row["ended_at"] else Admitted(row["id"], row["name"], Role(row["role"]), Scope.REVIEW, None)


def note_use(session: Session, now: datetime, *, token_id: int | None = None, cookie: str | None = None) -> None:
    if token_id is not None:
        session.execute(update(TokenRow).where(col(TokenRow.id) == token_id).values(last_used=now))
    if cookie is not None:
        session.execute(update(SessionRow).where(col(SessionRow.hash) == cookie_hash(cookie)).values(seen=now))


def people_kept(session: Session, person_id: int | None = None) -> tuple[PersonView, ...]:
    """Everybody, those who left last, with their live tokens."""
    asked = select(ReviewerRow).order_by(col(ReviewerRow.ended_at).is_not(None), col(ReviewerRow.folded))
    rows = session.exec(asked if person_id is None else asked.where(ReviewerRow.id == person_id)).all()
    tokens: dict[int, list[TokenRow]] = {}
    for token in session.exec(
        select(TokenRow).where(col(TokenRow.ended_at).is_(None)).order_by(col(TokenRow.id))
    ).all():
        tokens.setdefault(token.reviewer_id, []).append(token)
    return tuple(
        PersonView(
            id=row.id or 0,
            name=row.name,
            role=Role(row.role),
            by=row.by,
            at=row.at,
            ended_at=row.ended_at,
            tokens=tuple(token_view(t, row.name) for t in tokens.get(row.id or 0, ())),
        )
        for row in rows
    )


def token_view(row: TokenRow, person: str) -> TokenView:
    return TokenView(
        id=row.id or 0,
        person_id=row.reviewer_id,
        person=person,
        name=row.name,
        scope=Scope(row.scope),
        prefix=row.prefix,
        by=row.by,
        at=row.at,
        last_used=row.last_used,
        ended_at=row.ended_at,
    )


def _admitted(row: object) -> Admitted:
    values = dict(row)  # type: ignore[call-overload]
    return Admitted(
        values["person_id"], values["name"], Role(values["role"]), Scope(values["scope"]), values["token_id"]
    )


def _person(session: Session, person_id: int) -> ReviewerRow:
    row = session.get(ReviewerRow, min(person_id, LARGEST_ID))
    if row is None or row.ended_at is not None:
        raise NotFound("there is no such reviewer.", mend="`parallax reviewer list` names them.")
    return row


def _token(session: Session, token_id: int, owner: int | None) -> TokenRow:
    row = session.get(TokenRow, min(token_id, LARGEST_ID))
    if row is None or (owner is not None and row.reviewer_id != owner):
        raise NotFound("there is no such token.")
    return row


def _not_the_last_admin(session: Session, row: ReviewerRow) -> None:
    others = select(func.count()).where(
        ReviewerRow.role == Role.ADMIN.value, col(ReviewerRow.ended_at).is_(None), ReviewerRow.id != row.id
    )
    if row.role == Role.ADMIN.value and not session.exec(others).one():
        raise Conflicting("nobody else is an admin.", mend="Make somebody else an admin first.")


def _end_sessions(session: Session, now: datetime, which: object) -> None:
    statement = update(SessionRow).where(which, col(SessionRow.ended_at).is_(None))  # type: ignore[arg-type]
    session.execute(statement.values(ended_at=now))
