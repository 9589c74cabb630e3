"""The list of outlets, and the page of one: in which rows it stands, and which rows of its stories it left out."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from app.core.records import Status
from app.errors import NotFound
from app.store.read.article_list import articles
from app.store.read.cursor import Keyset
from app.store.read.filters import FACETS
from app.store.read.lines import row_summary
from app.store.read.listing import Listing, ListWanted, facets, order_of
from app.store.read.story_list import stories
from app.store.sql import ask
from app.store.views import Facet, OutletCard, OutletList, OutletPageView, OutletView, RowSummary, Slice, StandView

__all__ = ["outlet", "outlet_list"]

_LATEST, _STORIES = 10, 8
_ROWS = """
    SELECT outlets.id, outlets.key, outlets.name AS title, outlets.country, fold(outlets.name) AS name,
        (SELECT count(*) FROM standing_articles AS articles WHERE articles.outlet_id = outlets.id) AS articles,
        (SELECT count(DISTINCT story_id) FROM standing_articles AS articles WHERE articles.outlet_id = outlets.id) AS stories,
        (SELECT max(published_key) FROM standing_articles AS articles WHERE articles.outlet_id = outlets.id) AS newest
    FROM outlets
"""


def _listing(wanted: ListWanted) -> Listing:
    where, values = "listed.articles > 0", dict[str, object]()
    if wanted.q:
        where, values["q"] = where + " AND has_words(listed.title, :q)", wanted.q
    if wanted.country:
        where, values["country"] = where + " AND listed.country = :country", wanted.country
    return Listing(_ROWS, where, values)


def outlet_list(connection: Connection, wanted: ListWanted, cursor: str | None, limit: int) -> OutletList:
    listing = _listing(wanted)
    page = listing.page(connection, order_of("outlets", wanted.order), cursor, limit)
    cards = tuple(
        OutletCard(OutletView(r["key"], r["title"], r["country"]), r["articles"], r["stories"], _day(r["newest"]))
        for r in page.rows
    )
    known = _listing(wanted.but("country"))
    known = Listing(known.rows, f"{known.where} AND listed.country IS NOT NULL", known.values)
    return OutletList(
        Slice(cards, listing.total(connection), page.next, page.previous),
        facets(connection, known, "", "listed.country", "listed.country", FACETS),
    )


def _day(key: str | None) -> date | None:
    return date.fromisoformat(key) if key else None


_HEAD = """
    SELECT count(*) AS articles, count(DISTINCT articles.story_id) AS stories, min(nullif(published_key, '')) AS first,
        max(published_key) AS last, max(stories.stale) AS stale
    FROM standing_articles AS articles JOIN standing_stories AS stories ON stories.id = articles.story_id WHERE articles.outlet_id = :outlet
"""
_LANGUAGES = """
    SELECT json_extract(article_revisions.record, '$.language') AS language, count(*) AS n FROM standing_articles AS articles
    JOIN article_revisions ON article_revisions.article_id = articles.id AND article_revisions.current
    WHERE articles.outlet_id = :outlet GROUP BY 1 ORDER BY n DESC, language NULLS FIRST
"""
_STANDS = """
    WITH mine AS MATERIALIZED (
        SELECT DISTINCT alignment_members.alignment_id AS id
        FROM standing_articles AS articles JOIN claims ON claims.article_id = articles.id AND claims.current = 1
        JOIN alignment_members ON alignment_members.claim_id = claims.id AND alignment_members.shown = 1
        WHERE articles.outlet_id = :outlet
    )
    SELECT alignments.shown_status AS status, count(*) AS n, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM relations JOIN claims ON claims.id IN (relations.a_claim_id, relations.b_claim_id)
        JOIN standing_articles AS articles ON articles.id = claims.article_id
        WHERE relations.shown_in = alignments.id AND relations.kind = alignments.shown_status
            AND articles.outlet_id = :outlet)) AS party
    FROM mine CROSS JOIN alignments ON alignments.id = mine.id WHERE alignments.shown = 1 GROUP BY 1
"""
_LEFT_OUT = """
    FROM alignments JOIN standing_stories AS stories ON stories.id = alignments.story_id
    WHERE alignments.story_id IN (SELECT story_id FROM standing_articles AS articles WHERE outlet_id = :outlet) AND alignments.shown = 1
      AND alignments.outlets >= min(2, (SELECT count(DISTINCT outlet_id) - 1 FROM standing_articles AS articles
        WHERE articles.story_id = alignments.story_id))
      AND NOT EXISTS (
        SELECT 1 FROM alignment_members JOIN claims ON claims.id = alignment_members.claim_id
        JOIN standing_articles AS articles ON articles.id = claims.article_id
        WHERE alignment_members.alignment_id = alignments.id AND alignment_members.shown = 1
            AND articles.outlet_id = :outlet)
"""
"""As on an article's page: rows that two others tell, or the only other one."""


def outlet(connection: Connection, key: str, cursor: str | None, limit: int) -> OutletPageView:
    found = ask(connection, "SELECT * FROM outlets WHERE key = :key", key=key)
    if not found:
        raise NotFound(f"there is no outlet {key!r}.")
    one = found[0]["id"]
    head = ask(connection, _HEAD, outlet=one)[0]
    stands = {r["status"]: r for r in ask(connection, _STANDS, outlet=one)}
    return OutletPageView(
        outlet=OutletView(key, found[0]["name"], found[0]["country"]),
        articles=head["articles"],
        stories=head["stories"],
        first=_day(head["first"]),
        last=_day(head["last"]),
        languages=tuple(
            Facet(r["language"], r["language"], r["n"])
            for r in ask(connection, _LANGUAGES, outlet=one)
            if r["language"]
        ),
        stands=tuple(StandView(s, stands[s]["n"], stands[s]["party"]) for s in Status if s in stands),
        latest=tuple(articles(connection, ListWanted(outlet=key), None, _LATEST).items),
        of_stories=tuple(stories(connection, ListWanted(outlet=key), None, _STORIES).items),
        left_out=_left_out(connection, one, cursor, limit),
        waiting=bool(head["stale"]),
    )


def _left_out(connection: Connection, one: int, cursor: str | None, limit: int) -> Slice[RowSummary]:
    page = Keyset(("alignments.sort_matter", "alignments.id"), (str, int)).page(
        cursor,
        limit,
        lambda tail, at: ask(
            connection,
            f"SELECT alignments.*, stories.slug AS story_slug, stories.title AS story_title {_LEFT_OUT}{tail}",
            outlet=one,
            **at,
        ),
        lambda r: (r["sort_matter"], r["id"]),
    )
    total = ask(connection, f"SELECT count(*) AS n {_LEFT_OUT}", outlet=one)[0]["n"]
    return Slice(tuple(row_summary(r) for r in page.rows), total, page.next, page.previous)
