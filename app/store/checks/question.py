"""What a question is, and what it may find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session

from app.store.sql import ask

__all__ = ["CheckFault", "Question", "faults_of", "mark_uncompared"]


@dataclass(frozen=True, slots=True)
class CheckFault:
    """What is wrong in one sentence. `article`: reading it anew puts it right; `story`: comparing it anew does."""

    say: str
    article: int | None = None
    story: str | None = None


def _nothing(_session: Session, _now: datetime) -> Iterable[CheckFault]:
    return ()


def _one_part(_session: Session) -> Sequence[Any]:
    return (None,)


@dataclass(frozen=True, slots=True)
class Question:
    """`look` finds what is wrong by reading. `trial` finds it by writing what would have to be written, which is taken back.
    `mend` puts it right, if that can be done here.

    What is tried or mended is so in `parts`, each in a write transaction of its own, so that nobody waits long for the others.
    `harmless`: what is found is no damage.
    """

    name: str
    asks: str
    look: Callable[[Session, datetime], Iterable[CheckFault]] = _nothing
    trial: Callable[[Session, datetime, Any], Iterable[CheckFault]] | None = None
    mend: Callable[[Session, datetime, Any], None] | None = None
    parts: Callable[[Session], Sequence[Any]] = _one_part
    harmless: bool = False


def mark_uncompared(session: Session, slugs: Iterable[str | None]) -> None:
    """These stories wait to be compared, and none of their rows is taken to be as it was: whoever heals them makes them anew."""
    for slug in sorted({s for s in slugs if s is not None}):
        for statement in (
            "UPDATE stories SET stale = 1, basis = basis + 1, revision = revision + 1 WHERE slug = :slug",
            "UPDATE alignments SET digest = 'unsound' WHERE by_hand = 0 AND story_id = (SELECT id FROM stories WHERE slug = :slug)",
        ):
            session.connection().execute(text(statement), {"slug": slug})


def faults_of(connection: Connection, statements: Mapping[str, str], **values: object) -> Iterable[CheckFault]:
    """A fault a row that a statement gives; the sentence is filled with the row's columns, `article` and `story` taken over."""
    for say, statement in statements.items():
        for r in ask(connection, statement, **values):
            told: Mapping[str, Any] = r
            yield CheckFault(say.format(**told), told.get("article"), told.get("story"))
