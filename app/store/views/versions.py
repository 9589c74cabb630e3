"""The versions of an article, and what a new one changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.records import Article
from app.store.views.articles import RevisionView
from app.store.views.basics import ArticleRef
from app.store.views.rows import RowSummary

__all__ = ["RevisedView", "StatementView", "VersionsView"]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A claim that one version has and the other has not, with the row it stands in, or stood in."""

    claim_id: int
    text: str
    row: RowSummary | None


@dataclass(frozen=True, slots=True)
class VersionsView:
    """Two versions of one article: as they were read, with the claims that came and went."""

    article: ArticleRef
    story_title: str
    revisions: tuple[RevisionView, ...]
    before: Article
    after: Article
    numbers: tuple[int, int]
    came: tuple[StatementView, ...]
    gone: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class RevisedView:
    """A version that took another's place. `hashes`: of the words of both."""

    article: ArticleRef
    number: int
    at: datetime
    before: Article
    after: Article
    hashes: tuple[str, str]
