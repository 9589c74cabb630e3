"""Kept articles are read anew: with a name that somebody added, or since the reader changed; kept stories are compared anew
since what compares changed.

The words stay as they are kept; their claims are found again. Statements found again keep their ids, so rows, flags and
decisions go on meaning them; the stories touched are realigned. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from app import pipeline
from app.core.digests import reader_version
from app.core.records import Reading
from app.errors import BadInput, Moved, ParallaxError, TooHeavy, Unexpected
from app.pipeline import HERE, Hands, NamesInForce
from app.store import Store

__all__ = ["Reread", "current_version", "kept", "outdated", "outdated_stories", "reread"]


@dataclass
class Reread:
    """What was read anew: articles whose reading differs from the one kept, and the stories aligned again.

    `failed`: one error an article that could not be read, or takes longer than it may; what is kept of it stays.
    """

    articles: int = 0
    changed: list[int] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    failed: list[BadInput] = field(default_factory=list)


def current_version(hands: Hands = HERE) -> str:
    """The version of the reader that reads now."""
    return reader_version(hands.read(pipeline.seconds_for(0), pipeline.reader_name))


def outdated(store: Store, story: str | None = None) -> tuple[int, ...]:
    """Articles (of one story) that another version of the reader read, in order of id."""
    old = store.names.outdated(current_version())
    if story is None:
        return old
    here = {article_id for article_id, _ in store.articles.readings_of(story)}
    return tuple(i for i in old if i in here)


def outdated_stories(store: Store, story: str | None = None) -> tuple[str, ...]:
    """Stories (or that one) whose rows other rules, words or weights made than would make them now, by slug.

    Raises `BadInput` when what the settings choose does not fit.
    """
    return tuple(s for s in store.articles.outdated_stories(pipeline.comparer().version) if story in (None, s))


def kept(store: Store, story: str | None = None) -> tuple[int, ...]:
    """All kept articles (of one story), in order of id."""
    if story is not None:
        return tuple(sorted(article_id for article_id, _ in store.articles.readings_of(story)))
    return store.articles.article_ids()


def reread(
    store: Store, articles: Sequence[int], advance: Callable[[], None] = lambda: None, hands: Hands = HERE
) -> Reread:
    """Read these kept articles anew, each in a transaction of its own, and realign the stories whose readings changed.

    An article whose reading is the same, by the same version, is not touched; one whose words or names changed while it
    was read is read again. Cut short, what was read anew is kept and its stories are known to be in need of aligning.
    """
    version = current_version(hands)
    old = set(store.names.outdated(version))
    done = Reread()
    wanted = list(dict.fromkeys(articles))
    for _ in range(pipeline.ATTEMPTS):
        moved: list[int] = []
        for first in range(0, len(wanted), pipeline.BATCH):
            batch = wanted[first : first + pipeline.BATCH]
            moved += _read_batch(store, batch, old, version, done, advance, hands)
        wanted = moved
    for slug in sorted(done.stories):
        pipeline.realign(store, slug, hands=hands)
    return done


def _read_batch(
    store: Store,
    batch: Sequence[int],
    old: Collection[int],
    version: str,
    done: Reread,
    advance: Callable[[], None],
    hands: Hands,
) -> list[int]:
    """The articles of the batch that others changed meanwhile: they are to be read again."""
    moved = []
    names = pipeline.NamesInForce.of(store)
    was = [store.articles.reading_of(article_id) for article_id in batch]
    for article_id, before, now in zip(batch, was, _readings(was, names, hands), strict=True):
        if isinstance(now, BadInput):
            done.failed.append(now)
            continue
        try:
            if before != now or article_id in old:
                done.stories.add(store.articles.reread(article_id, now, reader_version=version, names=names.mark))
        except Moved:
            moved.append(article_id)
            continue
        advance()
        done.articles += 1
        if before != now:
            done.changed.append(article_id)
    return moved


def _readings(was: Sequence[Reading], names: NamesInForce, hands: Hands) -> list[Reading | BadInput]:
    """All together, or each by itself when that takes longer than it may."""
    articles = [w.article for w in was]
    seconds = pipeline.seconds_for(sum(len(a.text) for a in articles))
    try:
        return [*hands.read(seconds, pipeline.read_anew, articles, names.added.names)]
    except Exception as error:  # whatever it was: one bad article must not take the others with it
        if isinstance(error, ParallaxError) and not isinstance(error, TooHeavy):
            raise
        if len(was) != 1:
            return [found for one in was for found in _readings([one], names, hands)]
        where = articles[0].origin or articles[0].headline
        return [
            TooHeavy(error.what, where=where, mend=error.mend)
            if isinstance(error, TooHeavy)
            else Unexpected.of(error, where)
        ]
