"""The same words read anew: by a later reader, or with a name that a person added.

Statements that are found again keep their ids, so that rows, flags and decisions go on meaning them; those no longer found
stay behind as superseded, for what was said of them. The text, its revision and its hash do not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from app.core.records import Reading
from app.errors import Moved, NotFound
from app.store import codec, index, readings, telling_words
from app.store.actors import claims_in, keep_actors, recount
from app.store.corrected import article_as, as_read, corrections_in_force, reading_as
from app.store.identity import fingerprint
from app.store.keep_claims import keep_claims
from app.store.labels_left import relabel_left
from app.store.sql import LARGEST_ID, ids_in
from app.store.stories import story_of_id, touch_story
from app.store.tables import ArticleRow, ClaimRow, RevisionRow

__all__ = ["lay_over", "reread"]

_FOUND_IN = ("claim_records", "attributions", "actor_mentions", "date_mentions", "number_mentions")


def reread(session: Session, article_id: int, reading: Reading, version: str, now: datetime) -> str:
    """Put a reading of the current words in the place of the one kept; the story's slug, which is then stale."""
    article = session.get(ArticleRow, min(article_id, LARGEST_ID))
    if article is None:
        raise NotFound(f"there is no article {article_id}.")
    revision = session.exec(
        select(RevisionRow).where(RevisionRow.article_id == article.id, col(RevisionRow.current))
    ).one()
    if reading.article.text != revision.text:
        raise Moved("these are not the words that are kept now.", where=f"article {article_id}", mend="Read it again.")
    connection = session.connection()
    kept = session.exec(
        select(ClaimRow)
        .where(ClaimRow.revision_id == revision.id)
        .order_by(col(ClaimRow.superseded), col(ClaimRow.position))
    ).all()
    ids = _known_again(kept, reading)
    before = claims_in(connection, article_id)
    _set_aside(connection, kept, set(ids.values()))
    laid = corrections_in_force(connection, [article_id])[article_id]
    record = as_read(reading.article, codec.read_article(revision.record, revision.text), laid)
    revision.record = codec.write_article(record)
    revision.actors = codec.write_actors(reading.actors)
    revision.reader, revision.reader_version = reading.reader, version
    session.add(revision)
    shown, aside = reading_as(reading, laid)
    telling_words.keep_terms(connection, article_id, article_as(reading.article, laid))
    book, standing = keep_actors(session, shown), article.deleted_at is None
    if reading.claims:
        keep_claims(
            session, article_id, revision.id or 0, shown, book, ids, read=reading, aside=aside, current=standing
        )
    connection.execute(
        text("UPDATE claims SET row_id = NULL WHERE article_id = :id AND current = 0 AND row_id IS NOT NULL"),
        {"id": article_id},
    )
    session.expire_all()
    recount(connection, before, claims_in(connection, article_id))
    relabel_left(connection, article_id)
    touch_story(session, article.story_id, now)
    return story_of_id(session, article.story_id).slug


def lay_over(session: Session, article_id: int, now: datetime) -> str:
    """Show the article and its claims anew, from what was read of them and what people corrected; the story's slug."""
    session.flush()
    kept = session.exec(select(RevisionRow).where(RevisionRow.article_id == article_id, col(RevisionRow.current))).one()
    reading = readings.reading_of_article(session.connection(), article_id, None)
    return reread(session, article_id, reading, kept.reader_version, now)


def _known_again(kept: Sequence[ClaimRow], reading: Reading) -> dict[int, int]:
    """Index of a claim in the reading -> id of the same statement as it is kept; of equal statements in their order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for row in reversed(kept):
        waiting[row.fingerprint].append(row.id or 0)
    found = {}
    for i, claim in enumerate(reading.claims):
        same = waiting[fingerprint(claim.where, claim.text)]
        if same:
            found[i] = same.pop()
    return found


def _set_aside(connection: Connection, kept: Sequence[ClaimRow], again: Iterable[int]) -> None:
    """Old findings go; statements not found again are superseded. Local ids are freed for the new reading."""
    again = set(again)
    index.drop_entries(connection, [c.id or 0 for c in kept if c.current])
    for table in _FOUND_IN:
        statement = f"DELETE FROM {table} WHERE claim_id IN (SELECT value FROM ids_of(:ids))"  # noqa: S608 - constants
        connection.execute(ids_in(statement, sorted(again)))
    gone = [c.id or 0 for c in kept if c.id not in again]
    connection.execute(
        ids_in("UPDATE claims SET local_id = 'was ' || id WHERE id IN (SELECT value FROM ids_of(:ids))", sorted(again))
    )
    connection.execute(
        ids_in(
            """UPDATE claims SET local_id = 'was ' || id, current = 0, superseded = 1, row_id = NULL
            WHERE id IN (SELECT value FROM ids_of(:ids))""",
            gone,
        )
    )
