"""Kept articles are read anew: with a name that somebody added, or since the reader changed.

The words stay as they are kept; their claims are found again. Statements found again keep their ids, so rows, flags and
decisions go on meaning them; the stories touched are realigned. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from app import pipeline
from app.core.claims import read_many
from app.core.claims.version import reader_version
from app.errors import Moved
from app.store import Store

__all__ = ["Reread", "current_version", "kept", "outdated", "reread"]


@dataclass
class Reread:
    """What was read anew: articles whose reading differs from the one kept, and the stories aligned again."""

    articles: int = 0
    changed: list[int] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)


def current_version() -> str:
    """The version of the reader that reads now."""
    return reader_version(pipeline.reader().name)


def outdated(store: Store, story: str | None = None) -> tuple[int, ...]:
    """Articles (of one story) that another version of the reader read, in order of id."""
    old = store.outdated(current_version())
    if story is None:
        return old
    here = {article_id for article_id, _ in store.readings_of(story)}
    return tuple(i for i in old if i in here)


def kept(store: Store, story: str | None = None) -> tuple[int, ...]:
    """All kept articles (of one story), in order of id."""
    if story is not None:
        return tuple(sorted(article_id for article_id, _ in store.readings_of(story)))
    return tuple(k.article_id for k in store.kept_articles())


def reread(store: Store, articles: Sequence[int], advance: Callable[[], None] = lambda: None) -> Reread:
    """Read these kept articles anew, each in a transaction of its own, and realign the stories whose readings changed.

    An article whose reading is the same, by the same version, is not touched; one whose words or names changed while it
    was read is read again. Cut short, what was read anew is kept and its stories are known to be in need of aligning.
    """
    version = current_version()
    old = set(store.outdated(version))
    done = Reread()
    wanted = list(dict.fromkeys(articles))
    for _ in range(pipeline.ATTEMPTS):
        moved: list[int] = []
        for first in range(0, len(wanted), pipeline.BATCH):
            moved += _read_batch(store, wanted[first : first + pipeline.BATCH], old, version, done, advance)
        wanted = moved
    for slug in sorted(done.stories):
        pipeline.realign(store, slug)
    return done


def _read_batch(
    store: Store, batch: Sequence[int], old: Collection[int], version: str, done: Reread, advance: Callable[[], None]
) -> list[int]:
    """The articles of the batch that others changed meanwhile: they are to be read again."""
    moved = []
    names = pipeline.NamesInForce.of(store)
    was = [store.reading_of(article_id) for article_id in batch]
    read = read_many([w.article for w in was], pipeline.reader(), names.added.names)
    for article_id, before, now in zip(batch, was, read, strict=True):
        try:
            if before != now or article_id in old:
                done.stories.add(store.reread(article_id, now, reader_version=version, names=names.mark))
        except Moved:
            moved.append(article_id)
            continue
        advance()
        done.articles += 1
        if before != now:
            done.changed.append(article_id)
    return moved
