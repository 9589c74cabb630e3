"""The page as it was, as a version was read from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.errors import NotFound
from app.store.sql import ask
from app.store.views import FetchedPage, PageCopy

__all__ = ["copies_of_story", "copy_of", "page_copy"]

_PAGE = """
    SELECT fetched_pages.url, status, media_type, charset, headers, fetched_pages.sha256, at, size, articles.id AS article_id,
        number {more}
    FROM {articles} AS articles JOIN article_revisions ON article_revisions.article_id = articles.id
    JOIN fetched_pages ON fetched_pages.revision_id = article_revisions.id
    JOIN page_bodies ON page_bodies.sha256 = fetched_pages.sha256
    WHERE {which}
"""
_OF_REVISION = "articles.id = :id AND (number = :number OR (:number IS NULL AND current))"
_OF_STORY = """
    SELECT article_revisions.article_id, number FROM standing_stories AS stories JOIN standing_articles AS articles ON articles.story_id = stories.id
    JOIN article_revisions ON article_revisions.article_id = articles.id
    JOIN fetched_pages ON fetched_pages.revision_id = article_revisions.id
    WHERE stories.slug = :slug ORDER BY published_key = '', published_key, articles.id, number
"""


def page_copy(connection: Connection, article_id: int, number: int | None) -> FetchedPage | None:
    """What is known of the page that a version (the current one without a number) was read from; None when it was not fetched."""
    found = ask(
        connection,
        _PAGE.format(articles="standing_articles", more="", which=_OF_REVISION),
        id=article_id,
        number=number,
    )
    return _page(found[0]) if found else None


def copy_of(connection: Connection, article_id: int, number: int | None, *, deleted: bool = False) -> PageCopy:
    """The same with its bytes; of a deleted article only where it is asked for (`deleted`). Raises `NotFound`."""
    asked = _PAGE.format(articles="articles" if deleted else "standing_articles", more=", packed", which=_OF_REVISION)
    found = ask(connection, asked, id=article_id, number=number)
    if not found:
        raise NotFound("no page was fetched for this article, or it was too large to be kept.")
    r = found[0]
    return PageCopy(_page(r), r["packed"], r["article_id"], r["number"])


def copies_of_story(connection: Connection, slug: str) -> Iterator[PageCopy]:
    """The pages of all versions of a story's articles, one at a time, in order of publication."""
    for r in ask(connection, _OF_STORY, slug=slug):
        yield copy_of(connection, r["article_id"], r["number"])


def _page(r: Any) -> FetchedPage:
    return FetchedPage(
        url=r["url"],
        at=datetime.fromisoformat(r["at"]),
        status=r["status"],
        media_type=r["media_type"],
        charset=r["charset"],
        headers=tuple((name, value) for name, value in json.loads(r["headers"])),
        sha256=r["sha256"],
        size=r["size"],
    )
