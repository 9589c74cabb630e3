"""Atom feeds of new conflicts: `/stories/{slug}/feed.atom`, `/actors/{key}/feed.atom`.

An entry is a row that shows as a conflict, dated by when it was first seen so; its id stays the same through realigning.
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

from app.exports.atom import MEDIA_TYPE, Feed, FeedEntry, tag_uri, write_atom
from app.store.views import ChangeView
from app.version import software_version
from app.web.api.parameters import Key
from app.web.dependencies import StoreOf
from app.web.site import site_of
from app.web.words import WORDS

__all__ = ["ENTRIES", "router"]

router = APIRouter()
ENTRIES = 50
"""Conflicts in a feed: the latest; older ones stay on the pages."""
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


def _answer(request: Request, told: Sequence[ChangeView], path: str, title: str, last: date | None) -> Response:
    site = site_of(request)
    host = urlsplit(site).hostname or "localhost"
    began = datetime.combine(last or date(1970, 1, 1), datetime.min.time(), UTC)
    updated = max((c.seen for c in told), default=began)
    feed = Feed(
        id=tag_uri(host, _BEGAN, path),
        title=title,
        subtitle="Where reports cannot both be right, in the order in which it was first seen.",
        link=f"{site}/{path}",
        self_link=f"{site}/{path}/feed.atom",
        updated=updated,
        author=f"Parallax {software_version()}",
        entries=[_entry(c, site, host) for c in told],
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
