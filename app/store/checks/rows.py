# ruff: noqa: S608 - statements are put together from constants
"""Rows are made of the claims that are current, and what is shown follows from what the machine found and people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from app.store.checks.question import CheckFault, Question, faults_of, mark_uncompared
from app.store.derive import derive
from app.store.readings import stale_stories
from app.store.sql import tuples, writes_of

__all__ = ["MEMBERS", "SHOWN", "WAITING"]

_COMPARED = "JOIN stories ON stories.id = {of}.story_id AND stories.stale = 0"
_MEMBERS = {
    "row {row} of {story} is made of words that are no longer current": f"""
        SELECT DISTINCT alignments.id AS row, stories.slug AS story FROM alignments {_COMPARED.format(of="alignments")}
        JOIN alignment_members ON alignment_members.alignment_id = alignments.id AND by_machine = 1
        JOIN claims ON claims.id = alignment_members.claim_id AND claims.current = 0
        WHERE alignments.retired_at IS NULL
    """,
    "claim {claim} of {story} stands in no row": f"""
        SELECT claims.id AS claim, stories.slug AS story FROM articles {_COMPARED.format(of="articles")}
        JOIN claims ON claims.article_id = articles.id AND claims.current = 1
        WHERE NOT EXISTS (
            SELECT 1 FROM alignment_members JOIN alignments ON alignments.id = alignment_members.alignment_id
            WHERE alignment_members.claim_id = claims.id AND by_machine = 1 AND alignments.story_id = articles.story_id
        )
    """,
    "row {row} of {story} relates a claim that it does not hold": f"""
        SELECT DISTINCT alignments.id AS row, stories.slug AS story FROM relations
        JOIN alignments ON alignments.id = relations.alignment_id {_COMPARED.format(of="alignments")}
        WHERE relations.by_hand = 0 AND alignments.retired_at IS NULL AND (
            SELECT count(*) FROM alignment_members WHERE alignment_id = alignments.id AND by_machine = 1
            AND claim_id IN (relations.a_claim_id, relations.b_claim_id)
        ) < 2
    """,
    "row {row} of {story} is shown and shows nothing": """
        SELECT alignments.id AS row, stories.slug AS story FROM alignments JOIN stories ON stories.id = alignments.story_id
        WHERE alignments.shown = 1 AND NOT EXISTS (
            SELECT 1 FROM alignment_members WHERE alignment_id = alignments.id AND alignment_members.shown = 1
        )
    """,
    "story {story} holds nothing": """
        SELECT slug AS story FROM stories WHERE stale = 1
        AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.story_id = stories.id)
    """,
}


def _members(session: Session, _now: datetime) -> Iterable[CheckFault]:
    return faults_of(session.connection(), _MEMBERS)


def _compare_anew(session: Session, now: datetime, _part: None) -> None:
    mark_uncompared(session, (fault.story for fault in _members(session, now)))


def _compared(session: Session) -> Sequence[tuple[int, str]]:
    return tuples(session.connection(), "SELECT id, slug FROM stories WHERE stale = 0 ORDER BY id")


def _shown(session: Session, now: datetime, story: tuple[int, str]) -> Iterable[CheckFault]:
    """Deriving writes only what differs: so nothing, where what is shown is up to date."""
    story_id, slug = story
    before = writes_of(session.connection())
    derive(session, story_id, now)
    if writes_of(session.connection()) > before:
        yield CheckFault(f"what {slug} shows is not what was found and decided", story=slug)


def _show(session: Session, now: datetime, story: tuple[int, str]) -> None:
    if list(_shown(session, now, story)):
        session.connection().execute(
            text("UPDATE stories SET revision = revision + 1 WHERE id = :id"), {"id": story[0]}
        )


def _waiting(session: Session, _now: datetime) -> Iterable[CheckFault]:
    for slug in stale_stories(session.connection()):
        yield CheckFault(f"{slug} waits to be compared", story=slug)


MEMBERS = Question(
    "rows", "rows hold the current claims of their story, every one of them", _members, mend=_compare_anew
)
SHOWN = Question("shown", "what is shown is what was found and decided", trial=_shown, mend=_show, parts=_compared)
WAITING = Question("waiting", "every story is compared", _waiting, harmless=True)
