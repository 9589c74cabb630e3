# ruff: noqa: S608 - statements are put together from constants
"""Claims and what was found in them are the words of their articles: every offset slices back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from app.store.checks.question import CheckFault, Question, faults_of, mark_uncompared
from app.store.sql import ids_in

__all__ = ["OFFSETS", "RECORDS"]

_RECORDS = {
    "article {article} has {n} current versions": """
        SELECT articles.id AS article, count(article_revisions.id) AS n FROM articles
        LEFT JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
        GROUP BY articles.id HAVING count(article_revisions.id) <> 1
    """,
    "claim {id} of article {article} is current, and the version it is from is not": """
        SELECT claims.id, claims.article_id AS article FROM claims
        JOIN article_revisions ON article_revisions.id = claims.revision_id
        WHERE claims.current = 1 AND article_revisions.current = 0
    """,
    "claim {id} of article {article} is of the current version, and not current": """
        SELECT claims.id, claims.article_id AS article FROM claims
        JOIN article_revisions ON article_revisions.id = claims.revision_id
        JOIN standing_articles ON standing_articles.id = claims.article_id
        WHERE claims.current = 0 AND claims.superseded = 0 AND claims.aside = 0 AND article_revisions.current = 1
    """,
    "claim {id} of article {article} is kept in part": """
        SELECT claims.id, claims.article_id AS article FROM claims
        WHERE NOT EXISTS (SELECT 1 FROM claim_records WHERE claim_records.claim_id = claims.id) AND claims.superseded = 0
    """,
}
_OTHERWISE = """(claims.stands_in <> 'body' AND NOT article_revisions.current AND EXISTS (
    SELECT 1 FROM corrections WHERE corrections.article_id = claims.article_id AND corrections.field = 'headline'))"""
"""An old version was read with the headline that was in force then, which is told nowhere."""
_SOURCE = f"""CASE WHEN {_OTHERWISE} THEN NULL WHEN claims.stands_in = 'body' THEN article_revisions.text
    WHEN article_revisions.current THEN (SELECT headline FROM articles WHERE articles.id = claims.article_id)
    ELSE json_extract(article_revisions.record, '$.headline') END"""
_FOUND = """SELECT claims.id, claims.article_id AS article, found.text FROM claims
        JOIN article_revisions ON article_revisions.id = claims.revision_id JOIN {table} AS found ON found.claim_id = claims.id
        WHERE claims.superseded = 0 AND found."end" > found.start
        AND substr({source}, found.start + 1, found."end" - found.start) <> found.text"""
_OFFSETS = {
    "claim {id} is not the words of article {article} at its place": f"""
        SELECT claims.id, claims.article_id AS article FROM claims
        JOIN article_revisions ON article_revisions.id = claims.revision_id
        WHERE substr({_SOURCE}, claims.start + 1, claims."end" - claims.start) IS NOT claims.text
        AND NOT (claims.superseded = 1 AND claims.stands_in <> 'body') AND NOT {_OTHERWISE}
    """,
    "{text!r} does not stand where claim {id} of article {article} says an actor does": _FOUND.format(
        table="actor_mentions", source=_SOURCE
    ),
    "{text!r} does not stand where claim {id} of article {article} says a date does": _FOUND.format(
        table="date_mentions", source=_SOURCE
    ),
    "{text!r} does not stand where claim {id} of article {article} says a number does": _FOUND.format(
        table="number_mentions", source=_SOURCE
    ),
    "a reason of row {row} points outside its claims": """
        SELECT relations.alignment_id AS row, stories.slug AS story FROM reasons
        JOIN relations ON relations.id = reasons.relation_id
        JOIN alignments ON alignments.id = relations.alignment_id JOIN stories ON stories.id = alignments.story_id
        JOIN claims AS a ON a.id = relations.a_claim_id JOIN claims AS b ON b.id = relations.b_claim_id
        WHERE NOT (coalesce(a_start, 0) BETWEEN 0 AND coalesce(a_end, 0) AND coalesce(a_end, 0) <= length(a.text)
            AND coalesce(b_start, 0) BETWEEN 0 AND coalesce(b_end, 0) AND coalesce(b_end, 0) <= length(b.text))
    """,
}


def _records(session: Session, _now: datetime) -> Iterable[CheckFault]:
    return faults_of(session.connection(), _RECORDS)


def _offsets(session: Session, _now: datetime) -> Iterable[CheckFault]:
    return faults_of(session.connection(), _OFFSETS)


def _mend_records(session: Session, now: datetime, _part: None) -> None:
    """The latest version of an article is the current one; what is kept in part is read anew."""
    connection = session.connection()
    connection.execute(
        text(
            """
            UPDATE article_revisions SET current = 1 WHERE id IN (
                SELECT (SELECT id FROM article_revisions WHERE article_id = articles.id ORDER BY number DESC LIMIT 1)
                FROM articles
                WHERE NOT EXISTS (SELECT 1 FROM article_revisions WHERE article_id = articles.id AND current)
            )
            """
        )
    )
    connection.execute(
        text(
            """
            UPDATE claims SET current = (SELECT current FROM article_revisions WHERE id = claims.revision_id)
            WHERE superseded = 0 AND aside = 0 AND article_id IN (SELECT id FROM standing_articles) AND current <> (SELECT current FROM article_revisions WHERE id = claims.revision_id)
            """
        )
    )
    _read_anew(session, _records(session, now))


def _mend_offsets(session: Session, now: datetime, _part: None) -> None:
    _read_anew(session, _offsets(session, now))
    mark_uncompared(session, (f.story for f in _offsets(session, now)))


def _read_anew(session: Session, faults: Iterable[CheckFault]) -> None:
    """Their articles are known as read by nobody knows which reader: so they are read anew, now or by whoever is next."""
    articles = sorted({f.article for f in faults if f.article is not None})
    mark = "UPDATE article_revisions SET reader_version = '' WHERE current AND article_id IN (SELECT value FROM ids_of(:ids))"
    session.connection().execute(ids_in(mark, articles))


RECORDS = Question(
    "records", "every article has one current version, every claim of it is kept whole", _records, mend=_mend_records
)
OFFSETS = Question(
    "offsets", "claims, actors, dates, numbers and reasons are the words at their places", _offsets, mend=_mend_offsets
)
