"""Readings read back as they were kept, for grouping and aligning anew; with what people corrected laid over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from app.core.records import Article, Claim, Reading
from app.errors import NotFound
from app.store import codec
from app.store.corrected import article_as, corrections_in_force, reading_as
from app.store.sql import ask, ask_ids, listed, tuples
from app.store.terms import stamp

__all__ = [
    "basis_of",
    "claims_held",
    "ids_between",
    "kept_articles",
    "lone_stories",
    "not_compared_by",
    "reading_of_article",
    "readings_of_story",
    "stale_stories",
]


_KEPT = """
    SELECT articles.id, stories.slug, article_revisions.record, article_revisions.text, NOT EXISTS (
        SELECT 1 FROM standing_articles AS other WHERE other.story_id = articles.story_id AND other.id <> articles.id
    )
    FROM ids_of(:ids) AS wanted JOIN standing_articles AS articles ON articles.id = wanted.value
    JOIN stories ON stories.id = articles.story_id
    JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
    ORDER BY articles.id
"""


def kept_articles(connection: Connection, ids: Iterable[int]) -> list[tuple[int, str, Article, bool]]:
    found = tuples(connection, _KEPT, ids=listed(sorted(ids)))
    laid = corrections_in_force(connection, [i for i, *_ in found])
    return [
        (i, slug, article_as(codec.read_article(record, words), laid[i]), bool(alone))
        for i, slug, record, words, alone in found
    ]


def ids_between(connection: Connection, since: date | None, until: date | None, most: int) -> tuple[int, ...]:
    """Ids of articles published in the window, or undated: at most so many and one."""
    found = tuples(
        connection,
        """
        SELECT id FROM standing_articles WHERE published_key = ''
        UNION ALL SELECT id FROM standing_articles
        WHERE published_key > '' AND published_key BETWEEN :since AND :until LIMIT :most
        """,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "9999",
        most=most + 1,
    )
    return tuple(i for (i,) in found)


def claims_held(connection: Connection, article_id: int) -> int:
    """How many claims are kept of an article as it is now."""
    ((found,),) = tuples(connection, "SELECT count(*) FROM claims WHERE article_id = :id AND current", id=article_id)
    return int(found)


def lone_stories(connection: Connection) -> tuple[str, ...]:
    """Slugs of stale stories of one article."""
    found = tuples(
        connection,
        """
        SELECT slug FROM stories WHERE stale = 1 AND deleted_at IS NULL AND (
            SELECT count(*) FROM (SELECT 1 FROM standing_articles AS articles WHERE articles.story_id = stories.id LIMIT 2) AS first
        ) = 1 ORDER BY +id
        """,
    )
    return tuple(slug for (slug,) in found)


def basis_of(connection: Connection, slug: str) -> int:
    """The state of what a story's rows are made from; see `StoryRow.basis`."""
    found = ask(connection, "SELECT basis FROM stories WHERE slug = :slug", slug=slug)
    if not found:
        raise NotFound(f"there is no story {slug!r}.")
    return int(found[0]["basis"])


def readings_of_story(connection: Connection, slug: str) -> tuple[tuple[int, Reading], ...]:
    """What a story is compared from: its articles and claims as corrected, without those deleted or set aside."""
    found = ask(
        connection,
        """
        SELECT articles.id AS article_id, article_revisions.id, record, text, actors, reader
        FROM stories JOIN standing_articles AS articles ON articles.story_id = stories.id
        JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
        WHERE stories.slug = :slug ORDER BY articles.published_key = '', articles.published_key, articles.id
        """,
        slug=slug,
    )
    if not found and not ask(connection, "SELECT 1 FROM stories WHERE slug = :slug", slug=slug):
        raise NotFound(f"there is no story {slug!r}.")
    claims = _claims(connection, [r["id"] for r in found])
    laid = corrections_in_force(connection, [r["article_id"] for r in found])
    readings = []
    for r in found:
        mine = laid[r["article_id"]]
        article = article_as(codec.read_article(r["record"], r["text"]), mine)
        reading = Reading(article, tuple(claims[r["id"]]), codec.read_actors(r["actors"]), r["reader"])
        shown, aside = reading_as(reading, mine)
        readings.append((r["article_id"], _without(shown, aside)))
    return tuple(readings)


def _without(reading: Reading, aside: Collection[str]) -> Reading:
    """Without the claims that were set aside; others that were nested in them, or went on with them, stand alone."""
    if not aside:
        return reading
    kept = (c for c in reading.claims if c.id not in aside)
    alone = (
        replace(
            c,
            within=None if c.within in aside else c.within,
            utterance=None if c.utterance in aside else c.utterance,
        )
        for c in kept
    )
    return replace(reading, claims=tuple(alone))


def reading_of_article(connection: Connection, article_id: int, number: int | None) -> Reading:
    """The article as corrected, where it is the current version; its claims as they were read."""
    found = ask(
        connection,
        """
        SELECT id, current, record, text, actors, reader FROM article_revisions
        WHERE article_id = :id AND (CASE WHEN :number IS NULL THEN current = 1 ELSE number = :number END)
        """,
        id=article_id,
        number=number,
    )
    if not found:
        raise NotFound(f"there is no article {article_id}" + (f" with a revision {number}." if number else "."))
    r = found[0]
    article = codec.read_article(r["record"], r["text"])
    if r["current"]:
        article = article_as(article, corrections_in_force(connection, [article_id])[article_id])
    return Reading(article, tuple(_claims(connection, [r["id"]])[r["id"]]), codec.read_actors(r["actors"]), r["reader"])


def _claims(connection: Connection, revision_ids: list[int]) -> dict[int, list[Claim]]:
    claims: dict[int, list[Claim]] = defaultdict(list)
    for r in ask_ids(
        connection,
        """
        SELECT revision_id, record
        FROM ids_of(:ids) AS wanted
        JOIN claims ON claims.revision_id = wanted.value AND claims.superseded = 0
        JOIN claim_records ON claim_records.claim_id = claims.id
        ORDER BY revision_id, position
        """,
        revision_ids,
    ):
        claims[r["revision_id"]].append(codec.read_claim(r["record"]))
    return claims


def not_compared_by(connection: Connection, version: str) -> tuple[str, ...]:
    """Stories whose rows another version made, or nobody told by which; those that are stale are compared in any case."""
    found = ask(
        connection,
        """
        SELECT slug FROM stories WHERE stale = 0 AND compared_by <> :version
        AND EXISTS (SELECT 1 FROM standing_articles AS articles WHERE articles.story_id = stories.id) ORDER BY id
        """,
        version=version,
    )
    return tuple(r["slug"] for r in found)


def stale_stories(connection: Connection, quiet_since: datetime | None = None) -> tuple[str, ...]:
    found = ask(
        connection,
        "SELECT slug FROM stories WHERE stale = 1 AND deleted_at IS NULL AND changed_at <= :until ORDER BY +id",
        until=stamp(quiet_since) if quiet_since else "9999",
    )
    return tuple(r["slug"] for r in found)
