"""Stages 1 to 3, source -> page -> articles -> readings: what cannot be read is yielded as the error it is.

Reading has bounds (`bounds.py`): of size always, of time where other hands read (`hands.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app import sources
from app.core.article import articles_of
from app.core.claims import AddedName, read_claims, read_many
from app.core.lexicon.outlets import load_outlets
from app.core.records import Article, Hints, Page, Reading
from app.errors import BadInput
from app.pipeline.abreast import abreast
from app.pipeline.bounds import (
    READ_A_SECOND,
    TAKEN_APART_A_SECOND,
    batches,
    not_too_long,
    work_within,
)
from app.pipeline.chosen import reader
from app.pipeline.hands import HERE, Hands
from app.pipeline.held import Beside, Held, without_held
from app.settings import get_settings
from app.sources import Unread
from app.sources.fetching import HttpFetcher

if TYPE_CHECKING:
    from app.pipeline.copies import Copies
    from app.store import Store


def read_targets(
    targets: Sequence[str],
    options: Hints = Hints(),
    manifest: Path | None = None,
    *,
    skipped: Callable[[Path, str], None] | None = None,
    copies: Copies | None = None,
) -> Iterator[Page | Unread]:
    """Pages of files, folders, "-", addresses and feeds; what cannot be read is yielded as the error it is. `copies` notes
    what is fetched.
    """
    limits = get_settings()
    with HttpFetcher(limits) as fetcher:
        noting = copies.noting(fetcher) if copies else fetcher
        yield from sources.read_targets(targets, options, manifest, limits, skipped=skipped, fetcher=noting)


def read_json_lines(lines: Iterable[str], *, as_is: bool = False) -> Iterator[Page | Unread]:
    """Pages of JSON lines {id?, text|html, headline?, published?, outlet?, url?}; a bad line is yielded as its error."""
    return sources.pages_from_lines(lines, Hints(), origin="standard input", as_is=as_is)


def paste(text: str, hints: Hints = Hints(), *, origin: str = "pasted text") -> Page:
    """The page of what a reader pasted: a page's source is read as HTML, all else as plain text. Raises `BadInput`."""
    if sources.looks_like_html(text):
        return sources.page_from_html(text, hints.url, hints, origin=origin)
    return sources.page_from_text(text, hints, origin=origin)


def read_pages(
    pages: Iterable[Page | Unread], today: date | None = None, *, hands: Hands = HERE
) -> Iterator[Reading | Unread]:
    """Every article of every page, read, in order; errors pass through in their place. Lazy, in batches."""
    read = _read(_found(pages, today, hands), hands)
    return (found for found in read if not isinstance(found, Held))


def read_new(
    store: Store, pages: Iterable[Page | Unread], today: date | None = None, *, hands: Hands = HERE
) -> Iterator[Reading | Beside]:
    """The same, but what is kept already, word for word, is not read again."""
    return _read(without_held(store, _found(pages, today, hands)), hands)


def _found(pages: Iterable[Page | Unread], today: date | None, hands: Hands) -> Iterator[Article | Beside]:
    now = today or datetime.now(UTC).date()

    def take_apart(batch: list[Page | Unread]) -> list[Article | Beside]:
        return list(work_within(hands, batch, Page, partial(articles_in, now=now), TAKEN_APART_A_SECOND))

    return chain.from_iterable(abreast(hands.many, take_apart, batches(pages)))


def _read(found: Iterable[Article | Beside], hands: Hands) -> Iterator[Reading | Beside]:
    """What batches there are depends on what is found alone, and not on how many hands there are."""

    def read(batch: list[Article | Beside]) -> list[Reading | Beside]:
        return list(work_within(hands, batch, Article, read_all, READ_A_SECOND))

    return chain.from_iterable(abreast(hands.many, read, batches(found)))


def articles_in(pages: Sequence[Page | Beside], now: date) -> list[Article | Beside]:
    """Every article of these pages."""
    found: list[Article | Beside] = []
    for page in pages:
        if not isinstance(page, Page):
            found.append(page)
            continue
        try:
            found.extend(not_too_long(a) for a in articles_of(page, load_outlets(), now))
        except BadInput as error:
            found.append(error)
    return found


def read_all(articles: Sequence[Article | Beside]) -> list[Reading | Beside]:
    """These articles read, together; what is none stays in its place."""
    readings = read_articles([a for a in articles if isinstance(a, Article)])
    return [next(readings) if isinstance(item, Article) else item for item in articles]


def read_named(article: Article, names: Sequence[AddedName]) -> Reading:
    """One article, read with names that people added."""
    return read_claims(article, reader(), tuple(names))


def read_anew(articles: Sequence[Article], names: Sequence[AddedName]) -> list[Reading]:
    """Articles that are kept, read again with the names that people added."""
    return list(read_many(articles, reader(), tuple(names)))


def reader_name() -> str:
    """What reads, by the settings."""
    return reader().name


def read_articles(articles: Iterable[Article]) -> Iterator[Reading]:
    """Articles that are articles already (their body known), read, in order."""
    return read_many(articles, reader())
