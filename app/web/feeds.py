"""Atom feeds (of changed articles: `version_feeds.py`). Of a story, an actor, an outlet: new conflicts. Of a search: what comes to be found by it.

An entry of the former is a row that shows as a conflict, dated by when it was first seen so; its id stays the same through
realigning. One of the latter is what an article states, dated by when the article first stated it here; its id is that of the
words in that article. A client that has the feed already gets 304, by `If-None-Match` or, without that, by `If-Modified-Since`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import BadInput
from app.exports.atom import MEDIA_TYPE, Feed, FeedEntry, tag_uri, write_atom
from app.store.views import CameView, ChangeView, Query
from app.version import software_version
from app.web.api.parameters import Actor, DateOf, Key, Outlet, Relation, Since, Story, Until, Words, check_window
from app.web.dependencies import StoreOf
from app.web.searching import FEED, parameters_of, search_address
from app.web.site import site_of
from app.web.words import WORDS

__all__ = ["ENTRIES", "RESPONSES", "feed_response", "router", "site_host"]

router = APIRouter()
ENTRIES = 50
"""Entries of a feed: the latest; older ones stay on the pages."""
_BEGAN = date(2019, 11, 22)  # tag URIs of feeds themselves carry a day that never changes
_CONFLICTS = "Where reports cannot both be right, in the order in which it was first seen."
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE.partition(";")[0]: {}}, "description": "The feed"},
    304: {"description": "Nothing new"},
}


@router.get(
    "/stories/{slug}/feed.atom",
    tags=["stories"],
    summary="New conflicts in a story, as an Atom feed",
    response_class=Response,
    responses=RESPONSES,
)
def story_feed(request: Request, store: StoreOf, slug: Key) -> Response:
    view = store.rows.story(slug, limit=1)
    told = store.rows.changes(slug=slug, limit=ENTRIES)
    return _conflicts(request, told, f"/stories/{slug}", view.story.title, view.last)


@router.get(
    "/actors/{key}/feed.atom",
    tags=["actors"],
    summary="New conflicts in what is said by or about an actor, as an Atom feed",
    response_class=Response,
    responses=RESPONSES,
)
def actor_feed(request: Request, store: StoreOf, key: Key) -> Response:
    actor = store.library.actor(key, limit=1).actor
    told = store.rows.changes(actor=key, limit=ENTRIES)
    return _conflicts(request, told, f"/actors/{actor.key}", actor.name)


@router.get(
    "/outlets/{key}/feed.atom",
    tags=["outlets"],
    summary="New conflicts in what an outlet reports, as an Atom feed",
    response_class=Response,
    responses=RESPONSES,
)
def outlet_feed(request: Request, store: StoreOf, key: Key) -> Response:
    outlet = store.library.outlet(key, limit=1).outlet
    told = store.rows.changes(outlet=key, limit=ENTRIES)
    return _conflicts(request, told, f"/outlets/{outlet.key}", outlet.name)


@router.get(
    FEED,
    tags=["claims"],
    summary="What comes to be found by a search, as an Atom feed",
    response_class=Response,
    responses=RESPONSES,
)
def search_feed(
    *,
    request: Request,
    store: StoreOf,
    q: Words = "",
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    date_of: DateOf = "event",
    outlet: Outlet = None,
    relation: Relation = None,
    story: Story = None,
) -> Response:
    """The latest first, by when the article first stated it here. It takes what `/api/v1/claims` takes."""
    check_window(since, until)
    query = Query(q.strip(), actor, since, until, date_of, outlet, relation and relation.value, story)
    if not parameters_of(query).keys() - {"date_of"}:
        raise BadInput("nothing is searched for.", where="q", mend="Give what `/search` takes.")
    site = site_of(request)
    host = site_host(site)
    entries = [_statement(c, site, host) for c in store.searches.came(query, limit=ENTRIES)]
    title = f"Found by a search: {', '.join(parameters_of(query).values())}"
    about = "What articles state that this search finds, in the order in which it came."
    return feed_response(request, entries, (title, about), search_address(query), search_address(query, FEED))


def _conflicts(request: Request, told: Sequence[ChangeView], path: str, of: str, last: date | None = None) -> Response:
    site = site_of(request)
    host = site_host(site)
    entries = [_conflict(c, site, host) for c in told]
    return feed_response(request, entries, (f"New conflicts: {of}", _CONFLICTS), path, f"{path}/feed.atom", last)


def feed_response(
    request: Request,
    entries: Sequence[FeedEntry],
    named: tuple[str, str],
    page: str,
    path: str,
    last: date | None = None,
    kind: str = "",
) -> Response:
    """`named`: title and subtitle. `page` and `path`: the addresses of what it is the feed of, and its own, without the site.

    `last`: the day that dates a feed without entries; `kind` sets its id apart from that of another feed of the same page.
    """
    site = site_of(request)
    began = datetime.combine(last or date(1970, 1, 1), datetime.min.time(), UTC)
    updated = max((e.updated for e in entries), default=began)
    feed = Feed(
        id=tag_uri(site_host(site), _BEGAN, page.removeprefix("/") + kind),
        title=named[0],
        subtitle=named[1],
        link=f"{site}{page}",
        self_link=f"{site}{path}",
        updated=updated,
        author=f"Parallax {software_version()}",
        entries=entries,
    )
    headers = {"Last-Modified": format_datetime(updated.astimezone(UTC).replace(microsecond=0), usegmt=True)}
    if "if-none-match" not in request.headers and _has(request.headers.get("if-modified-since"), updated):
        return Response(status_code=304, headers=headers)
    return Response(write_atom(feed), media_type=MEDIA_TYPE, headers=headers)


def site_host(site: str) -> str:
    return urlsplit(site).hostname or "localhost"


def _has(since: str | None, updated: datetime) -> bool:
    """Whether a client that saw it at `since` has everything. What is no date is as if it were not there."""
    if not since:
        return False
    try:
        seen = parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
    return (seen if seen.tzinfo else seen.replace(tzinfo=UTC)) >= updated.replace(microsecond=0)


def _conflict(change: ChangeView, site: str, host: str) -> FeedEntry:
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


def _statement(came: CameView, site: str, host: str) -> FeedEntry:
    claim = came.claim
    words = sha256(" ".join(claim.text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return FeedEntry(
        id=tag_uri(host, came.came.date(), f"articles/{claim.article.id}/{words}"),
        title=f"{claim.article.outlet.name}: {claim.article.headline}",
        link=f"{site}/articles/{claim.article.id}#c{claim.id}",
        published=came.came,
        updated=came.came,
        summary=f"“{claim.text}” {came.story.title}.",
        category=claim.status.value if claim.status else "",
    )
