# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Search over claims: words, actor, dates, outlet, verdict, story; with facets. The same conditions stream an export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from app.errors import BadInput, NotFound
from app.store.actors import resolve
from app.store.read.corrections import merged_into
from app.store.read.cursor import MOST, Keyset
from app.store.read.filters import status_of
from app.store.read.lines import claim_views
from app.store.read.meant import meant
from app.store.search import TermWanted, mark, match_expression, parse_query
from app.store.sql import ask, ask_ids
from app.store.tables import stamp
from app.store.views import CameView, ClaimView, Facet, Hit, Query, SearchView, Slice, StoryRef

__all__ = ["came", "claim", "claims", "count_hits", "found", "search"]

_MOST_FACETS = 30
_QUERY_CHARS = 500


@dataclass(frozen=True, slots=True)
class _Question:
    """A query as SQL: what is found, the order hits are shown in (place_a, place_b, place_c), and the values."""

    found: str
    order: str
    values: dict[str, object]
    wanted: tuple[TermWanted, ...]


def _question(connection: Connection, query: Query) -> _Question:
    if len(query.q) > _QUERY_CHARS:
        raise BadInput(f"a question is at most {_QUERY_CHARS} characters long.", where="q")
    if query.date_of not in ("event", "published"):
        raise BadInput("dates are those of the event or those of publication.", where="date_of")
    asked = parse_query(query.q)
    wanted = asked.wanted
    if query.q.strip() and not wanted and not asked.none:  # nothing but signs: nothing is found, rather than everything
        return _Question("FROM claims WHERE 0", "0 AS place_a, '' AS place_b, claims.id AS place_c", {}, ())
    source = "claims JOIN standing_articles AS articles ON articles.id = claims.article_id"
    where = ["claims.current = 1"]
    values: dict[str, object] = {}
    if wanted:
        # CROSS JOIN: words first. Left to choose, SQLite may begin with the claims and ask the index anew for each one.
        source = (
            "claim_index CROSS JOIN claims ON claims.id = claim_index.rowid "
            "CROSS JOIN standing_articles AS articles ON articles.id = claims.article_id"
        )
        where.append("claim_index MATCH :match")
        values["match"] = match_expression(asked.all)
    if asked.none:
        where.append(
            """claims.article_id NOT IN (
                SELECT said.article_id FROM claim_index CROSS JOIN claims AS said ON said.id = claim_index.rowid
                WHERE claim_index MATCH :without AND said.current = 1)"""
        )
        values["without"] = match_expression([asked.none])
    if query.actor:
        where.append(
            """claims.id IN (
                SELECT claim_id FROM attributions WHERE actor_id IN (SELECT value FROM json_each(:actors))
                UNION SELECT claim_id FROM actor_mentions WHERE actor_id IN (SELECT value FROM json_each(:actors)))"""
        )
        values["actors"] = json.dumps(resolve(connection, query.actor))
    if query.outlet:
        where.append("articles.outlet_id = (SELECT id FROM outlets WHERE key = :outlet)")
        values["outlet"] = query.outlet
    if query.story:
        where.append("articles.story_id = (SELECT id FROM standing_stories AS stories WHERE slug = :story)")
        values["story"] = merged_into(connection, query.story) or query.story
    status = status_of(query.relation)
    if status:
        where.append("EXISTS (SELECT 1 FROM alignments WHERE alignments.id = claims.row_id AND shown_status = :status)")
        values["status"] = status.value
    if query.came_after:
        source += _REVISION
        where.append(f"its.kept_at > :came_after AND {_CAME} > :came_after")
        values["came_after"] = stamp(query.came_after)
    exact = _dates(query, where, values)
    when = "claims.event_from, articles.published_key" if query.date_of == "event" else "articles.published_key"
    rank = "bm25(claim_index, 1.0, 0.3, 0.6)" if wanted else exact
    order = f"{rank} AS place_a, coalesce({when}, '') AS place_b, claims.id AS place_c"
    return _Question(f"FROM {source} WHERE {' AND '.join(where)}", order, values, wanted)


