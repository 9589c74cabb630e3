"""Stages 1 to 3, source -> page -> articles -> readings: what cannot be read is yielded as the error it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from app import sources
from app.core.article import articles_of
from app.core.claims import read_many
from app.core.lexicon.outlets import load_outlets
from app.core.records import Article, Hints, Page, Reading
from app.errors import BadInput
from app.pipeline.chosen import reader
from app.settings import get_settings
from app.sources import Unread

BATCH = 16
"""Articles read in one go: enough to keep the language model busy, few enough to show progress."""


def read_targets(
    targets: Sequence[str],
    options: Hints = Hints(),
    manifest: Path | None = None,
    *,
    skipped: Callable[[Path, str], None] | None = None,
) -> Iterator[Page | Unread]:
    """Pages of files, folders, "-", addresses and feeds; what cannot be read is yielded as the error it is."""
    return sources.read_targets(targets, options, manifest, get_settings(), skipped=skipped)


def read_json_lines(lines: Iterable[str], *, as_is: bool = False) -> Iterator[Page | Unread]:
    """Pages of JSON lines {id?, text|html, headline?, published?, outlet?, url?}; a bad line is yielded as its error."""
    return sources.pages_from_lines(lines, Hints(), origin="standard input", as_is=as_is)


def paste(text: str, hints: Hints = Hints(), *, origin: str = "pasted text") -> Page:
    """The page of what a reader pasted: a page's source is read as HTML, all else as plain text. Raises `BadInput`."""
    if sources.looks_like_html(text):
        return sources.page_from_html(text, hints.url, hints, origin=origin)
    return sources.page_from_text(text, hints, origin=origin)


def read_pages(pages: Iterable[Page | Unread], today: date | None = None) -> Iterator[Reading | Unread]:
    """Every article of every page, read, in order; errors pass through in their place. Lazy, in batches."""
    now = today or datetime.now(UTC).date()
    batch: list[Article | Unread] = []
    for page in pages:
        if isinstance(page, Page):
            try:
                batch.extend(articles_of(page, load_outlets(), now))
            except BadInput as error:
                batch.append(error)
        else:
            batch.append(page)
        if len(batch) >= BATCH:
            yield from _read(batch)
            batch = []
    yield from _read(batch)


def read_articles(articles: Iterable[Article]) -> Iterator[Reading]:
    """Articles that are articles already (their body known), read, in order."""
    return read_many(articles, reader())


def _read(batch: Sequence[Article | Unread]) -> Iterator[Reading | Unread]:
    readings = read_articles([a for a in batch if isinstance(a, Article)])
    for item in batch:
        yield next(readings) if isinstance(item, Article) else item
