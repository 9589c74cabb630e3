"""The read models: what pages, API and exports show, as frozen values. `store/read/*` builds them, nobody else.

No view holds a database object; building one page's view takes a fixed number of statements whatever its rows.
Words shown to people (verdicts, "published before") are keys here; `web/words.py` holds the English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from app.core.records import ActorKind, Between, Dimension, Outcome, PublishedFrom, RelationKind, Span, Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list. `next` and `previous` are opaque cursors; `total` counts all that match."""

    items: Sequence[T]
    total: int
    next: str | None = None
    previous: str | None = None


class Silence(StrEnum):
    """Why a cell is empty."""

    NOT_MENTIONED = "not-mentioned"
    PUBLISHED_BEFORE = "published-before"
    EXCERPT_ONLY = "excerpt-only"
    NO_ARTICLE = "no-article"


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


@dataclass(frozen=True, slots=True)
class Mark:
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
    text: str
    value: str
    grain: str
    upto: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimView:
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
    marks: tuple[Mark, ...] = ()
    alignment_id: int | None = None
    status: Status | None = None  # of its row; single-source when it has none beside it


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


@dataclass(frozen=True, slots=True)
class FlagView:
    id: int
    alignment_id: int
    state: str  # open | confirmed | dismissed; withdrawn in the history and when just taken back
    note: str
    by: str
    at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    id: int
    alignment_id: int
    kind: str  # confirm | reject | merge | split | relabel
    value: str | None  # relabel: the label; merge: the other alignment's id
    note: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


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
    """A row with everything behind it: the "why" page."""

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


@dataclass(frozen=True, slots=True)
class StoryRef:
    slug: str
    title: str


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


@dataclass(frozen=True, slots=True)
class Facet:
    value: str
    label: str
    count: int


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
    silences: Mapping[int, Silence] = field(default_factory=dict)  # by id of a row of `missing`: why there is nothing


@dataclass(frozen=True, slots=True)
class Said:
    """One claim by or about an actor, with the stance it shows on its row's proposition."""

    claim: ClaimView
    by: bool  # said by the actor; otherwise about the actor
    stance: str | None  # affirms | denies | declines | None
    event: str | None  # ISO value of the claim's main date


@dataclass(frozen=True, slots=True)
class ActorView:
    actor: ActorRef
    role: str | None
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]  # aliases that others bear too
    said: Slice[Said]
    by_count: int
    about_count: int
    outlets: tuple[Facet, ...]
    stories: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorCard:
    actor: ActorRef
    role: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader searches for: the URL in one value. Dates are inclusive; `date_of` says which date they mean."""

    q: str = ""
    actor: str | None = None
    since: date | None = None  # URL and API name: from
    until: date | None = None  # URL and API name: to
    date_of: str = "event"  # event | published
    outlet: str | None = None
    relation: str | None = None  # a Status
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    claim: ClaimView
    marked: tuple[Span, ...]  # offsets into claim.text of the words found
    story: StoryRef


@dataclass(frozen=True, slots=True)
class SearchView:
    query: Query
    hits: Slice[Hit]
    actors: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    relations: tuple[Facet, ...]
    stories: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One entry of the review queue."""

    row: RowSummary
    claims: tuple[ClaimView, ...]
    reasons: tuple[ReasonView, ...]
    flag: FlagView | None
    decisions: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A row and when it first showed as a conflict: an entry of a feed. `seen` survives realigning."""

    row: RowSummary
    seen: datetime
    claims: tuple[ClaimView, ...]
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True)
class PositionView:
    """Where an actor stood on a matter, once, as one outlet has it.

    `matter` groups what is about one thing: the row that several claims share, else the kind of act and whose act it is.
    `changed`: the stance differs from the one before it in time on this matter (unclear ones aside).
    """

    matter: str
    label: str
    action: str | None  # action class: "apologise"
    stance: Literal["affirms", "denies", "declines", "unclear"]
    day: date | None  # when it was said, as the claim tells; else when it was published
    day_from: Literal["claim", "published"] | None
    outlet: OutletView
    claim: ClaimView
    alignment_id: int | None
    changed: bool = False
    before: str | None = None  # the stance it changed from


# --- names added by people ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AliasView:
    """A name that a person added to an actor."""

    id: int
    actor: ActorRef
    text: str
    by: str
    at: datetime
    removed_by: str | None = None
    removed_at: datetime | None = None


# --- learning from reviewers -------------------------------------------------------------------------------------------


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


# --- frozen comparisons ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrozenText:
    """An article's words as they were, by hash: sha256 of the body in UTF-8."""

    article_id: int
    revision: int
    sha256: str
    reader: str


@dataclass(frozen=True, slots=True)
class SnapshotCard:
    """A frozen comparison in a line."""

    id: str
    story: StoryRef
    by: str
    note: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A story as it was, built from the snapshot's own JSON and nothing else.

    `digest` is the SHA-256 of `record`, canonical JSON of the state; `id`, its beginning, is what is cited. Who froze it
    and when stand beside the state: the same state frozen twice is one snapshot. `view.rows` holds every row, read from the
    record as it is asked for.
    """

    id: str
    digest: str
    story: StoryRef
    by: str
    note: str
    at: datetime
    software: str  # "Parallax 1.0"
    reader: str
    weights: str  # digest of the fitted weights
    texts: tuple[FrozenText, ...]
    view: StoryView
    record: str


# --- classroom ---------------------------------------------------------------------------------------------------------

ClassMark = Literal["agree", "diverge", "conflict", "updated", "unsure"]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One row as a class sees it. Until revealed `verdict`, `summary`, `reasons` and every mark in the claims are left out."""

    alignment_id: int
    label: str
    cells: tuple[CellView, ...]
    tally: Mapping[str, int]  # mark -> groups, every mark named
    by_group: Mapping[str, str]  # group -> mark
    verdict: Status | None = None
    summary: str = ""
    reasons: tuple[ReasonView, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class at work on a frozen comparison (`snapshot`), so that nothing moves under its hands.

    `matched` and `marked` count marks that name a verdict (not "unsure") and those of them that say what the tool says;
    0 until revealed.
    """

    code: str
    title: str
    story: StoryRef
    snapshot: str
    by: str
    at: datetime
    columns: tuple[ArticleRef, ...]
    rows: tuple[ClassRow, ...]
    groups: tuple[str, ...]
    revealed: bool = False
    revealed_by: str | None = None
    revealed_at: datetime | None = None
    marked: int = 0
    matched: int = 0


@dataclass(frozen=True, slots=True)
class FrontView:
    stories: Slice[StoryCard]
    flagged: tuple[RowSummary, ...]
    articles: int
    claims: int
