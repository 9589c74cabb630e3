"""Articles that may be of one event, found by the words and names that tell most: however many are kept, few are looked at.

`article_terms` holds them by term and day of publication. Of each term those nearest in time are read, so that a name that
everybody bears costs no more than a rare one. The table is kept in step with the articles, or filled anew (`rebuild`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, text

from app.core.records import Article
from app.store import codec
from app.store.corrected import article_as, corrections_in_force
from app.store.sql import insert_many, tuples

__all__ = ["STORY_WINDOW", "article_entries", "keep_terms", "near", "rebuild_terms", "rows_of", "sample"]

STORY_WINDOW = timedelta(days=180)
"""A new article is held against kept ones published within this of it when it looks for its story, and against undated ones."""
EACH_WAY = 40
"""Articles looked at by one term: of those before, of those after, of the undated."""
NEAREST = 40
"""Articles that a new one is held against at most. On 383 hand-grouped reports .985 of those of one event are among them."""

_BEFORE = "term = :term AND day BETWEEN :first AND :last ORDER BY day DESC, article_id DESC"
_AFTER = "term = :term AND day BETWEEN :first AND :last ORDER BY day, article_id DESC"


def published_day(article: Article) -> int:
    """The day it was published, as a number; 0 for an undated one."""
    return article.published.toordinal() if article.published else 0


def keep_terms(connection: Connection, article_id: int, article: Article) -> None:
    """The terms of an article as it is now, in the place of those it had."""
    connection.execute(text("DELETE FROM article_terms WHERE article_id = :id"), {"id": article_id})
    insert_many(connection, "article_terms", rows_of(article_id, article))


def rows_of(article_id: int, article: Article) -> list[dict[str, Any]]:
    """An article's rows of the table."""
    from app.core.alignment.telltale import telltales  # it takes a second to load

    day = published_day(article)
    return [{"term": term, "day": day, "article_id": article_id} for term in sorted(telltales(article))]


def near(connection: Connection, article_id: int, article: Article) -> tuple[int, ...]:
    """Ids of the kept articles that share most with this one, those that share most first."""
    from app.core.alignment.telltale import telltale_weight, telltales

    day, span = published_day(article), STORY_WINDOW.days
    ranges = [(_BEFORE, 1, 4_000_000), (_BEFORE, 0, 0)]
    if day:
        ranges = [(_BEFORE, day - span, day), (_AFTER, day + 1, day + span), (_BEFORE, 0, 0)]
    score: dict[int, float] = defaultdict(float)
    for term, weight in telltales(article).items():
        held = {
            found
            for where, first, last in ranges
            for (found,) in connection.exec_driver_sql(
                f"SELECT article_id FROM article_terms WHERE {where} LIMIT {EACH_WAY}",  # noqa: S608 - constants
                {"term": term, "first": first, "last": last},
            )
        } - {article_id}
        for found in held:
            score[found] += telltale_weight(weight, len(held))
    return tuple(sorted(score, key=lambda i: (-score[i], i))[:NEAREST])


def sample(connection: Connection, most: int) -> tuple[int, ...]:
    """Ids of so many articles, spread evenly over all there are: what the news is like otherwise."""
    last = connection.exec_driver_sql("SELECT max(id) FROM articles").scalar() or 0
    wanted = sorted({1 + k * last // most for k in range(most)}) if last else []
    found = tuples(connection, _THERE, ids=json.dumps(wanted))
    return tuple(sorted(i for (i,) in found))


_THERE = (
    "SELECT articles.id FROM ids_of(:ids) AS wanted JOIN standing_articles AS articles ON articles.id = wanted.value"
)


def rebuild_terms(connection: Connection) -> None:
    """Fill the table anew from the current revisions."""
    connection.exec_driver_sql("DELETE FROM article_terms")
    for article_id, article in article_entries(connection):
        insert_many(connection, "article_terms", rows_of(article_id, article))


def article_entries(connection: Connection, article_id: int | None = None) -> Iterator[tuple[int, Article]]:
    """Every article (or this one) as it is now, people's corrections in it, one at a time."""
    every = [article_id] if article_id else [i for (i,) in tuples(connection, "SELECT id FROM articles ORDER BY id")]
    for i in every:
        for record, words in tuples(connection, _CURRENT, id=i):
            yield i, article_as(codec.read_article(record, words), corrections_in_force(connection, [i])[i])


_CURRENT = "SELECT record, text FROM article_revisions WHERE article_id = :id AND current"
