"""What the forms offer: the stories there are, and the names of outlets known here."""

from __future__ import annotations

from dataclasses import dataclass

from app.store import Store

__all__ = ["Choices", "choices_of"]


@dataclass(frozen=True, slots=True)
class Choices:
    stories: tuple[tuple[str, str], ...]  # slug, title
    outlets: tuple[str, ...]


def choices_of(store: Store) -> Choices:
    """The hundred stories that changed last; every outlet by name."""
    stories = tuple((c.story.slug, c.story.title) for c in store.library.stories(limit=100).items)
    return Choices(stories, tuple(o.name for o in store.library.outlets()))
