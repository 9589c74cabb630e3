"""How large an article may be and how long it may take; what takes longer is found among its neighbours and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from app.core.records import Article, Page
from app.errors import ParallaxError, TooHeavy, TooLarge, Unexpected
from app.logs import get_log
from app.pipeline.hands import Hands
from app.sources import Unread

__all__ = [
    "BATCH",
    "MOST_CHARS",
    "READ_A_SECOND",
    "TAKEN_APART_A_SECOND",
    "batches",
    "not_too_long",
    "seconds_for",
    "work_within",
]

log = get_log("parallax.pipeline")
A = TypeVar("A", Page, Article)
T = TypeVar("T")

BATCH = 16
"""Articles read in one go: enough to keep the language model busy, few enough to show progress."""
MOST_CHARS = 300_000
"""Longest article, in characters: some fifty thousand words, three times the longest that newspapers print."""
LEAST_SECONDS = 20.0
READ_A_SECOND = 1_500
"""Characters of an article that must be read in a second: a slow machine that is busy otherwise reads the threefold."""
TAKEN_APART_A_SECOND = 50_000
"""Characters of a page, its markup included, that must be looked through in a second."""


def seconds_for(chars: int, a_second: int = READ_A_SECOND) -> float:
    """How long something of so many characters may take."""
    return LEAST_SECONDS + chars / a_second


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """So many at a time, as they come."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def work_within(
    hands: Hands,
    items: Sequence[A | Unread],
    kind: type[A],
    work: Callable[[Sequence[A | Unread]], list[T]],
    a_second: int,
) -> Iterator[T | TooHeavy | Unexpected]:
    """All together, as long as their size allows. If that was not enough, or something failed, each by itself; what takes too
    long or fails then is the error it is.
    """
    wanted = [item for item in items if isinstance(item, kind)]
    try:
        found: list[T] = hands.read(seconds_for(sum(len(w.text) for w in wanted), a_second), work, items)
    except Exception as error:  # whatever it was: one bad article must not take the others with it
        if isinstance(error, ParallaxError) and not isinstance(error, TooHeavy):
            raise
        if len(items) == 1:
            yield _of_one(error, next((w.origin for w in wanted), None))
            return
        for item in items:
            yield from work_within(hands, [item], kind, work, a_second)
    else:
        yield from found


def _of_one(error: Exception, where: str | None) -> TooHeavy | Unexpected:
    if isinstance(error, TooHeavy):
        error.where = error.where or where
        return error
    log.info("an article could not be read", exc_info=error, where=where)  # commands show worse only
    return Unexpected.of(error, where)


def not_too_long(article: Article) -> Article | TooLarge:
    if len(article.text) <= MOST_CHARS:
        return article
    return TooLarge(
        f"the article has {len(article.text):,} characters; at most {MOST_CHARS:,} are read.",
        where=article.origin or article.url or article.headline,
        mend="Give it in parts.",
    )
