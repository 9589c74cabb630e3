"""Claims as they are shown, and why two of them are related as they are."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.records import Between, Dimension, Outcome, RelationKind, Span, Status
from app.store.views.basics import ActorRef, ArticleRef

__all__ = ["AttributionView", "ClaimView", "DateView", "PartView", "ReasonMark", "ReasonView", "RelationView"]


@dataclass(frozen=True, slots=True)
class ReasonMark:
    """Words inside `ClaimView.text` that a reason points at: offsets into that text."""

    start: int
    end: int
    dimension: Dimension
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AttributionView:
    speaker: ActorRef | None
    text: str  # as the article names the speaker: "the aide"
    role: str | None
    cue: str | None
    quoted: bool


@dataclass(frozen=True, slots=True)
class DateView:
    """`value` is ISO 8601 at its grain (2019, 2019-Q3, 2019-11, 2019-W46, 2019-11-22, 2019-11-22T18); T18:07 where no day is told."""

    text: str
    value: str
    grain: str
    upto: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim; in a row, as that row shows it: `clause` are the words of `text` that put it there, None for all of them."""

    id: int
    article: ArticleRef
    text: str
    start: int
    end: int
    where: str  # body | headline
    before: str  # the sentence before, for context
    after: str
    attributions: tuple[AttributionView, ...]
    actors: tuple[ActorRef, ...]
    dates: tuple[DateView, ...]
    marks: tuple[ReasonMark, ...] = ()
    alignment_id: int | None = None
    status: Status | None = None  # of its row; single-source when it has none beside it
    clause: Span | None = None


@dataclass(frozen=True, slots=True)
class ReasonView:
    dimension: Dimension
    outcome: Outcome
    a: str
    b: str
    say: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One step of a score. `weight` in log-odds."""

    name: str
    value: float
    weight: float
    say: str


@dataclass(frozen=True, slots=True)
class RelationView:
    a: ClaimView
    b: ClaimView
    kind: RelationKind
    between: Between
    score: float
    reasons: tuple[ReasonView, ...]
    parts: tuple[PartView, ...]
    shared: tuple[str, ...]
    probability: float = 1.0  # that the kind is right; of `unsure` that the two differ
