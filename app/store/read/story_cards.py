# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""Stories as lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.core.records import Status
from app.store.read.lines import row_summary
from app.store.sql import ask_ids
from app.store.views import OutletView, RowSummary, StoryCard, StoryRef

__all__ = ["cards"]

_CONFLICTS_A_CARD = 3
_CARDS = """
    SELECT stories.id, stories.slug, stories.title, stories.changed_at, stories.stale, count(articles.id) AS articles,
        min(articles.published) AS first, max(articles.published) AS last, min(articles.own_words) AS own_words
    FROM standing_stories AS stories JOIN standing_articles AS articles ON articles.story_id = stories.id
    WHERE stories.id IN (SELECT value FROM ids_of(:ids))
    GROUP BY stories.id, stories.slug, stories.title, stories.changed_at, stories.stale
"""
_CARD_OUTLETS = """
    SELECT DISTINCT articles.story_id, outlets.key, outlets.name, outlets.country
    FROM standing_articles AS articles JOIN outlets ON outlets.id = articles.outlet_id
    WHERE articles.story_id IN (SELECT value FROM ids_of(:ids)) ORDER BY articles.story_id, outlets.name
"""
_CARD_COUNTS = """
    SELECT story_id, shown_status, count(*) AS n FROM alignments
    WHERE story_id IN (SELECT value FROM ids_of(:ids)) AND shown = 1 GROUP BY story_id, shown_status
"""
_CARD_CONFLICTS = f"""
    SELECT ranked.*, stories.slug AS story_slug, stories.title AS story_title FROM (
        SELECT alignments.*, row_number() OVER (PARTITION BY story_id ORDER BY sort_matter) AS place FROM alignments
        WHERE story_id IN (SELECT value FROM ids_of(:ids)) AND shown = 1 AND shown_status = 'conflict'
    ) AS ranked JOIN standing_stories AS stories ON stories.id = ranked.story_id WHERE place <= {_CONFLICTS_A_CARD} ORDER BY story_id, place
"""


def cards(connection: Connection, ids: Sequence[int]) -> tuple[StoryCard, ...]:
    """Stories as cards, in the order of their ids."""
    heads = {r["id"]: r for r in ask_ids(connection, _CARDS, ids)}
    outlets: dict[int, list[OutletView]] = defaultdict(list)
    for r in ask_ids(connection, _CARD_OUTLETS, ids):
        outlets[r["story_id"]].append(OutletView(r["key"], r["name"], r["country"]))
    counts: dict[int, dict[Status, int]] = defaultdict(lambda: dict.fromkeys(Status, 0))
    for r in ask_ids(connection, _CARD_COUNTS, ids):
        counts[r["story_id"]][Status(r["shown_status"])] = r["n"]
    conflicts: dict[int, list[RowSummary]] = defaultdict(list)
    for r in ask_ids(connection, _CARD_CONFLICTS, ids):
        conflicts[r["story_id"]].append(row_summary(r))
    return tuple(_card(heads[i], outlets[i], counts[i], conflicts[i]) for i in ids)


def _card(
    r: Mapping[str, Any],
    outlets: Sequence[OutletView],
    counts: Mapping[Status, int],
    conflicts: Sequence[RowSummary],
) -> StoryCard:
    return StoryCard(
        story=StoryRef(r["slug"], r["title"]),
        outlets=tuple(outlets),
        articles=r["articles"],
        first=date.fromisoformat(r["first"]) if r["first"] else None,
        last=date.fromisoformat(r["last"]) if r["last"] else None,
        counts=counts,
        conflicts=tuple(conflicts),
        own_words=bool(r["own_words"]),
        waiting=bool(r["stale"]),
    )
