"""The review queue, the feeds, and what is learned from reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.core.records import RelationKind
from app.store.views.basics import Facet
from app.store.views.claims import ClaimView, ReasonView
from app.store.views.remarks import CommentView, DecisionView, FlagView, WorkView
from app.store.views.rows import RowSummary

__all__ = ["ChangeView", "ConflictView", "LabelledPair", "QueueCounts", "ReviewedKind", "ReviewedView"]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One entry of the review queue."""

    row: RowSummary
    claims: tuple[ClaimView, ...]
    reasons: tuple[ReasonView, ...]
    flag: FlagView | None
    decisions: tuple[DecisionView, ...]
    two_opinions: bool = False  # two people answer one question about it otherwise
    work: WorkView = field(default_factory=WorkView)
    comments: tuple[CommentView, ...] = ()
    undone: tuple[DecisionView, ...] = ()  # decisions that another person undid, shown to both


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Rows of the queue by what it can be narrowed to, each filter's under the others. A row may count in several."""

    states: Mapping[str, int]
    stories: tuple[Facet, ...] = ()
    outlets: tuple[Facet, ...] = ()
    dimensions: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A row and when it first showed as a conflict: an entry of a feed. `seen` survives realigning."""

    row: RowSummary
    seen: datetime
    claims: tuple[ClaimView, ...]
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two claims with what a reviewer said of them: a line for fitting, in the terms of `parallax pairs`.

    `relation` is what the two are to each other, None when nobody said; `not_relation` is one that was turned down.
    """

    id: str
    a: str
    b: str
    a_article: str
    b_article: str
    a_published: date | None
    b_published: date | None
    a_outlet: str
    b_outlet: str
    story: str
    same: bool
    relation: RelationKind | None
    by: str
    at: datetime
    not_relation: RelationKind | None = None


@dataclass(frozen=True, slots=True)
class ReviewedKind:
    """Rows of one kind that people looked at. `share`, `low` and `high` (95 %, Wilson) are None when there are none."""

    kind: RelationKind
    confirmed: int
    rejected: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ReviewedView:
    """Precision as reviewed so far: each row counts once, by the last word on it, against what the machine had said."""

    kinds: tuple[ReviewedKind, ...]  # conflict, diverge, updated, agree
    rows: int
    reviewers: int
