"""Adding an article from a form or the API: source to page, to readings, kept or only shown.

One at a time in a process: reading is work for a processor, not waiting, and the language model is shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from app import pipeline, sources
from app.core.records import Hints, Page, PublishedFrom, Reading
from app.settings import Settings
from app.sources import Unread
from app.store import Store
from app.web.schemas import NewArticle

__all__ = ["keep", "one_at_a_time", "page_of", "read"]

one_at_a_time = Lock()


def page_of(asked: NewArticle, settings: Settings) -> Page:
    """The page asked for: fetched when only an address is given. Raises BadInput or FetchFailed."""
    hints = Hints(
        outlet=asked.outlet or None,
        published=asked.published,
        published_from=PublishedFrom.OPTION if asked.published else None,
        url=asked.url or None,
        headline=asked.headline or None,
        story=asked.story or None,
    )
    if asked.html is not None:
        return sources.page_from_html(asked.html, asked.url or None, hints, origin=asked.url or "pasted page")
    if asked.text is not None:
        return pipeline.paste(asked.text, hints, origin=asked.url or "pasted text")
    return sources.fetch(asked.url or "", settings, hints)


def read(page: Page) -> tuple[Reading | Unread, ...]:
    """Every article of the page, read; nothing is kept. Raises the error when no article of it could be read."""
    with one_at_a_time:
        found = tuple(pipeline.read_pages([page]))
    errors = [f for f in found if not isinstance(f, Reading)]
    if errors and len(errors) == len(found):
        raise errors[0]
    return found


def keep(store: Store, found: Iterable[Reading | Unread]) -> pipeline.Summary:
    """Keep what was read and realign its story. Raises the error when nothing could be kept."""
    with one_at_a_time:
        summary = pipeline.keep(store, found)
    if summary.failed and not summary.articles:
        raise summary.failed[0]
    return summary