_REVISION = " JOIN article_revisions AS its ON its.id = claims.revision_id"
_CAME = """CASE WHEN its.number = 1 THEN its.kept_at ELSE (
    SELECT min(first.kept_at) FROM claims AS same JOIN article_revisions AS first ON first.id = same.revision_id
    WHERE same.article_id = claims.article_id AND same.fingerprint = claims.fingerprint) END"""
"""When the article first stated it here: what a later revision says again is not new."""


def _dates(query: Query, where: list[str], values: dict[str, object]) -> str:
    """Add the condition on dates; gives the SQL that puts what lies wholly inside the dates asked for before what overlaps."""
    if not (query.since or query.until):
        return "0"
    values["since"] = query.since.isoformat() if query.since else "0000-00-00"
    values["until"] = query.until.isoformat() if query.until else "9999-99-99"
    if query.date_of == "published":
        where.append("articles.published_key BETWEEN :since AND :until")
        return "0"
    where.append("claims.id IN (SELECT claim_id FROM date_mentions WHERE date_from <= :until AND date_to >= :since)")
    return """(NOT EXISTS (SELECT 1 FROM date_mentions WHERE date_mentions.claim_id = claims.id
        AND date_from >= :since AND date_to <= :until))"""


_ORDER = Keyset(("found.place_a", "found.place_b", "found.place_c"), ((int, float), str, int))  # type: ignore[arg-type]


def _page(
    connection: Connection, question: _Question, cursor: str | None, limit: int
) -> tuple[tuple[Hit, ...], str | None, str | None]:
    page = _ORDER.page(
        cursor,
        limit,
        lambda tail, at: ask(
            connection,
            f"SELECT * FROM (SELECT claims.id, {question.order} {question.found}) AS found WHERE 1 = 1{tail}",
            **question.values,
            **at,
        ),
        lambda r: (r["place_a"], r["place_b"], r["place_c"]),
    )
    ids = [r["id"] for r in page.rows]
    views, stories = claim_views(connection, ids), _stories(connection, ids)
    hits = tuple(Hit(views[i], mark(views[i].text, question.wanted), stories[i]) for i in ids)
    return hits, page.next, page.previous


def _stories(connection: Connection, ids: Sequence[int]) -> dict[int, StoryRef]:
    """The story of each claim."""
    of = """SELECT claims.id, stories.slug, stories.title FROM json_each(:ids) AS wanted
        JOIN claims ON claims.id = wanted.value JOIN standing_articles AS articles ON articles.id = claims.article_id
        JOIN standing_stories AS stories ON stories.id = articles.story_id"""
    return {r["id"]: StoryRef(r["slug"], r["title"]) for r in ask_ids(connection, of, ids)}


def search(connection: Connection, query: Query, cursor: str | None, limit: int) -> SearchView:
    question = _question(connection, query)
    hits, after, before = _page(connection, question, cursor, limit)
    facets: dict[str, list[Facet]] = {name: [] for name in ("actors", "outlets", "relations", "stories", "total")}
    for r in ask(connection, _FACETS.format(found=question.found), **question.values):
        facets[r["facet"]].append(Facet(r["value"], r["label"], r["n"]))
    return SearchView(
        query=query,
        hits=Slice(hits, facets["total"][0].count, after, before),
        actors=tuple(facets["actors"]),
        outlets=tuple(facets["outlets"]),
        relations=tuple(facets["relations"]),
        stories=tuple(facets["stories"]),
        meant=None if facets["total"][0].count or not question.wanted else _meant(connection, query),
    )


def _meant(connection: Connection, query: Query) -> str | None:
    """Another question that finds something under the same filters."""
    mended = meant(connection, query.q)
    if mended is None or len(mended) > _QUERY_CHARS:
        return None
    other = _question(connection, replace(query, q=mended))
    return mended if ask(connection, f"SELECT 1 {other.found} LIMIT 1", **other.values) else None


