"""The lists one finds things by, and an outlet's own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.records import ActorKind, Status
from app.store.views.actors import ActorCard
from app.store.views.basics import ArticleRef, Facet, OutletView, Slice, StoryRef
from app.store.views.rows import RowSummary
from app.store.views.stories import StoryCard

__all__ = [
    "ActorList",
    "ArticleCard",
    "ArticleList",
    "OutletCard",
    "OutletList",
    "OutletPageView",
    "StandView",
    "StoryList",
]


@dataclass(frozen=True, slots=True)
class StoryList:
    """`counts`: stories that hold a row of each status, under all filters but that one; `outlets`: under all but theirs."""

    stories: Slice[StoryCard]
    counts: Mapping[Status, int]
    every: int  # stories under all filters but the status
    outlets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class ArticleCard:
    article: ArticleRef
    story: StoryRef
    claims: int


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Facets are counted under all filters but their own, the most frequent first."""

    articles: Slice[ArticleCard]
    outlets: tuple[Facet, ...]
    stories: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class ActorList:
    actors: Slice[ActorCard]
    kinds: Mapping[ActorKind, int]  # actors of each kind, under the other filters


@dataclass(frozen=True, slots=True)
class OutletCard:
    outlet: OutletView
    articles: int
    stories: int
    last: date | None  # the latest day it published what is kept


@dataclass(frozen=True, slots=True)
class OutletList:
    outlets: Slice[OutletCard]
    countries: tuple[Facet, ...]  # codes; counted under the other filters


@dataclass(frozen=True, slots=True)
class StandView:
    """Rows of one status in which an outlet reports. `party`: rows where its own words are at odds with another's."""

    status: Status
    rows: int
    party: int


@dataclass(frozen=True, slots=True)
class OutletPageView:
    """`left_out`: rows of its stories that others tell, and of which nothing was found in its articles."""

    outlet: OutletView
    articles: int
    stories: int
    first: date | None
    last: date | None
    languages: tuple[Facet, ...]  # codes, by its articles
    stands: tuple[StandView, ...]
    latest: tuple[ArticleCard, ...]
    of_stories: tuple[StoryCard, ...]
    left_out: Slice[RowSummary]
    waiting: bool = False  # a story of it is not compared yet: counts are of before
