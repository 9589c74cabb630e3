"""Articles that may be of one event, found by the words and names that tell most: however many are kept, few are looked at.

`article_terms` holds them by term and day of publication. Of each term those nearest in time are read, so that a name that
everybody bears costs no more than a rare one. The table is kept in step with the articles, or filled anew (`rebuild`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, text

from app.core.records import Article
from app.store import codec
from app.store.corrected import article_as, corrections_in_force
from app.store.sql import insert_many, listed, tuples

__all__ = [
    "STORY_WINDOW",
    "article_entries",
    "keep_terms",
    "near",
    "near_in_parts",
    "rebuild_terms",
    "rows_of",
    "sample",
]

STORY_WINDOW = timedelta(days=180)
"""A new article is held against kept ones published within this of it when it looks for its story, and against undated ones."""
EACH_WAY = 40
"""Articles looked at by one term: of those before, of those after, of the undated."""
NEAREST = 40
"""Articles that a new one is held against at most. On 383 hand-grouped reports .985 of those of one event are among them."""

_BEFORE = "term = :term AND day BETWEEN :first AND :day ORDER BY day DESC, article_id DESC"
_AFTER = "term = :term AND day > :day AND day <= :last ORDER BY day, article_id DESC"
_ANY_DAY = "term = :term AND day >= 1 ORDER BY day DESC, article_id DESC"
_UNDATED = "term = :term AND day = 0 ORDER BY article_id DESC"


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
    ranges = (_BEFORE, _AFTER, _UNDATED) if day else (_ANY_DAY, _UNDATED)
    asked = " UNION ALL ".join(
        f"SELECT article_id FROM (SELECT article_id FROM article_terms WHERE {where} LIMIT {EACH_WAY}) AS part{n}"  # noqa: S608
        for n, where in enumerate(ranges)
    )
    score: dict[int, float] = defaultdict(float)
    for term, weight in telltales(article).items():
        found = tuples(connection, asked, term=term, day=day, first=day - span, last=day + span)
        held = {i for (i,) in found} - {article_id}
        for i in held:
            score[i] += telltale_weight(weight, len(held))
    return tuple(sorted(score, key=lambda i: (-score[i], i))[:NEAREST])


def near_in_parts(
    connection: Connection, fresh: Mapping[int, Article], most: int
) -> list[tuple[frozenset[int], frozenset[int]]]:
    """These articles in parts that go by their days: ids of a part, and of it with all that are near one of them, `most` at most.

    Those of one time have much the same near them, so that a part is large. One that alone has more is a part of its own.
    """
    parts: list[tuple[frozenset[int], frozenset[int]]] = []
    for i in sorted(fresh, key=lambda i: (published_day(fresh[i]), i)):
        mine = frozenset((i, *near(connection, i, fresh[i])))
        ids, held = parts[-1] if parts else (frozenset(), frozenset())
        if parts and len(held | mine) <= most:
            parts[-1] = (ids | {i}, held | mine)
        else:
            parts.append((frozenset({i}), mine))
    return parts


def sample(connection: Connection, most: int) -> tuple[int, ...]:
    """Ids of so many articles, spread evenly over all there are: what the news is like otherwise."""
    last = connection.exec_driver_sql("SELECT max(id) FROM articles").scalar() or 0
    wanted = sorted({1 + k * last // most for k in range(most)}) if last else []
    found = tuples(connection, _THERE, ids=listed(wanted))
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
