"""A story by the name that a person typed: the one there is, or an error that names those most like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store import Store
    from app.store.views import StoryCard

__all__ = ["every_story", "story_named"]

_LIKE = 60.0
"""RapidFuzz WRatio from which a story's slug may be the one that was meant."""


def every_story(store: Store) -> list[StoryCard]:
    """All stories, in the order of the front page."""
    found: list[StoryCard] = []
    cursor: str | None = None
    while True:
        part = store.library.stories(cursor=cursor, limit=100)
        found.extend(part.items)
        cursor = part.next
        if cursor is None:
            return found


def story_named(store: Store, slug: str) -> str:
    """The slug, when there is such a story. Raises `NotFound` that says which were meant, or how to list them."""
    from rapidfuzz import fuzz, process

    from app.errors import NotFound

    known = [card.story.slug for card in every_story(store)]
    if slug in known:
        return slug
    near = [name for name, _, _ in process.extract(slug, known, scorer=fuzz.WRatio, limit=3, score_cutoff=_LIKE)]
    mend = f"Did you mean {' or '.join(near)}?" if near else "`parallax stories` lists them."
    raise NotFound(f"there is no story {slug!r}.", mend=mend)
