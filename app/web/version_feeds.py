"""Atom feeds of changed articles: of a story, of an article. An entry is a version that took another's place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.core.text import changed_words
from app.exports.atom import FeedEntry, tag_uri
from app.store.recent_cache import RecentCache
from app.store.views import RevisedView
from app.web.api.parameters import Id, Key
from app.web.dependencies import StoreOf
from app.web.feeds import ENTRIES, RESPONSES, feed_response, site_host
from app.web.pages.versions import sum_of
from app.web.site import site_of
from app.web.words import WORDS

__all__ = ["router"]

router = APIRouter()
_SUMMARY = 2_000
"""Characters of what changed that an entry holds; the page it leads to has all."""
_told: RecentCache[tuple[str, str], str] = RecentCache(1_000)
"""What changed between two texts, by their hashes: every reader of a feed asks for the same, and it stays so."""


@router.get(
    "/stories/{slug}/versions.atom",
    tags=["stories"],
    summary="Articles of a story that were changed, as an Atom feed",
    response_class=Response,
    responses=RESPONSES,
)
def story_versions(request: Request, store: StoreOf, slug: Key) -> Response:
    view = store.rows.story(slug, limit=1)
    return _versions(
        request, store.library.revised(slug=slug, limit=ENTRIES), f"/stories/{slug}", view.story.title, view.last
    )


@router.get(
    "/articles/{article_id}/versions.atom",
    tags=["articles"],
    summary="What changed in an article, as an Atom feed",
    response_class=Response,
    responses=RESPONSES,
)
def article_versions(request: Request, store: StoreOf, article_id: Id) -> Response:
    article = store.library.versions(article_id).article
    told = store.library.revised(article_id=article_id, limit=ENTRIES)
    title = article.headline or WORDS.untitled
    return _versions(request, told, f"/articles/{article_id}", f"{title} ({article.outlet.name})", article.published)


def _versions(request: Request, told: Sequence[RevisedView], page: str, of: str, last: date | None) -> Response:
    site = site_of(request)
    entries = [_version(v, site, site_host(site)) for v in told]
    named = f"Changed articles: {of}", "Articles whose words were changed, the latest first."
    return feed_response(request, entries, named, page, f"{page}/versions.atom", last, kind="/versions")


def _version(version: RevisedView, site: str, host: str) -> FeedEntry:
    """An article's new version: how much changed, and the words themselves, as far as a summary holds them."""
    article, heads = version.article, (version.before.headline, version.after.headline)
    headline = [f"Headline: “{heads[0]}” became “{heads[1]}”."] if heads[0] != heads[1] else []
    summary = " ".join([*headline, _told.get(version.hashes, lambda: _words(version))])
    return FeedEntry(
        id=tag_uri(host, version.at.date(), f"articles/{article.id}/versions/{version.number}"),
        title=f"{article.outlet.name} changed “{article.headline or WORDS.untitled}” (version {version.number})",
        link=f"{site}/articles/{article.id}/versions?before={version.number - 1}&after={version.number}",
        published=version.at,
        updated=version.at,
        summary=summary if len(summary) <= _SUMMARY else summary[:_SUMMARY].rsplit(" ", 1)[0] + " …",
        category="changed",
    )


def _words(version: RevisedView) -> str:
    changes = changed_words(version.before.text, version.after.text)
    signs = {"in": "+", "out": "−"}
    words = [f"{signs[c.kind]} {' '.join(c.text.split())}" for c in changes if c.kind in signs and c.text.strip()]
    return " ".join([f"{sum_of(changes).capitalize()}.", *words])[: _SUMMARY + 1]
