"""The article page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.store.views.basics import ArticleRef, Silence
from app.store.views.claims import ClaimView
from app.store.views.pages import FetchedPage
from app.store.views.rows import RowSummary

__all__ = ["ArticleView", "RevisionView", "Underline"]


@dataclass(frozen=True, slots=True)
class Underline:
    """A claim in an article's body with what the margin says of it."""

    claim: ClaimView
    row: RowSummary | None
    others: tuple[ClaimView, ...]  # the same row in other articles


@dataclass(frozen=True, slots=True)
class RevisionView:
    number: int
    fetched_at: datetime
    hash: str
    current: bool


@dataclass(frozen=True, slots=True)
class ArticleView:
    article: ArticleRef
    bylines: tuple[str, ...]
    language: str
    text: str
    underlines: tuple[Underline, ...]  # in order of offset; may nest
    revisions: tuple[RevisionView, ...]
    revision: int
    alone: tuple[ClaimView, ...]  # what this article alone reports
    missing: tuple[RowSummary, ...]  # what others report and this one leaves out
    reader: str
    story_title: str = ""
    agency: str | None = None  # whose line the article bears
    waiting: bool = False  # its story's articles changed since they were compared
    page: FetchedPage | None = None  # what this version was read from, when it was fetched and is kept
    silences: Mapping[int, Silence] = field(default_factory=dict)  # by id of a row of `missing`: why there is nothing
