"""What people corrected, as pages, API and commands show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.store.views.basics import StoryRef

__all__ = ["CorrectedView", "CorrectionView"]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction; in force until it is undone. `value` and `was` are as people read them, None for nothing.

    `story` is where the thing stood then, and `into` the other story where it moved, was merged or split to. `words` are those of
    a claim as it stood then.
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


@dataclass(frozen=True, slots=True)
class CorrectedView:
    """What was corrected, and what is to follow: articles to read anew, stories to compare again, by slug."""

    corrections: Sequence[CorrectionView]
    articles: Sequence[int]
    stories: Sequence[str]
