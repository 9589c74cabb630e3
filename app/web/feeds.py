"""Atom feeds: of new conflicts (`/stories/{slug}/feed.atom`, `/actors/{key}/feed.atom`), of changed articles (`versions.atom`).

An entry is a row that shows as a conflict, dated by when it was first seen so; its id stays the same through realigning. Or it is a
version that took another's place.
A client that has the feed already gets 304, by `If-None-Match` or, without that, by `If-Modified-Since`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.core.text import changed_words
from app.exports.atom import MEDIA_TYPE, Feed, FeedEntry, tag_uri, write_atom
from app.store.views import ChangeView, RevisedView
from app.version import software_version
from app.web.api.parameters import Id, Key
from app.web.dependencies import StoreOf
from app.web.pages.versions import sum_of
from app.web.site import site_of
from app.web.words import WORDS

__all__ = ["ENTRIES", "router"]

router = APIRouter()
ENTRIES = 50
"""Conflicts in a feed: the latest; older ones stay on the pages."""
_SUMMARY = 2_000
"""Characters of what changed that an entry holds; the page it leads to has all."""
_BEGAN = date(2019, 11, 22)  # tag URIs of feeds themselves carry a day that never changes
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE.partition(";")[0]: {}}, "description": "The feed"},
    304: {"description": "Nothing new"},
}


@router.get(
    "/stories/{slug}/feed.atom",
    tags=["stories"],
    summary="New conflicts in a story, as an Atom feed",
    response_class=Response,
    responses=_RESPONSES,
)
def story_feed(request: Request, store: StoreOf, slug: Key) -> Response:
    view = store.story(slug, limit=1)
    told = store.changes(slug=slug, limit=ENTRIES)
    return _answer(request, told, f"stories/{slug}", f"New conflicts: {view.story.title}", view.last)


@router.get(
    "/actors/{key}/feed.atom",
    tags=["actors"],
    summary="New conflicts in what is said by or about an actor, as an Atom feed",
    response_class=Response,
    responses=_RESPONSES,
)
def actor_feed(request: Request, store: StoreOf, key: Key) -> Response:
    actor = store.actor(key, limit=1).actor
    told = store.changes(actor=key, limit=ENTRIES)
    return _answer(request, told, f"actors/{actor.key}", f"New conflicts: {actor.name}", None)


@router.get(
    "/stories/{slug}/versions.atom",
    tags=["stories"],
    summary="Articles of a story that were changed, as an Atom feed",
    response_class=Response,
    responses=_RESPONSES,
)
def story_versions(request: Request, store: StoreOf, slug: Key) -> Response:
    view = store.story(slug, limit=1)
    return _versions(request, store.revised(slug=slug, limit=ENTRIES), f"stories/{slug}", view.story.title, view.last)


@router.get(
    "/articles/{article_id}/versions.atom",
    tags=["articles"],
    summary="What changed in an article, as an Atom feed",
    response_class=Response,
    responses=_RESPONSES,
)
def article_versions(request: Request, store: StoreOf, article_id: Id) -> Response:
    article = store.versions(article_id).article
    told = store.revised(article_id=article_id, limit=ENTRIES)
    title = article.headline or WORDS.untitled
    return _versions(request, told, f"articles/{article_id}", f"{title} ({article.outlet.name})", article.published)


def _versions(request: Request, told: Sequence[RevisedView], path: str, of: str, last: date | None) -> Response:
    site = site_of(request)
    entries = [_version(v, site, _host(site)) for v in told]
    about = "Articles whose words were changed, the latest first."
    return _feed(request, entries, path, f"Changed articles: {of}", about, last, "versions.atom")


def _answer(request: Request, told: Sequence[ChangeView], path: str, title: str, last: date | None) -> Response:
    site = site_of(request)
    entries = [_entry(c, site, _host(site)) for c in told]
    about = "Where reports cannot both be right, in the order in which it was first seen."
    return _feed(request, entries, path, title, about, last, "feed.atom")


def _host(site: str) -> str:
    return urlsplit(site).hostname or "localhost"


def _feed(
    request: Request, entries: Sequence[FeedEntry], path: str, title: str, about: str, last: date | None, name: str
) -> Response:
    """`last`: the day that dates a feed without entries."""
    site = site_of(request)
    began = datetime.combine(last or date(1970, 1, 1), datetime.min.time(), UTC)
    updated = max((e.updated for e in entries), default=began)
    feed = Feed(
        id=tag_uri(_host(site), _BEGAN, path if name == "feed.atom" else f"{path}/versions"),
        title=title,
        subtitle=about,
        link=f"{site}/{path}",
        self_link=f"{site}/{path}/{name}",
        updated=updated,
        author=f"Parallax {software_version()}",
        entries=entries,
    )
    headers = {"Last-Modified": format_datetime(updated.astimezone(UTC).replace(microsecond=0), usegmt=True)}
    if "if-none-match" not in request.headers and _has(request.headers.get("if-modified-since"), updated):
        return Response(status_code=304, headers=headers)
    return Response(write_atom(feed), media_type=MEDIA_TYPE, headers=headers)


def _has(since: str | None, updated: datetime) -> bool:
    """Whether a client that saw it at `since` has everything. What is no date is as if it were not there."""
    if not since:
        return False
    try:
        seen = parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
    return (seen if seen.tzinfo else seen.replace(tzinfo=UTC)) >= updated.replace(microsecond=0)


def _entry(change: ChangeView, site: str, host: str) -> FeedEntry:
    row = change.row
    said = [f"{c.article.outlet.name}: “{c.text}”" for c in change.claims]
    reasons = [r.say for r in change.reasons]
    likely = WORDS.likely(row.status, row.probability)
    return FeedEntry(
        id=tag_uri(host, change.seen.date(), f"alignments/{row.id}"),
        title=f"{row.label} ({row.summary})" if row.summary else row.label,
        link=f"{site}/alignments/{row.id}",
        published=change.seen,
        updated=change.seen,
        summary=" ".join([*reasons, *([likely] if likely else []), *said]),
        category="conflict",
    )


def _version(version: RevisedView, site: str, host: str) -> FeedEntry:
    """An article's new version: how much changed, and the words themselves, as far as a summary holds them."""
    article, changes = version.article, changed_words(version.before.text, version.after.text)
    signs = {"in": "+", "out": "−"}
    words = [f"{signs[c.kind]} {' '.join(c.text.split())}" for c in changes if c.kind in signs and c.text.strip()]
    heads = (version.before.headline, version.after.headline)
    headline = [f"Headline: “{heads[0]}” became “{heads[1]}”."] if heads[0] != heads[1] else []
    summary = " ".join([*headline, f"{sum_of(changes).capitalize()}.", *words])
    return FeedEntry(
        id=tag_uri(host, version.at.date(), f"articles/{article.id}/versions/{version.number}"),
        title=f"{article.outlet.name} changed “{article.headline or WORDS.untitled}” (version {version.number})",
        link=f"{site}/articles/{article.id}/versions?before={version.number - 1}&after={version.number}",
        published=version.at,
        updated=version.at,
        summary=summary if len(summary) <= _SUMMARY else summary[:_SUMMARY].rsplit(" ", 1)[0] + " …",
        category="changed",
    )
