"""The list of stories."""

from __future__ import annotations

from sqlalchemy import Connection

from app.core.records import Status
from app.errors import BadInput
from app.store.read.filters import FACETS, status_of
from app.store.read.listing import SIZES, Listing, ListWanted, facets, order_of
from app.store.read.story_cards import cards
from app.store.views import Slice, StoryCard, StoryList

__all__ = ["stories", "story_list"]

_ROWS = """
    SELECT stories.id, stories.title, stories.changed_at, fold(stories.title) AS name,
        (SELECT count(*) FROM standing_articles AS articles WHERE articles.story_id = stories.id) AS articles,
        (SELECT max(published_key) FROM standing_articles AS articles WHERE articles.story_id = stories.id) AS newest,
        (SELECT count(*) FROM alignments WHERE alignments.story_id = stories.id AND alignments.shown = 1
            AND alignments.shown_status = 'conflict') AS conflicts
    FROM standing_stories AS stories
"""
_HAS_ROW = """EXISTS (SELECT 1 FROM alignments WHERE alignments.story_id = listed.id AND alignments.shown = 1
    AND alignments.shown_status = {status})"""


def _listing(wanted: ListWanted) -> Listing:
    where, values = "listed.articles > 0", dict[str, object]()
    if wanted.q:
        where, values["q"] = where + " AND has_words(listed.title, :q)", wanted.q
    if wanted.outlet:
        where += """ AND listed.id IN (SELECT story_id FROM standing_articles AS articles
            WHERE articles.outlet_id = (SELECT id FROM outlets WHERE key = :outlet))"""
        values["outlet"] = wanted.outlet
    if status := status_of(wanted.relation):
        where, values["relation"] = f"{where} AND {_HAS_ROW.format(status=':relation')}", status.value
    if wanted.size:
        if wanted.size not in SIZES:
            raise BadInput(f"no story is {wanted.size!r}.", where="size", mend=f"Use one of {', '.join(SIZES)}.")
        where += f" AND listed.articles {'= 1' if wanted.size == 'one' else '> 1'}"
    return Listing(_ROWS, where, values)


def stories(connection: Connection, wanted: ListWanted, cursor: str | None, limit: int) -> Slice[StoryCard]:
    listing = _listing(wanted)
    page = listing.page(connection, order_of("stories", wanted.order), cursor, limit)
    found = cards(connection, [r["id"] for r in page.rows])
    return Slice(found, listing.total(connection), page.next, page.previous)


def story_list(connection: Connection, wanted: ListWanted, cursor: str | None, limit: int) -> StoryList:
    held = ", ".join(
        f"count(*) FILTER (WHERE {_HAS_ROW.format(status=repr(s.value))}) AS has_{i}" for i, s in enumerate(Status)
    )
    counted = _listing(wanted.but("relation")).ask(connection, f"SELECT count(*) AS n, {held}")[0]
    return StoryList(
        stories=stories(connection, wanted, cursor, limit),
        counts={s: counted[f"has_{i}"] or 0 for i, s in enumerate(Status)},
        every=counted["n"],
        outlets=facets(
            connection,
            _listing(wanted.but("outlet")),
            "JOIN standing_articles AS articles ON articles.story_id = listed.id JOIN outlets ON outlets.id = articles.outlet_id",
            "outlets.key",
            "outlets.name",
            FACETS,
        ),
    )
