# ruff: noqa: S608 - statements are put together from constants; every value is bound
"""The list of articles."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.read.filters import FACETS
from app.store.read.lines import ARTICLE_COLUMNS, article_ref
from app.store.read.listing import Listing, ListWanted, facets, order_of
from app.store.sql import ask_ids
from app.store.views import ArticleCard, ArticleList, Slice, StoryRef

__all__ = ["article_list", "articles"]

_ROWS = """
    SELECT articles.id, articles.headline, fold(articles.headline) AS name, articles.outlet_id, articles.story_id,
        articles.published_key, coalesce(nullif(articles.published_key, ''), '9999-99-99') AS day
    FROM standing_articles AS articles
"""
_CARDS = f"""
    SELECT {ARTICLE_COLUMNS},
        (SELECT count(*) FROM claims WHERE claims.article_id = articles.id AND claims.current = 1) AS claims
    FROM ids_of(:ids) AS wanted JOIN standing_articles AS articles ON articles.id = wanted.value
    JOIN outlets ON outlets.id = articles.outlet_id JOIN standing_stories AS stories ON stories.id = articles.story_id
"""


def _listing(wanted: ListWanted) -> Listing:
    where, values = "1 = 1", dict[str, object]()
    if wanted.q:
        where, values["q"] = where + " AND has_words(listed.headline, :q)", wanted.q
    if wanted.outlet:
        where += " AND listed.outlet_id = (SELECT id FROM outlets WHERE key = :outlet)"
        values["outlet"] = wanted.outlet
    if wanted.story:
        where += " AND listed.story_id = (SELECT id FROM standing_stories AS stories WHERE slug = :story)"
        values["story"] = wanted.story
    for name, sign in (("since", ">="), ("until", "<=")):
        if day := getattr(wanted, name):
            where += f" AND listed.published_key <> '' AND listed.published_key {sign} :{name}"
            values[name] = day.isoformat()
    return Listing(_ROWS, where, values)


def articles(connection: Connection, wanted: ListWanted, cursor: str | None, limit: int) -> Slice[ArticleCard]:
    listing = _listing(wanted)
    page = listing.page(connection, order_of("articles", wanted.order), cursor, limit)
    return Slice(_cards(connection, [r["id"] for r in page.rows]), listing.total(connection), page.next, page.previous)


def _cards(connection: Connection, ids: Sequence[int]) -> tuple[ArticleCard, ...]:
    found = {
        r["article_id"]: ArticleCard(article_ref(r), StoryRef(r["story_slug"], r["story_title"]), r["claims"])
        for r in ask_ids(connection, _CARDS, ids)
    }
    return tuple(found[i] for i in ids)


def article_list(connection: Connection, wanted: ListWanted, cursor: str | None, limit: int) -> ArticleList:
    return ArticleList(
        articles=articles(connection, wanted, cursor, limit),
        outlets=facets(
            connection,
            _listing(wanted.but("outlet")),
            "JOIN outlets ON outlets.id = listed.outlet_id",
            "outlets.key",
            "outlets.name",
            FACETS,
        ),
        stories=facets(
            connection,
            _listing(wanted.but("story")),
            "JOIN standing_stories AS stories ON stories.id = listed.story_id",
            "stories.slug",
            "stories.title",
            FACETS,
        ),
    )
