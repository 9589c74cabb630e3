"""Stage 6, rows -> store: a story is compared anew from what is kept of it, until what it was compared from is what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from app.core.thresholds import ROW_SCORE_LOOSE
from app.errors import Moved, NotFound, TooHeavy
from app.pipeline.abreast import abreast
from app.pipeline.comparing import Compared, compare
from app.pipeline.hands import HERE, Hands
from app.store import Store, ToCompare

__all__ = ["ATTEMPTS", "COMPARING_SECONDS", "compare_anew", "heal", "realign", "realign_all"]

COMPARING_SECONDS = 900.0
"""Longest comparison of one story, or of what is kept within a year: a thousand articles take some minutes."""
ATTEMPTS = 5
"""How often something is made again when what it was made from changed meanwhile."""


def realign_all(store: Store, slugs: Iterable[str], *, hands: Hands = HERE) -> Iterator[tuple[str, bool | TooHeavy]]:
    """Realign these stories in order, each by itself, as many at once as there are hands; of each what `realign` gives."""

    def begin(slug: str) -> tuple[str, tuple[ToCompare, Compared] | TooHeavy | None]:
        try:
            return slug, _compared(store, slug, hands)
        except NotFound:
            return slug, None
        except TooHeavy as error:
            return slug, error

    for slug, found in abreast(hands.many, begin, slugs):
        if found is None or isinstance(found, TooHeavy):
            yield slug, found or True
            continue
        try:
            _keep(store, slug, *found)
        except Moved:
            try:
                yield slug, realign(store, slug, hands=hands)
            except TooHeavy as error:
                yield slug, error
        else:
            yield slug, True


def _compared(store: Store, slug: str, hands: Hands) -> tuple[ToCompare, Compared]:
    now = store.articles.to_compare(slug)
    return now, hands.compare(COMPARING_SECONDS, compare, now.readings, ROW_SCORE_LOOSE, now.work)


def _keep(store: Store, slug: str, made_from: ToCompare, found: Compared) -> None:
    store.articles.keep_alignments(
        slug,
        found.rows,
        made_from.article_ids,
        basis=made_from.basis,
        comparer=found.comparer,
        work=(found.fresh, found.left),
    )


def realign(store: Store, slug: str, *, hands: Hands = HERE) -> bool:
    """Make a story's rows anew from what is kept, the loosest included; flags and decisions stay.

    False when its articles changed during every attempt: the story then waits, and is known to.
    """
    for _ in range(ATTEMPTS):
        try:
            _keep(store, slug, *_compared(store, slug, hands))
        except Moved:
            continue
        except NotFound:  # its articles moved to another story, which is compared by itself
            return True
        return True
    return False


def heal(store: Store, *, quiet_since: datetime | None = None, hands: Hands = HERE) -> tuple[str, ...]:
    """Compare every story that waits for it (`quiet_since`: that nobody has changed since); the slugs of those that were.

    What an import left that was cut short is so made up for: when a server starts and while it runs, by `parallax reread`, and
    by the next import. Raises `TooHeavy`, after all others, for a story that takes longer to compare than it may.
    """
    return compare_anew(store, store.articles.stale_stories(quiet_since=quiet_since), hands=hands)


def compare_anew(
    store: Store, slugs: Iterable[str], *, advance: Callable[[], None] = lambda: None, hands: Hands = HERE
) -> tuple[str, ...]:
    """Realign these stories, each by itself; the slugs of those that were. Raises `TooHeavy` as `heal` does."""
    done, heavy = [], None
    for slug, what in realign_all(store, slugs, hands=hands):
        advance()
        if isinstance(what, TooHeavy):
            heavy = what
        elif what:
            done.append(slug)
    if heavy is not None:
        raise heavy
    return tuple(done)
