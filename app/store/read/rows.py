"""Rows of the side-by-side view: their cells, and why a cell is empty."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.core.records import Between, Dimension, Status
from app.store.read.lines import ARTICLE_COLUMNS, article_ref, claim_views, decisions_of, flags_of, marks_of, reasons_of
from app.store.sql import ask, ask_ids
from app.store.views import ArticleRef, CellView, ClaimView, RowView, Silence

__all__ = ["columns_of", "row_views"]

_COLUMNS = f"""
    SELECT {ARTICLE_COLUMNS}
    FROM articles
    JOIN outlets ON outlets.id = articles.outlet_id
    JOIN stories ON stories.id = articles.story_id
    WHERE articles.story_id = :story
    ORDER BY articles.published_key = '', articles.published_key, articles.id
"""  # noqa: S608 - constants only
_MEMBERS = """
    SELECT alignment_members.alignment_id AS row_id, claims.id, claims.article_id, claims.event_from, articles.published
    FROM json_each(:ids) AS wanted
    JOIN alignment_members ON alignment_members.alignment_id = wanted.value AND alignment_members.shown = 1
    JOIN claims ON claims.id = alignment_members.claim_id
    JOIN articles ON articles.id = claims.article_id
    ORDER BY row_id, claims.article_id, claims.position
"""
_ROWS = "SELECT alignments.* FROM json_each(:ids) AS wanted JOIN alignments ON alignments.id = wanted.value"


def columns_of(connection: Connection, story_id: int) -> tuple[ArticleRef, ...]:
    """A story's articles in order of publication, undated ones last."""
    return tuple(article_ref(r) for r in ask(connection, _COLUMNS, story=story_id))


def row_views(connection: Connection, row_ids: Sequence[int], columns: Sequence[ArticleRef]) -> tuple[RowView, ...]:
    """The rows with these ids in this order, in ten statements."""
    rows = {r["id"]: r for r in ask_ids(connection, _ROWS, row_ids)}
    members: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for m in ask_ids(connection, _MEMBERS, row_ids):
        members[m["row_id"]].append(m)
    claims = claim_views(connection, [m["id"] for ms in members.values() for m in ms], marks_of(connection, row_ids))
    flags = flags_of(connection, row_ids)
    decisions = decisions_of(connection, row_ids)
    reasons = reasons_of(connection, {i: Status(r["shown_status"]) for i, r in rows.items()})
    return tuple(
        RowView(
            id=i,
            label=rows[i]["shown_label"],
            status=Status(rows[i]["shown_status"]),
            between=Between(rows[i]["between"]) if rows[i]["between"] else None,
            dimensions=tuple(Dimension(d) for d in json.loads(rows[i]["dimensions"])),
            summary=rows[i]["summary"],
            outlets=rows[i]["outlets"],
            cells=_cells(columns, members[i], claims, Status(rows[i]["shown_status"])),
            flags=tuple(flags[i]),
            decisions=tuple(decisions[i]),
            score=rows[i]["score"],
            reasons=reasons.get(i, ()),
        )
        for i in row_ids
        if i in rows
    )


def _cells(
    columns: Sequence[ArticleRef], members: Sequence[Mapping[str, Any]], claims: Mapping[int, ClaimView], status: Status
) -> tuple[CellView, ...]:
    by_article: dict[int, list[ClaimView]] = defaultdict(list)
    for m in members:
        by_article[m["article_id"]].append(claims[m["id"]])
    since = _could_exist_since(members, status)
    return tuple(
        CellView(c.id, tuple(by_article[c.id])) if c.id in by_article else CellView(c.id, (), _silence(c, since))
        for c in columns
    )


def _could_exist_since(members: Sequence[Mapping[str, Any]], status: Status) -> date | None:
    """The first day on which the row's claims could have been made, as far as they tell.

    That is the day of the event, when an article tells it as past; a day still to come when told ("will expire") proves
    nothing. What changed with time could not be told before the first article that tells it.
    """
    published = [m["published"] for m in members if m["published"]]
    days = [
        m["event_from"] for m in members if m["event_from"] and m["published"] and m["event_from"] <= m["published"]
    ]
    if days:
        return date.fromisoformat(min(*days, *published))
    return date.fromisoformat(min(published)) if published and status is Status.UPDATED else None


def _silence(column: ArticleRef, since: date | None) -> Silence:
    if since is not None and column.published is not None and column.published < since:
        return Silence.PUBLISHED_BEFORE
    return Silence.EXCERPT_ONLY if column.excerpt else Silence.NOT_MENTIONED
