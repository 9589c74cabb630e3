# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""The story page: rows under filters, with counts, matrix, time line and facets; story cards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from app.core.records import Status
from app.core.thresholds import ROW_SCORE_LOOSE, ROW_SCORE_SHOWN
from app.errors import BadInput
from app.store.read.cursor import MOST, Keyset
from app.store.read.filters import EVERY_ROW, FACETS, Filters, asked_look, sort_of, status_of
from app.store.read.gone import not_there
from app.store.read.reader_view import looked_rows
from app.store.read.rows import row_views, story_columns
from app.store.read.whom import resolve, theirs
from app.store.sql import ask, listed
from app.store.views import (
    ArticleRef,
    Facet,
    MatrixCell,
    OutletView,
    RowView,
    Slice,
    StoryRef,
    StoryView,
    TimePoint,
)

__all__ = ["EVERY_ROW", "Filters", "all_rows", "named", "rows", "story"]


def _story_row(connection: Connection, slug: str) -> Mapping[str, Any]:
    found = ask(connection, "SELECT * FROM standing_stories AS stories WHERE slug = :slug", slug=slug)
    if not found:
        raise not_there(connection, slug)
    return found[0]


def named(connection: Connection, slug: str, filters: Filters = EVERY_ROW) -> StoryRef:
    """The story of this slug, where it is there and can be looked at so; no row of it is read."""
    row = _story_row(connection, slug)
    asked_look(connection, filters)
    return StoryRef(row["slug"], row["title"])


def _where(connection: Connection, story_id: int, filters: Filters) -> tuple[str, dict[str, object]]:
    """The condition on `alignments` for all filters but the status, with its values."""
    where = "alignments.story_id = :story AND alignments.shown = 1"
    values: dict[str, object] = {"story": story_id}
    inside = """
        SELECT 1 FROM alignment_members
        JOIN claims ON claims.id = alignment_members.claim_id
        JOIN standing_articles AS articles ON articles.id = claims.article_id"""
    of_row = "alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1"
    if filters.outlet:
        where += f""" AND EXISTS ({inside} JOIN outlets ON outlets.id = articles.outlet_id
            WHERE {of_row} AND outlets.key = :outlet)"""
        values["outlet"] = filters.outlet
    if filters.actor:
        where += f" AND EXISTS ({inside} WHERE {of_row} AND {theirs('claims.id')})"
        values["actors"] = listed(resolve(connection, filters.actor))
    if filters.since or filters.until:
        values |= {
            "since": filters.since.isoformat() if filters.since else "0000-00-00",
            "until": filters.until.isoformat() if filters.until else "9999-99-99",
        }
        if filters.date_of == "published":
            where += f" AND EXISTS ({inside} WHERE {of_row} AND articles.published_key BETWEEN :since AND :until)"
        elif filters.date_of == "event":
            where += f""" AND EXISTS ({inside} JOIN date_mentions ON date_mentions.claim_id = claims.id
                WHERE {of_row} AND date_mentions.date_from <= :until AND date_mentions.date_to >= :since)"""
        else:
            raise BadInput("dates are those of the event or those of publication.", where="date_of")
    if filters.only_differences:
        where += " AND alignments.shown_status IN ('conflict', 'diverge', 'updated')"
    return where, values


def rows(
    connection: Connection, slug: str, filters: Filters, cursor: str | None, limit: int
) -> tuple[Slice[RowView], dict[Status, int], Mapping[str, Any]]:
    """One page of rows, the counts by status under the other filters, and the story."""
    story_row = _story_row(connection, slug)
    asked = asked_look(connection, filters)
    columns = story_columns(connection, story_row["id"])
    if asked is not None:
        found = looked_rows(connection, story_row["id"], filters, asked, columns, cursor, limit)
        return found.rows, found.counts, story_row
    where, values = _where(connection, story_row["id"], filters)
    shown, counts = _page(connection, filters, where, values, columns, cursor, limit)
    return shown, counts, story_row


def _page(
    connection: Connection,
    filters: Filters,
    where: str,
    values: dict[str, object],
    columns: Sequence[ArticleRef],
    cursor: str | None,
    limit: int,
) -> tuple[Slice[RowView], dict[Status, int]]:
    status, sort = status_of(filters.status), sort_of(filters)
    counted = ask(connection, f"SELECT shown_status, count(*) AS n FROM alignments WHERE {where} GROUP BY 1", **values)
    counts = dict.fromkeys(Status, 0) | {Status(r["shown_status"]): r["n"] for r in counted}
    only = " AND alignments.shown_status = :status" if status else ""
    if status:
        values = {**values, "status": status.value}
    page = Keyset((f"alignments.{sort}",), (str,)).page(
        cursor,
        limit,
        lambda tail, at: ask(
            connection, f"SELECT alignments.id, {sort} FROM alignments WHERE {where}{only}{tail}", **values, **at
        ),
        lambda r: (r[sort],),
    )
    views = row_views(connection, [r["id"] for r in page.rows], columns)
    total = counts[status] if status else sum(counts.values())
    return Slice(views, total, page.next, page.previous), counts


