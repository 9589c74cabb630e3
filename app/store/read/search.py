# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Search over claims: words, actor, dates, outlet, verdict, story; with facets. What is found, and in what order, is in `found.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from app.errors import BadInput, NotFound
from app.store.read.cursor import MOST
from app.store.read.found import FoundClaims, find, latest
from app.store.read.lines import claim_views
from app.store.read.meant import meant
from app.store.read.question import MOST_CHARS, SearchQuestion, search_question
from app.store.search import marked_spans
from app.store.sql import ask_ids
from app.store.views import CameView, ClaimView, Facet, Hit, Query, SearchView, Slice, StoryRef

__all__ = ["came", "claims", "count_hits", "fresh", "one_claim", "search"]

_MOST_FACETS = 30


def _hits(connection: Connection, question: SearchQuestion, ids: Sequence[int]) -> tuple[Hit, ...]:
    views, stories = claim_views(connection, ids), _stories(connection, ids)
    return tuple(Hit(views[i], marked_spans(views[i].text, question.wanted), stories[i]) for i in ids)


def _slice(connection: Connection, found: FoundClaims, cursor: str | None, limit: int) -> Slice[Hit]:
    page = found.page(connection, cursor, limit)
    hits = _hits(connection, found.question, [key[-1] for key in page.rows])
    return Slice(hits, len(found.ids), page.next, page.previous)


def _stories(connection: Connection, ids: Sequence[int]) -> dict[int, StoryRef]:
    """The story of each claim."""
    of = """SELECT claims.id, stories.slug, stories.title FROM ids_of(:ids) AS wanted
        JOIN claims ON claims.id = wanted.value JOIN standing_articles AS articles ON articles.id = claims.article_id
        JOIN standing_stories AS stories ON stories.id = articles.story_id"""
    return {r["id"]: StoryRef(r["slug"], r["title"]) for r in ask_ids(connection, of, ids)}


def search(connection: Connection, query: Query, cursor: str | None, limit: int) -> SearchView:
    found = find(connection, search_question(connection, query))
    hits = _slice(connection, found, cursor, limit)
    facets: dict[str, list[Facet]] = {name: [] for name in ("actors", "outlets", "relations", "stories")}
    for r in ask_ids(connection, _FACETS, found.ids):
        facets[r["facet"]].append(Facet(r["value"], r["label"], r["n"]))
    return SearchView(
        query=query,
        hits=hits,
        exact=found.whole,
        actors=tuple(facets["actors"]),
        outlets=tuple(facets["outlets"]),
        relations=tuple(facets["relations"]),
        stories=tuple(facets["stories"]),
        meant=None if found.ids or not found.question.wanted else _meant(connection, query),
    )


def _meant(connection: Connection, query: Query) -> str | None:
    """Another question that finds something under the same filters."""
    mended = meant(connection, query.q)
    if mended is None or len(mended) > MOST_CHARS:
        return None
    return mended if find(connection, search_question(connection, replace(query, q=mended))).ids else None


_FACETS = f"""
    WITH found AS MATERIALIZED (
        SELECT claims.id, claims.article_id, claims.row_id FROM ids_of(:ids) AS wanted CROSS JOIN claims ON claims.id = wanted.value
    ),
    reports AS MATERIALIZED (
        SELECT articles.outlet_id, articles.story_id, n
        FROM (SELECT article_id, count(*) AS n FROM found GROUP BY article_id) AS counted JOIN standing_articles AS articles ON articles.id = article_id
    ),
    verdicts AS MATERIALIZED (
        SELECT alignments.shown_status, n
        FROM (SELECT row_id, count(*) AS n FROM found GROUP BY row_id) AS counted JOIN alignments ON alignments.id = row_id
    ),
    people AS MATERIALIZED (
        SELECT actor_id, count(*) AS n FROM (
            SELECT found.id, actor_id FROM found JOIN attributions ON attributions.claim_id = found.id
            UNION SELECT found.id, actor_id FROM found JOIN actor_mentions ON actor_mentions.claim_id = found.id
        ) AS named GROUP BY actor_id
    )
    SELECT * FROM (
        SELECT 'actors' AS facet, actors.key AS value, actors.name AS label, n
        FROM people JOIN actors ON actors.id = actor_id WHERE actors.kind <> 'unnamed'
        ORDER BY n DESC, label, value LIMIT {_MOST_FACETS}
    ) AS of_actors
    UNION ALL SELECT * FROM (
        SELECT 'outlets', outlets.key AS value, outlets.name AS label, sum(n) AS n
        FROM reports JOIN outlets ON outlets.id = outlet_id GROUP BY outlets.id
        ORDER BY n DESC, label, value LIMIT {_MOST_FACETS}
    ) AS of_outlets
    UNION ALL SELECT * FROM (
        SELECT 'relations', shown_status AS value, shown_status AS label, sum(n) AS n FROM verdicts GROUP BY 2
        ORDER BY n DESC, value
    ) AS of_relations
    UNION ALL SELECT * FROM (
        SELECT 'stories', stories.slug AS value, stories.title AS label, sum(n) AS n
        FROM reports JOIN standing_stories AS stories ON stories.id = story_id GROUP BY stories.id, stories.slug, stories.title
        ORDER BY n DESC, label, value LIMIT {_MOST_FACETS}
    ) AS of_stories
"""


def claims(connection: Connection, query: Query) -> Iterator[Hit]:
    """All hits in order, read a page at a time, in one state of the database."""
    found = find(connection, search_question(connection, query))
    every = found.every(connection)
    while ids := list(islice(every, MOST)):
        yield from _hits(connection, found.question, ids)


def fresh(connection: Connection, query: Query, cursor: str | None, limit: int) -> Slice[Hit]:
    """A page of what is found, without facets."""
    return _slice(connection, find(connection, search_question(connection, query)), cursor, limit)


def count_hits(connection: Connection, query: Query) -> tuple[int, bool]:
    """How many claims are found, and whether that is all of them."""
    found = find(connection, search_question(connection, query))
    return len(found.ids), found.whole


def came(connection: Connection, query: Query, limit: int) -> tuple[CameView, ...]:
    """What is found, the latest first by when it came here."""
    if not 1 <= limit <= MOST:
        raise BadInput(f"a feed holds 1 to {MOST} entries.", where="limit")
    when = latest(connection, search_question(connection, query), limit)
    views, stories = claim_views(connection, list(when)), _stories(connection, list(when))
    return tuple(CameView(views[i], stories[i], datetime.fromisoformat(at)) for i, at in when.items())


def one_claim(connection: Connection, claim_id: int) -> ClaimView:
    found = claim_views(connection, [claim_id])
    if claim_id not in found:
        raise NotFound(f"there is no claim {claim_id}.")
    return found[claim_id]
