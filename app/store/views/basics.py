"""What every page shows: outlets, actors, articles and stories in a line, pages of lists, counts to choose by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import Field as Written

from app.core.records import ActorKind, PublishedFrom

__all__ = ["ActorRef", "ArticleRef", "Facet", "OutletView", "Silence", "Slice", "StoryRef"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list. `next` and `previous` are opaque cursors; `total` counts all that match."""

    items: Sequence[T]
    total: int
    next: str | None = None
    previous: str | None = None


class Silence(StrEnum):
    """Why a cell is empty. `not-compared`: the article's claims are read, and not yet held against the others."""

    NOT_MENTIONED = "not-mentioned"
    PUBLISHED_BEFORE = "published-before"
    EXCERPT_ONLY = "excerpt-only"
    NO_ARTICLE = "no-article"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True, slots=True)
class OutletView:
    key: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRef:
    key: str
    name: str
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article in a line: a column's head, a link."""

    id: int
    outlet: OutletView
    headline: str
    published: date | None
    published_from: PublishedFrom | None
    url: str | None
    story_slug: str
    excerpt: bool = False
    own_words: bool = False  # the bundled example: written by us, not the outlet's words
    waiting: bool = False  # its claims are not compared with those of its story yet
    revision: Annotated[int | None, Written(exclude=True)] = field(default=None, compare=False)
    """Of something frozen the version that was, for links; else the current one is meant. What is frozen reads as what is not."""


@dataclass(frozen=True, slots=True)
class StoryRef:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Facet:
    value: str
    label: str
    count: int
