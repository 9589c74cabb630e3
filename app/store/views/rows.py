"""Rows of the side-by-side view, in a line and whole, with where their reports come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.core.records import Between, Dimension, RelationKind, Status
from app.store.views.basics import ActorRef, ArticleRef, OutletView, Silence, StoryRef
from app.store.views.claims import ClaimView, ReasonView, RelationView
from app.store.views.remarks import CommentView, DecisionView, FlagView, WorkView

__all__ = [
    "AlignmentView",
    "CellView",
    "ChainView",
    "EdgeView",
    "NodeKind",
    "NodeView",
    "OriginView",
    "RowSummary",
    "RowView",
    "SideView",
    "UtteranceView",
    "WordingView",
]


@dataclass(frozen=True, slots=True)
class CellView:
    """One article's place in a row: its claims, or why there is none."""

    article_id: int
    claims: tuple[ClaimView, ...]
    silence: Silence | None = None


@dataclass(frozen=True, slots=True)
class SideView:
    """One outlet's place in a row when a reader chose which outlets stand side by side: the claims of all its articles."""

    outlet: OutletView
    claims: tuple[ClaimView, ...]
    silence: Silence | None = None  # `no-article` when the outlet has none in this story


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where some of a row's reports come from: outlets that repeat one source are one origin.

    `reason`: agency (one agency's line), overlap (the same words beyond what the matter needs), citing (one outlet or
    agency is cited), own (nothing says that it leans on another).
    """

    reason: Literal["agency", "overlap", "citing", "own"]
    outlets: tuple[OutletView, ...]
    articles: tuple[int, ...]
    say: str  # one sentence


@dataclass(frozen=True, slots=True)
class WordingView:
    """What one claim has of an utterance; offsets are into `claim.text`."""

    claim_id: int
    outlet: OutletView
    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """Something one speaker said once, as several outlets give it: translated or cut differently."""

    speaker: ActorRef
    wordings: tuple[WordingView, ...]
    why: tuple[str, ...]  # sentences
    likeness: float  # of the least like wording with its best match, 0 to 1


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the side-by-side view. `cells` stand in the order of the story's columns.

    `score` is the probability that its claims state one proposition: what a reader's strictness is held against.
    `probability` is that of the status: that it is right, or of an unsure row that its claims differ. It is 1 where a person
    decided the verdict, and where nothing was judged.
    """

    id: int
    label: str
    status: Status
    between: Between | None
    dimensions: tuple[Dimension, ...]  # of the reasons that made the status, weightiest first
    summary: str  # one line: what differs ("23 Aug (Nikkei) / 22 Aug (3)")
    outlets: int
    cells: tuple[CellView, ...]
    flags: tuple[FlagView, ...] = ()
    decisions: tuple[DecisionView, ...] = ()
    score: float = 1.0
    reasons: tuple[ReasonView, ...] = ()  # what made the status, weightiest first: the row's short "why"
    origins: tuple[OriginView, ...] = ()  # independent of each other; their number is the row's number of origins
    sides: tuple[SideView, ...] = ()  # one an outlet chosen, in the order they were asked for; empty when none was
    utterances: tuple[UtteranceView, ...] = ()
    decided: bool = False  # a person decided on it: shown whatever the strictness
    probability: float = 1.0
    two_opinions: bool = False  # two people answer one question about it otherwise; both are in `flags` or `decisions`


@dataclass(frozen=True, slots=True)
class RowSummary:
    id: int
    label: str
    status: Status
    between: Between | None
    dimensions: tuple[Dimension, ...]
    summary: str
    outlets: int
    story: StoryRef
    flag: FlagView | None = None
    probability: float = 1.0  # as of a `RowView`


NodeKind = Literal["outlet", "agency", "person", "organisation", "state", "treaty", "unnamed"]


@dataclass(frozen=True, slots=True)
class NodeView:
    """Who reports or speaks. `key` is unique in its chain: "outlet:kbs", "actor:toshimitsu-motegi"."""

    key: str
    kind: NodeKind
    name: str
    actor_key: str | None = None  # for a link to the actor's page
    outlet_key: str | None = None


@dataclass(frozen=True, slots=True)
class EdgeView:
    """`reporter` has it from `source` (node keys), in these words, in this claim."""

    reporter: str
    source: str
    cue: str  # "said", "according to"; "" when only the order of speakers tells
    claim_id: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ChainView:
    """Who reports it from whom: outlet <- agency or outlet cited <- speaker. Nodes with outlets first, then inwards."""

    nodes: tuple[NodeView, ...]
    edges: tuple[EdgeView, ...]


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """A row with everything behind it: the "why" page.

    `relations` are one page of its pairs, those that differ or are least sure first; `relation_counts` counts all.
    """

    row: RowView
    story: StoryRef
    columns: tuple[ArticleRef, ...]
    relations: tuple[RelationView, ...]
    history: tuple[FlagView | DecisionView, ...]
    previous_id: int | None = None
    next_id: int | None = None
    retired: bool = False  # realigning found no such row any more: shown as it last was
    rejected: bool = False  # a person said that its claims do not belong together
    asked_id: int | None = None  # the id asked for, when this row swallowed it
    chain: ChainView = ChainView((), ())
    below: bool = False  # its score is below the usual strictness: shown only to readers who ask for less
    stands_in: int | None = None  # of one claim's own row that waits: the row that has the claim now
    waiting: bool = False  # its story's articles changed since this row was made
    queued: bool = False  # it stands in the review queue
    work: WorkView = field(default_factory=WorkView)
    comments: tuple[CommentView, ...] = ()
    relation_counts: Mapping[RelationKind, int] = field(default_factory=dict)
    relations_next: str | None = None  # cursors of the pages beside this one
    relations_previous: str | None = None
