"""Rows of the side-by-side view: their cells, and why a cell is empty."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.core.records import PROBABILITY_PLACES, Between, Dimension, Status
from app.store.read.lines import ARTICLE_COLUMNS, article_ref, claims_in_rows, loud_of, reasons_of
from app.store.read.remarks import decisions_of, flags_of, two_opinions
from app.store.read.sources import agency_lines, origin_views, row_utterances
from app.store.reader_view import ReaderView
from app.store.sql import ask, ask_ids
from app.store.views import ArticleRef, CellView, ClaimView, OutletView, RowView, SideView, Silence

__all__ = ["row_views", "silences_of", "story_columns"]

_COLUMNS = f"""
    SELECT {ARTICLE_COLUMNS}
    FROM standing_articles AS articles
    JOIN outlets ON outlets.id = articles.outlet_id
    JOIN standing_stories AS stories ON stories.id = articles.story_id
    WHERE articles.story_id = :story
    ORDER BY articles.published_key = '', articles.published_key, articles.id
"""  # noqa: S608 - constants only
_MEMBERS = """
    SELECT alignment_members.alignment_id AS row_id, claims.id, claims.article_id, claims.event_from, articles.published
    FROM ids_of(:ids) AS wanted
    JOIN alignment_members ON alignment_members.alignment_id = wanted.value AND alignment_members.shown = 1
    JOIN claims ON claims.id = alignment_members.claim_id
    JOIN standing_articles AS articles ON articles.id = claims.article_id
    ORDER BY row_id, claims.article_id, claims.position
"""
_LOOKED = """
    SELECT claims.id, claims.article_id, claims.event_from, articles.published
    FROM ids_of(:ids) AS wanted JOIN claims ON claims.id = wanted.value JOIN standing_articles AS articles ON articles.id = claims.article_id
    ORDER BY claims.article_id, claims.position
"""
_ROWS = """
    SELECT alignments.*, alignments.retired_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM alignment_members JOIN claims ON claims.id = claim_id JOIN articles ON articles.id = article_id
        WHERE alignment_members.alignment_id = alignments.id AND articles.deleted_at IS NOT NULL
    ) AS of_deleted
    FROM ids_of(:ids) AS wanted JOIN alignments ON alignments.id = wanted.value
"""
"""`of_deleted`: retired with claims of an article that was deleted, whose words its label and its summary may hold."""
_OF_DELETED = "An article of this row was deleted"


def story_columns(connection: Connection, story_id: int) -> tuple[ArticleRef, ...]:
    """A story's articles in order of publication, undated ones last."""
    return tuple(article_ref(r) for r in ask(connection, _COLUMNS, story=story_id))


def row_views(
    connection: Connection,
    row_ids: Sequence[int],
    columns: Sequence[ArticleRef],
    look: ReaderView | None = None,
    chosen: Sequence[OutletView] = (),
) -> tuple[RowView, ...]:
    """The rows with these ids in this order, in fourteen statements; as a look has them, where it is not the usual one."""
    kept = {r["id"]: r for r in ask_ids(connection, _ROWS, row_ids)}
    rows: Mapping[int, Mapping[str, Any]] = {i: {**r, **look.columns[i]} for i, r in kept.items()} if look else kept
    members = _members(connection, row_ids, look)
    within = {i: set(look.claims[i]) for i in row_ids} if look else None
    statuses = {i: Status(r["shown_status"]) for i, r in rows.items()}
    loud = loud_of(connection, row_ids, within)
    claims = claims_in_rows(connection, {i: [m["id"] for m in members.get(i, ())] for i in row_ids}, loud)
    if look:  # a claim's row is the one it is seen in
        claims = {
            i: {c: replace(claim, alignment_id=i, status=statuses[i]) for c, claim in mine.items()}
            for i, mine in claims.items()
        }
    flags, decisions = flags_of(connection, row_ids), decisions_of(connection, row_ids)
    reasons = reasons_of(connection, statuses, loud, within)
    lines = agency_lines(connection, {m["article_id"] for ms in members.values() for m in ms})
    said = row_utterances(connection, {i: str(r["utterances"]) for i, r in rows.items()})
    silent = _Cells(columns)
    found = []
    for i in row_ids:
        if i not in rows:
            continue
        r, mine = rows[i], claims[i]
        cells = silent.cells(members[i], mine, statuses[i])
        found.append(
            RowView(
                id=i,
                label=_OF_DELETED if r["of_deleted"] else r["shown_label"],
                status=statuses[i],
                between=Between(r["between"]) if r["between"] else None,
                dimensions=tuple(Dimension(d) for d in json.loads(r["dimensions"])),
                summary="" if r["of_deleted"] else r["summary"],
                outlets=r["outlets"],
                cells=cells,
                flags=tuple(flags[i]),
                decisions=tuple(decisions[i]),
                score=r["score"],
                reasons=reasons.get(i, ()),
                origins=origin_views(list(mine.values()), lines),
                sides=_sides(chosen, columns, cells),
                utterances=said(i, mine),
                decided=bool(r["decided"]),
                probability=round(r["probability"], PROBABILITY_PLACES),
                two_opinions=two_opinions(flags[i], decisions[i]),
            )
        )
    return tuple(found)


