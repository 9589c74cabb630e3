"""Adding an article from a form or the API: source to page, to readings, kept or only shown; read and compared by other hands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app import pipeline
from app.core.records import Article, Hints, Page, PublishedFrom, Reading
from app.errors import Conflicting
from app.pipeline import Hands
from app.pipeline.held import Parts, registered_outlet
from app.sources import Unread
from app.store import Store
from app.store.views import HeldView
from app.web.schemas import NewArticle
from app.web.submitted import Given

__all__ = ["given_of", "held_already", "keep", "read"]


def given_of(asked: NewArticle) -> Given:
    """What the API's body gives; fetched when it is an address only."""
    hints = Hints(
        outlet=asked.outlet or None,
        published=asked.published,
        published_from=PublishedFrom.OPTION if asked.published else None,
        url=asked.url or None,
        headline=asked.headline or None,
        story=asked.story or None,
    )
    return Given(hints, text=asked.text, html=asked.html, url=asked.url or None)


def read(pages: Iterable[Page | Unread], hands: Hands) -> tuple[Reading | Unread, ...]:
    """Every article of the pages, read; nothing is kept. Raises the error when no article of them could be read."""
    found = tuple(pipeline.read_pages(pages, hands=hands))
    errors = [f for f in found if not isinstance(f, Reading)]
    if errors and len(errors) == len(found):
        raise errors[0]
    return found


def held_already(store: Store, articles: Iterable[Article]) -> tuple[HeldView | None, ...]:
    """Of each article what is kept of it already, told apart as keeping them would."""
    parts = Parts()
    return tuple(store.corrections.held(a, outlet=registered_outlet(a), part=parts.number(a)) for a in articles)


def keep(
    store: Store,
    found: Iterable[Reading | Unread],
    hands: Hands,
    by: str,
    stop: Callable[[], bool] = lambda: False,
    *,
    own_words: bool = False,
    copies: pipeline.Copies | None = None,
) -> pipeline.ImportSummary:
    """Keep what was read, in the name of whoever added it, and realign its story. Raises the error when nothing could be kept."""
    summary = pipeline.keep(store, found, own_words=own_words, hands=hands, stop=stop, by=by, copies=copies)
    if summary.failed and not summary.articles:
        raise summary.failed[0]
    if not summary.articles and summary.outcomes["deleted"]:
        raise Conflicting("it was deleted here, and is not kept again.", mend="Restore it on the page Corrections.")
    return summary
