# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Corrections as they are shown: of one article, of one story, or all, the latest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.store.read.cursor import MOST, Keyset
from app.store.sql import ask, ask_ids
from app.store.views import CorrectionView, Slice, StoryRef

__all__ = ["corrections", "corrections_in_a_sheet", "corrections_of", "merged_into"]

_ROWS = """
    SELECT corrections.*, articles.headline, was_in.slug AS was_slug, was_in.title AS was_title,
        came_to.slug AS to_slug, came_to.title AS to_title, articles.deleted_at IS NOT NULL AS article_gone,
        was_in.deleted_at IS NOT NULL AS was_gone, came_to.deleted_at IS NOT NULL AS to_gone
    FROM {source} JOIN corrections ON {on}
    LEFT JOIN articles ON articles.id = corrections.article_id
    LEFT JOIN stories AS was_in ON was_in.id = corrections.story_id
    LEFT JOIN stories AS came_to ON came_to.id = corrections.into_id
"""


def corrections(
    connection: Connection, article: int | None, story: str | None, cursor: str | None, limit: int, *, every_word: bool
) -> Slice[CorrectionView]:
    """`article`: of it and of claims in it. `story` (a slug): of it, and of the articles that stand in it now.

    `every_word`: those of what was deleted too; else it is said that something was, by whom and when.
    """
    where, values = "WHERE 1 = 1", dict[str, object]()
    if article is not None:
        where, values["article"] = where + " AND corrections.article_id = :article", article
    if story is not None:
        of_story = "(SELECT id FROM stories WHERE slug = :story)"
        where += f""" AND ({of_story} IN (corrections.story_id, corrections.into_id)
            OR corrections.article_id IN (SELECT id FROM articles WHERE story_id = {of_story}))"""
        values["story"] = story
    page = Keyset(("corrections.id",), (int,), descending=True).page(
        cursor,
        limit,
        lambda tail, at: ask(connection, f"SELECT id FROM corrections {where}{tail}", **values, **at),
        lambda r: (r["id"],),
    )
    total = ask(connection, f"SELECT count(*) AS n FROM corrections {where}", **values)[0]["n"]
    found = corrections_of(connection, [r["id"] for r in page.rows], every_word=every_word)
    return Slice(found, total, page.next, page.previous)


def corrections_in_a_sheet(connection: Connection, story: str) -> tuple[CorrectionView, ...]:
    """Those that stand, by time. What was deleted is told without its words: a sheet is for everybody."""
    found: list[CorrectionView] = []
    cursor: str | None = None
    while True:
        part = corrections(connection, None, story, cursor, MOST, every_word=False)
        found += (c for c in part.items if c.undone_at is None)
        cursor = part.next
        if cursor is None:
            return tuple(reversed(found))


def corrections_of(
    connection: Connection, ids: Iterable[int], *, every_word: bool = True
) -> tuple[CorrectionView, ...]:
    """By their ids, in the order of these."""
    wanted = list(ids)
    rows = ask_ids(
        connection, _ROWS.format(source="ids_of(:ids) AS wanted", on="corrections.id = wanted.value"), wanted
    )
    found = {r["id"]: _view(r) if every_word else _bare(r) for r in rows}
    return tuple(found[i] for i in wanted)


def merged_into(connection: Connection, slug: str) -> str | None:
    """The address that answers for a story that was merged into another, or left without articles."""
    found = ask(
        connection,
        """
        WITH RECURSIVE onward(id, slug, into_id, steps) AS (
            SELECT id, slug, merged_into_id, 0 FROM stories WHERE slug = :slug
            UNION ALL SELECT stories.id, stories.slug, stories.merged_into_id, steps + 1
            FROM onward JOIN stories ON stories.id = onward.into_id WHERE steps < 100
        ) SELECT slug FROM onward WHERE into_id IS NULL AND steps > 0
        """,
        slug=slug,
    )
    return found[0]["slug"] if found else None


def _view(r: Mapping[str, Any]) -> CorrectionView:
    value, was = json.loads(r["value"]), json.loads(r["was"])
    return CorrectionView(
        id=r["id"],
        kind=r["kind"],
        field=r["field"],
        value=_said(r["field"], value),
        was=_said(r["field"], was),
        by=r["by"],
        at=datetime.fromisoformat(r["at"]),
        undone_by=r["undone_by"],
        undone_at=datetime.fromisoformat(r["undone_at"]) if r["undone_at"] else None,
        article_id=r["article_id"],
        headline=r["headline"] or "",
        story=StoryRef(r["was_slug"], r["was_title"]) if r["was_slug"] else None,
        into=StoryRef(r["to_slug"], r["to_title"]) if r["to_slug"] else None,
        articles=len(value) if r["kind"] == "story" and isinstance(value, list) else 0,
        words=r["words"],
    )


def _bare(r: Mapping[str, Any]) -> CorrectionView:
    """Without the words of an article that is deleted, and without the titles of such stories."""
    view = _view(r)
    if r["was_gone"]:
        view = replace(view, story=None)
    if r["to_gone"]:
        view = replace(view, into=None)
    if r["article_gone"] or (view.kind == "story" and r["was_gone"]):
        view = replace(view, untold=True, value=None, was=None, headline="", words="")
    return view


def _said(field: str, value: Any) -> str | None:
    """A value as people read it; None for nothing, and for what is told by the stories beside it."""
    if value is None or field in ("deleted", "story", "merged", "split", "aside"):
        return None
    if field in ("outlet", "speaker"):
        return str(value["name"])
    if field == "bylines":
        return "; ".join(value) or None
    if field == "span":
        return str(value[2]) if len(value) > 2 else None
    return str(value)