def _members(
    connection: Connection, row_ids: Sequence[int], look: ReaderView | None
) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """What each row shows, in the order of articles and of their text."""
    members: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    if look is None:
        for m in ask_ids(connection, _MEMBERS, row_ids):
            members[m["row_id"]].append(m)
        return members
    rows_of: dict[int, list[int]] = defaultdict(list)
    for i in row_ids:
        for claim in look.claims[i]:
            rows_of[claim].append(i)
    for m in ask_ids(connection, _LOOKED, sorted(rows_of)):
        for i in rows_of[m["id"]]:
            members[i].append(m)
    return members


def _sides(
    chosen: Sequence[OutletView], columns: Sequence[ArticleRef], cells: Sequence[CellView]
) -> tuple[SideView, ...]:
    """One a chosen outlet: the claims of all its articles, or why there is none."""
    sides = []
    for outlet in chosen:
        mine = [cell for column, cell in zip(columns, cells, strict=True) if column.outlet.key == outlet.key]
        claims = tuple(c for cell in mine for c in cell.claims)
        sides.append(SideView(outlet, claims, None if claims else _silence_of({cell.silence for cell in mine})))
    return tuple(sides)


def _silence_of(silences: Collection[Silence | None]) -> Silence:
    """Of several articles the one speaks for the outlet that could have told it: a whole one of the time before an excerpt."""
    for silence in (Silence.NOT_COMPARED, Silence.NOT_MENTIONED, Silence.EXCERPT_ONLY, Silence.PUBLISHED_BEFORE):
        if silence in silences:
            return silence
    return Silence.NO_ARTICLE


class _Cells:
    """The cells of rows under the same columns. Most are empty, and empty ones are shared between rows."""

    def __init__(self, columns: Sequence[ArticleRef]) -> None:
        self._columns = columns
        self._place = {column.id: n for n, column in enumerate(columns)}
        self._empty: dict[date | None, tuple[CellView, ...]] = {}

    def cells(
        self, members: Sequence[Mapping[str, Any]], claims: Mapping[int, ClaimView], status: Status
    ) -> tuple[CellView, ...]:
        since = _could_exist_since(members, status)
        if since not in self._empty:
            self._empty[since] = tuple(CellView(c.id, (), _silence(c, since)) for c in self._columns)
        cells = list(self._empty[since])
        by_article: dict[int, list[ClaimView]] = defaultdict(list)
        for m in members:
            by_article[m["article_id"]].append(claims[m["id"]])
        for article, told in by_article.items():
            if article in self._place:
                cells[self._place[article]] = CellView(article, tuple(told))
        return tuple(cells)


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
    if column.waiting:
        return Silence.NOT_COMPARED
    if since is not None and column.published is not None and column.published < since:
        return Silence.PUBLISHED_BEFORE
    return Silence.EXCERPT_ONLY if column.excerpt else Silence.NOT_MENTIONED


def silences_of(connection: Connection, column: ArticleRef, rows: Mapping[int, Status]) -> dict[int, Silence]:
    """Why an article has no claim in each of these rows."""
    members = _members(connection, sorted(rows), None)
    return {i: _silence(column, _could_exist_since(members[i], status)) for i, status in rows.items()}
