"""The story page, story cards and the front page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.records import Status
from app.store.views.basics import ArticleRef, Facet, OutletView, Slice, StoryRef
from app.store.views.rows import RowSummary, RowView

__all__ = ["FrontView", "MatrixCell", "StoryCard", "StoryView", "TimePoint"]


@dataclass(frozen=True, slots=True)
class StoryCard:
    story: StoryRef
    outlets: tuple[OutletView, ...]
    articles: int
    first: date | None
    last: date | None
    counts: Mapping[Status, int]
    conflicts: tuple[RowSummary, ...]  # the first few
    own_words: bool = False
    waiting: bool = False  # its articles changed since its rows were made: counts and conflicts are of before


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Two outlets: rows both are in, and how many of those agree."""

    a: OutletView
    b: OutletView
    shared: int
    agree: int
    conflict: int


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A date claims tell of, at day, month or year grain, with the rows that tell it."""

    value: str
    grain: str
    rows: int
    conflict: bool
    label: str
    alignment_id: int


@dataclass(frozen=True, slots=True)
class StoryView:
    story: StoryRef
    columns: tuple[ArticleRef, ...]
    outlets: tuple[OutletView, ...]
    first: date | None
    last: date | None
    counts: Mapping[Status, int]  # of all rows under the other filters
    rows: Slice[RowView]
    actors: tuple[Facet, ...]
    matrix: tuple[MatrixCell, ...]
    timeline: tuple[TimePoint, ...]
    reader: str  # what read the articles: model name or "rules"
    strictness: float = 0.0  # least score of the rows shown
    strictness_usual: float = 0.0  # the one used when none is asked for
    strictness_least: float = 0.0  # below this no row is kept
    chosen: tuple[OutletView, ...] = ()  # the outlets that stand side by side, in the order asked for; () for all
    waiting: bool = False  # its articles changed since its rows were made; `columns` say which wait to be compared
    compared_with: str = ""  # what made the rows: the encoder's name or "words alone"; "" when it was not told
    compared_by: str = ""  # digest of the rules, words and weights that made them


@dataclass(frozen=True, slots=True)
class FrontView:
    """`fresh`: how many articles came to a story after the reader's last visit, by slug; of all stories in `fresh_articles`."""

    stories: Slice[StoryCard]  # of two articles and more
    short: Slice[StoryCard]  # of one: the first few
    flagged: tuple[RowSummary, ...]
    articles: int
    claims: int
    fresh: Mapping[str, int]
    fresh_articles: int = 0
