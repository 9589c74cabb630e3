"""What people corrected, as pages, API and commands show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.store.views.basics import StoryRef

__all__ = ["CorrectedView", "CorrectionView", "HeldView"]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction; in force until it is undone. `value` and `was` are as people read them, None for nothing.

    `story` is where the thing stood then, and `into` the other story where it moved, was merged or split to. `words` are those of
    a claim as it stood then. `untold`: it is of something deleted, whose words are kept from whoever asks.
    """

    id: int
    kind: Literal["article", "story", "claim"]
    field: str
    value: str | None
    was: str | None
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None
    article_id: int | None = None
    headline: str = ""
    story: StoryRef | None = None
    into: StoryRef | None = None
    articles: int = 0  # how many went with it
    words: str = ""
    untold: bool = False


@dataclass(frozen=True, slots=True)
class CorrectedView:
    """What was corrected, and what is to follow: articles to read anew, stories to compare again, by slug."""

    corrections: Sequence[CorrectionView]
    articles: Sequence[int]
    stories: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldView:
    """An article that is kept already. `differs`: fields in which what is given differs from what is held, both as people read them.

    `words`: its text or headline differs from every version that is held, so keeping it makes a new one.
    """

    article_id: int
    headline: str
    story: StoryRef
    differs: Sequence[tuple[str, str, str]]  # field, held, given
    words: bool = False
    deleted: bool = False

    @property
    def given(self) -> dict[str, str]:
        """What is given of the fields that differ."""
        return {name: given for name, _, given in self.differs}