def all_rows(
    connection: Connection, slug: str, filters: Filters = EVERY_ROW, first: Slice[RowView] | None = None
) -> Iterator[RowView]:
    """Every row, a page at a time; `first`: the page that was read already."""
    page = first or rows(connection, slug, filters, None, MOST)[0]
    yield from page.items
    while page.next:
        page, _, _ = rows(connection, slug, filters, page.next, MOST)
        yield from page.items


def story(connection: Connection, slug: str, filters: Filters, cursor: str | None, limit: int) -> StoryView:
    row = _story_row(connection, slug)
    asked = asked_look(connection, filters)
    columns = story_columns(connection, row["id"])
    outlets = tuple(dict.fromkeys(c.outlet for c in columns))
    if asked is None:
        where, values = _where(connection, row["id"], filters)
        shown, counts = _page(connection, filters, where, values, columns, cursor, limit)
        seen: Sequence[ArticleRef] = columns
        actors = _actor_facets(connection, where, values)
        pairs, points = json.loads(row["matrix"]), json.loads(row["timeline"])
    else:
        found = looked_rows(connection, row["id"], filters, asked, columns, cursor, limit)
        shown, counts, actors = found.rows, found.counts, found.actors
        seen = found.columns
        pairs, points = found.look.matrix, found.look.timeline
    dated = [c.published for c in seen if c.published]
    return StoryView(
        story=StoryRef(row["slug"], row["title"]),
        columns=tuple(seen),
        outlets=outlets,
        first=min(dated, default=None),
        last=max(dated, default=None),
        counts=counts,
        rows=shown,
        actors=actors,
        matrix=_matrix(pairs, {o.key: o for o in outlets}),
        timeline=tuple(TimePoint(*p) for p in points),
        reader=", ".join(r["reader"] for r in ask(connection, _READERS, story=row["id"])),
        strictness=asked.strictness if asked else ROW_SCORE_SHOWN,
        strictness_usual=ROW_SCORE_SHOWN,
        strictness_least=ROW_SCORE_LOOSE,
        chosen=asked.outlets if asked else (),
        waiting=bool(row["stale"]),
        compared_with=row["compared_with"],
        compared_by=row["compared_by"],
    )


_READERS = """
    SELECT DISTINCT reader FROM standing_articles AS articles
    JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
    WHERE articles.story_id = :story ORDER BY reader
"""


def _actor_facets(connection: Connection, where: str, values: Mapping[str, object]) -> tuple[Facet, ...]:
    """Actors by the number of rows that quote or mention them."""
    found = ask(
        connection,
        f"""
        WITH picked AS (SELECT alignments.id FROM alignments WHERE {where}),
        who AS (
            SELECT picked.id AS row_id, attributions.actor_id
            FROM picked JOIN alignment_members ON alignment_members.alignment_id = picked.id AND alignment_members.shown = 1
            JOIN attributions ON attributions.claim_id = alignment_members.claim_id
            UNION
            SELECT picked.id, actor_mentions.actor_id
            FROM picked JOIN alignment_members ON alignment_members.alignment_id = picked.id AND alignment_members.shown = 1
            JOIN actor_mentions ON actor_mentions.claim_id = alignment_members.claim_id
        )
        SELECT actors.key, actors.name, count(*) AS n FROM who CROSS JOIN actors ON actors.id = who.actor_id
        WHERE actors.kind <> 'unnamed' GROUP BY actors.id ORDER BY n DESC, actors.name, actors.key LIMIT {FACETS}
        """,
        **values,
    )
    return tuple(Facet(r["key"], r["name"], r["n"]) for r in found)


def _matrix(kept: Sequence[Sequence[Any]], outlets: Mapping[str, OutletView]) -> tuple[MatrixCell, ...]:
    cells = (MatrixCell(outlets[a], outlets[b], *counts) for a, b, *counts in kept if a in outlets and b in outlets)
    return tuple(sorted(cells, key=lambda c: (c.a.name, c.b.name)))
