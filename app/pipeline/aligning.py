"""Stage 6, rows -> store: a story is compared anew from what is kept of it, until what it was compared from is what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from app.core.thresholds import ROW_SCORE_LOOSE
from app.errors import Moved, NotFound, TooHeavy
from app.pipeline.comparing import compare
from app.pipeline.hands import HERE, Hands
from app.store import Store

__all__ = ["ATTEMPTS", "COMPARING_SECONDS", "compare_anew", "heal", "realign"]

COMPARING_SECONDS = 900.0
"""Longest comparison of one story, or of what is kept within a year: a thousand articles take some minutes."""
ATTEMPTS = 5
"""How often something is made again when what it was made from changed meanwhile."""


def realign(store: Store, slug: str, *, hands: Hands = HERE) -> bool:
    """Make a story's rows anew from what is kept, the loosest included; flags and decisions stay.

    False when its articles changed during every attempt: the story then waits, and is known to.
    """
    for _ in range(ATTEMPTS):
        try:
            now = store.articles.to_compare(slug)
            found = hands.compare(COMPARING_SECONDS, compare, now.readings, ROW_SCORE_LOOSE)
            store.articles.keep_alignments(slug, found.rows, now.article_ids, basis=now.basis, comparer=found.comparer)
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
    for slug in slugs:
        advance()
        try:
            if realign(store, slug, hands=hands):
                done.append(slug)
        except TooHeavy as error:
            heavy = error
    if heavy is not None:
        raise heavy
    return tuple(done)
