"""Rows of a look that is not the usual one: filtered, counted and paged in memory, shown as any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.core.records import Status
from app.errors import BadInput
from app.store.read.cursor import Keyset
from app.store.read.filters import FACETS, Filters, ViewOptions, sort_of, status_of
from app.store.read.rows import row_views
from app.store.read.whom import resolve, theirs
from app.store.reader_view import ReaderView, view_for
from app.store.sql import ask, listed
from app.store.views import ArticleRef, Facet, RowView, Slice

__all__ = ["LookedRows", "looked_rows"]

_DIFFERENT = (Status.CONFLICT, Status.DIVERGE, Status.UPDATED)


@dataclass(frozen=True, slots=True)
class LookedRows:
    rows: Slice[RowView]
    counts: dict[Status, int]
    columns: Sequence[ArticleRef]
    actors: tuple[Facet, ...]
    look: ReaderView


def looked_rows(
    connection: Connection,
    story_id: int,
    filters: Filters,
    asked: ViewOptions,
    columns: Sequence[ArticleRef],
    cursor: str | None,
    limit: int,
) -> LookedRows:
    """One page of a look, with what is counted over all its rows under the filters but the status."""
    status, sort = status_of(filters.status), sort_of(filters)
    keys = {o.key for o in asked.outlets}
    look = view_for(connection, story_id, asked.strictness, keys)
    seen = [c for c in columns if c.outlet.key in keys] if keys else columns
    row_ids = _filtered(connection, story_id, look, filters)
    counts = dict.fromkeys(Status, 0) | Counter(Status(str(look.columns[i]["shown_status"])) for i in row_ids)
    chosen = [i for i in row_ids if status is None or look.columns[i]["shown_status"] == status]
    chosen.sort(key=lambda i: str(look.columns[i][sort]))
    page = Keyset((sort,), (str,)).pick(cursor, limit, chosen, lambda i: (str(look.columns[i][sort]),))
    views = row_views(connection, page.rows, seen, look, asked.outlets)
    return LookedRows(
        rows=Slice(views, len(chosen), page.next, page.previous),
        counts=counts,
        columns=seen,
        actors=_actor_facets(look, row_ids),
        look=look,
    )


def _filtered(connection: Connection, story_id: int, look: ReaderView, filters: Filters) -> list[int]:
    """Rows with a claim that fits each filter."""
    wanted = [i for i in look.columns if not filters.only_differences or look.columns[i]["shown_status"] in _DIFFERENT]
    fits: list[set[int]] = []
    if filters.outlet:
        fits.append({c for c, fact in look.facts.items() if fact.outlet_key == filters.outlet})
    if filters.actor:
        found = ask(connection, _OF_ACTORS, story=story_id, actors=listed(resolve(connection, filters.actor)))
        fits.append({r["id"] for r in found})
    if filters.since or filters.until:
        since = filters.since.isoformat() if filters.since else "0000-00-00"
        until = filters.until.isoformat() if filters.until else "9999-99-99"
        if filters.date_of == "published":
            fits.append({c for c, fact in look.facts.items() if since <= fact.published <= until})
        elif filters.date_of == "event":
            fits.append({r["id"] for r in ask(connection, _OF_DATES, story=story_id, since=since, until=until)})
        else:
            raise BadInput("dates are those of the event or those of publication.", where="date_of")
    return [i for i in wanted if all(not fit.isdisjoint(look.claims[i]) for fit in fits)]


_OF_ACTORS = f"""
    SELECT claims.id FROM standing_articles AS articles JOIN claims ON claims.article_id = articles.id
    WHERE articles.story_id = :story AND {theirs("claims.id")}
"""  # noqa: S608 - constants only
_OF_DATES = """
    SELECT claims.id FROM standing_articles AS articles JOIN claims ON claims.article_id = articles.id
    JOIN date_mentions ON date_mentions.claim_id = claims.id
    WHERE articles.story_id = :story AND date_mentions.date_from <= :until AND date_mentions.date_to >= :since
"""


def _actor_facets(look: ReaderView, row_ids: Sequence[int]) -> tuple[Facet, ...]:
    """Actors by the number of rows that quote or mention them."""
    nobody: frozenset[tuple[str, str]] = frozenset()
    count = Counter(
        actor for i in row_ids for actor in frozenset().union(*(look.who.get(c, nobody) for c in look.claims[i]))
    )
    ranked = sorted(count.items(), key=lambda x: (-x[1], x[0][1], x[0][0]))
    return tuple(Facet(key, name, n) for (key, name), n in ranked[:FACETS])
