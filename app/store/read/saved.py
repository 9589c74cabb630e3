"""Saved searches as their owner sees them, and what came to be found by any search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.errors import NotFound
from app.store.read import search
from app.store.read.corrections import merged_into
from app.store.sql import ask
from app.store.views import Query, SavedSearch, SavedSearchView

__all__ = ["saved_search", "saved_searches"]

_OWN = """
    SELECT saved_searches.*,
        (SELECT name FROM actors WHERE actors.key = saved_searches.actor) AS its_actor,
        (SELECT name FROM outlets WHERE outlets.key = saved_searches.outlet) AS its_outlet
    FROM saved_searches WHERE "by" = :owner
"""


def saved_searches(connection: Connection, owner: str) -> tuple[SavedSearch, ...]:
    """By name, those in force."""
    rows = ask(connection, f"{_OWN} AND removed_at IS NULL ORDER BY folded", owner=owner)
    return tuple(_view(connection, r) for r in rows)


def saved_search(connection: Connection, search_id: int, owner: str, cursor: str | None, limit: int) -> SavedSearchView:
    rows = ask(connection, f"{_OWN} AND id = :id", owner=owner, id=search_id)
    if not rows:
        raise NotFound("you have no such saved search.")
    saved = _view(connection, rows[0])
    fresh = replace(saved.query, came_after=saved.looked_at)
    return SavedSearchView(saved, search.found(connection, fresh, cursor, limit))


def _view(connection: Connection, r: Mapping[str, Any]) -> SavedSearch:
    day = {n: date.fromisoformat(r[n]) if r[n] else None for n in ("since", "until")}
    story = (merged_into(connection, r["story"]) if r["story"] else None) or r["story"]  # whichever answers for it now
    titles = ask(connection, "SELECT title FROM stories WHERE slug = :story", story=story)
    names = {"actor": r["its_actor"], "outlet": r["its_outlet"], "story": titles[0]["title"] if titles else None}
    query = Query(r["q"], r["actor"], day["since"], day["until"], r["date_of"], r["outlet"], r["relation"], story)
    looked = datetime.fromisoformat(r["looked_at"])
    return SavedSearch(
        id=r["id"],
        name=r["name"],
        query=query,
        at=datetime.fromisoformat(r["at"]),
        looked_at=looked,
        total=search.count_hits(connection, query),
        fresh=search.count_hits(connection, replace(query, came_after=looked)),
        names={n: name for n, name in names.items() if name},
        removed=r["removed_at"] is not None,
    )