_FACETS = f"""
    WITH found AS MATERIALIZED (SELECT claims.id, claims.article_id, claims.row_id {{found}}),
    reports AS MATERIALIZED (
        SELECT articles.outlet_id, articles.story_id, n
        FROM (SELECT article_id, count(*) AS n FROM found GROUP BY article_id) JOIN standing_articles AS articles ON articles.id = article_id
    ),
    verdicts AS MATERIALIZED (
        SELECT alignments.shown_status, n
        FROM (SELECT row_id, count(*) AS n FROM found GROUP BY row_id) JOIN alignments ON alignments.id = row_id
    ),
    people AS MATERIALIZED (
        SELECT actor_id, count(*) AS n FROM (
            SELECT found.id, actor_id FROM found JOIN attributions ON attributions.claim_id = found.id
            UNION SELECT found.id, actor_id FROM found JOIN actor_mentions ON actor_mentions.claim_id = found.id
        ) GROUP BY actor_id
    )
    SELECT * FROM (
        SELECT 'actors' AS facet, actors.key AS value, actors.name AS label, n
        FROM people JOIN actors ON actors.id = actor_id WHERE actors.kind <> 'unnamed'
        ORDER BY n DESC, label, value LIMIT {_MOST_FACETS}
    )
    UNION ALL SELECT * FROM (
        SELECT 'outlets', outlets.key AS value, outlets.name AS label, sum(n) AS n
        FROM reports JOIN outlets ON outlets.id = outlet_id GROUP BY outlets.id
        ORDER BY n DESC, label, value LIMIT {_MOST_FACETS}
    )
    UNION ALL SELECT * FROM (
        SELECT 'relations', shown_status AS value, shown_status AS label, sum(n) AS n FROM verdicts GROUP BY 2
        ORDER BY n DESC, value
    )
    UNION ALL SELECT * FROM (
        SELECT 'stories', stories.slug AS value, stories.title AS label, sum(n) AS n
        FROM reports JOIN standing_stories AS stories ON stories.id = story_id GROUP BY stories.id
        ORDER BY n DESC, label, value LIMIT {_MOST_FACETS}
    )
    UNION ALL SELECT 'total', '', '', count(*) FROM found
"""


def claims(connection: Connection, query: Query) -> Iterator[Hit]:
    """All hits in order, a page at a time, in one state of the database."""
    question = _question(connection, query)
    cursor: str | None = None
    while True:
        hits, cursor, _ = _page(connection, question, cursor, MOST)
        yield from hits
        if cursor is None:
            return


def found(connection: Connection, query: Query, cursor: str | None, limit: int) -> Slice[Hit]:
    """A page of what is found, without facets."""
    hits, after, before = _page(connection, _question(connection, query), cursor, limit)
    return Slice(hits, count_hits(connection, query), after, before)


def count_hits(connection: Connection, query: Query) -> int:
    question = _question(connection, query)
    return int(ask(connection, f"SELECT count(*) AS n {question.found}", **question.values)[0]["n"])


def came(connection: Connection, query: Query, limit: int) -> tuple[CameView, ...]:
    """What is found, the latest first by when it came here."""
    if not 1 <= limit <= MOST:
        raise BadInput(f"a feed holds 1 to {MOST} entries.", where="limit")
    question = _question(connection, query)
    latest = f"""
        SELECT claims.id, {_CAME} AS came FROM (SELECT claims.id {question.found}) AS found
        JOIN claims ON claims.id = found.id {_REVISION} ORDER BY came DESC, claims.id DESC LIMIT :limit"""
    when = {r["id"]: r["came"] for r in ask(connection, latest, **question.values, limit=limit)}
    views, stories = claim_views(connection, list(when)), _stories(connection, list(when))
    return tuple(CameView(views[i], stories[i], datetime.fromisoformat(at)) for i, at in when.items())


def claim(connection: Connection, claim_id: int) -> ClaimView:
    found = claim_views(connection, [claim_id])
    if claim_id not in found:
        raise NotFound(f"there is no claim {claim_id}.")
    return found[claim_id]
