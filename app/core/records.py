"""The records that pass from stage to stage: frozen values, no behaviour beyond reading themselves.

    Page -> Article -> Reading (Claims, Actors) -> Alignment (rows) -> Relation (with Reasons)

Offsets are Python string indices, half open, into the text named beside them. A `Claim` with `where == "body"` points
into `Article.text`; with `where == "headline"` into `Article.headline`. For every claim and mention
`text == source[start:end]` holds; a property test says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal

__all__ = [
    "Action",
    "Actor",
    "ActorKind",
    "ActorMention",
    "AlignedPair",
    "Alignment",
    "Article",
    "Attribution",
    "Between",
    "Claim",
    "ClaimRef",
    "Cue",
    "DateMention",
    "Dimension",
    "Grain",
    "Hedge",
    "Hints",
    "Meta",
    "Modality",
    "NumberMention",
    "Outcome",
    "Outlet",
    "Page",
    "PageKind",
    "PairScore",
    "Polarity",
    "PublishedFrom",
    "Reading",
    "Reason",
    "Relation",
    "RelationKind",
    "ScorePart",
    "Span",
    "Speaker",
    "Status",
    "Utterance",
    "Word",
    "WordKind",
    "Wording",
    "replace",
]

Span = tuple[int, int]


# --- 1 and 2: page and article -------------------------------------------------------------------------------------


class PublishedFrom(StrEnum):
    """Where a publication date comes from, most trusted first."""

    MANIFEST = "manifest"
    OPTION = "option"
    META = "meta"
    URL = "url"
    TEXT = "text"


class PageKind(StrEnum):
    FLAT = "flat"  # the text of a whole page, menus and captions included: to be cleaned
    EXTRACTED = "extracted"  # a body that an HTML extractor or a feed gave: to be checked, hardly cleaned
    BODY = "body"  # a body already: kept to the letter (`--as-is`)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher. `names` are the forms its name takes in site names, datelines and options."""

    key: str
    name: str
    country: str | None = None  # ISO 3166 alpha-2
    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person said of a page (manifest row, command option, form field); goes before what is found."""

    id: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    headline: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What the page's own markup says (JSON-LD, meta, Open Graph, canonical link, feed entry)."""

    headline: str | None = None
    bylines: tuple[str, ...] = ()
    published: date | None = None
    published_from: PublishedFrom | None = None
    site_name: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched or pasted page as text, with what is known about it. `origin` names it in messages."""

    origin: str
    text: str
    kind: PageKind = PageKind.FLAT
    hints: Hints = Hints()
    meta: Meta = Meta()
    excerpt: bool = False  # known to be a part of the article only (a feed's summary)


@dataclass(frozen=True, slots=True)
class Article:
    """One report. `text` is the body in the outlet's own words; nothing in it is rewritten."""

    text: str
    id: str | None = None
    outlet: str | None = None
    headline: str | None = None
    bylines: tuple[str, ...] = ()
    published: date | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    language: str = "en"
    story: str | None = None  # asked for by manifest or option
    excerpt: bool = False  # the body is cut off ("read more", an ellipsis at the end)
    origin: str = ""


# --- 3: claims -----------------------------------------------------------------------------------------------------

Grain = Literal["year", "quarter", "month", "week", "day", "hour", "minute"]


class ActorKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    TREATY = "treaty"
    UNNAMED = "unnamed"  # "a presidential aide", "sources with direct knowledge"


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of an article. `aliases` are the forms seen in it; `role` as stated there."""

    key: str  # slug, stable: "toshimitsu-motegi", "south-korea"
    name: str
    kind: ActorKind
    role: str | None = None
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False  # a bare name that two actors of this article bear
    side: str | None = None  # key of the state it speaks for: a minister's or a ministry's


@dataclass(frozen=True, slots=True)
class ActorMention:
    key: str
    name: str
    kind: ActorKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asserts. `start == end` when known only from context (a speaker carried over from an earlier sentence).

    A pronoun or description ("he", "the aide") has its own offsets and the key of the actor it was resolved to.
    """

    key: str
    name: str
    kind: ActorKind
    start: int = 0
    end: int = 0
    role: str | None = None
    text: str = ""  # the words at the offsets


@dataclass(frozen=True, slots=True)
class Cue:
    text: str
    start: int
    end: int
    stance: Literal["asserts", "denies", "asks", "hedges", "declines"] = "asserts"


@dataclass(frozen=True, slots=True)
class Attribution:
    speaker: Speaker | None
    cue: Cue | None
    content: tuple[Span, ...]
    quoted: bool = False  # wholly or mainly in the speaker's own words


@dataclass(frozen=True, slots=True)
class DateMention:
    """`value` is ISO 8601 at its grain: 2019, 2019-Q3, 2019-11, 2019-W46, 2019-11-22, 2019-11-22T18."""

    text: str
    value: str
    grain: Grain
    start: int
    end: int
    upto: str | None = None  # last value of a range ("Friday and Saturday", "from 1910 to 1945")
    approximate: bool = False  # "about", "early last month"


class Hedge(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """`value` in the unit named; `upto` closes a range; `unit` is singular ("hour", "day", "person", "usd", "percent")."""

    text: str
    value: float
    unit: str | None
    start: int
    end: int
    hedge: Hedge = Hedge.EXACT
    upto: float | None = None
    counts: str | None = None  # lemma of what is counted ("missile", "envoy") when it is no unit


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    FACT = "fact"
    FUTURE = "future"  # will, plans to, pledged to
    POSSIBLE = "possible"  # may, might, could
    NECESSARY = "necessary"  # must, had to
    CONDITIONAL = "conditional"  # as long as, if, unless
    ASKED = "asked"  # urged, requested, called for: wanted, not done


@dataclass(frozen=True, slots=True)
class Action:
    """What is said to be done: a class of the lexicon ("apologise", "terminate"), who does it to whom."""

    cls: str
    polarity: Polarity
    modality: Modality
    start: int  # the trigger word(s)
    end: int
    agent: str | None = None  # actor key
    target: str | None = None  # actor key


WordKind = Literal["verb", "noun", "name", "other"]


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of the claim: what matching compares. Function words are left out."""

    lemma: str
    kind: WordKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement: a sentence, or a part of one that stands on its own.

    `attributions` runs from the outermost speaker inwards and is empty for the outlet's own voice. The span covers the
    reporting frame and what is reported; `content` (of the innermost attribution) says which part is reported.
    `within` names the claim this one is nested in (an attribution inside an attribution).
    """

    id: str
    start: int
    end: int
    text: str
    where: Literal["body", "headline"] = "body"
    sentence: Span = (0, 0)  # the sentence(s) the claim stands in
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    numbers: tuple[NumberMention, ...] = ()
    actions: tuple[Action, ...] = ()  # main one first
    words: tuple[Word, ...] = ()
    within: str | None = None
    utterance: str | None = None  # the claim that carries the frame of a quotation which this sentence goes on with

    @property
    def action(self) -> Action | None:
        return self.actions[0] if self.actions else None

    @property
    def speaker(self) -> Speaker | None:
        """The innermost speaker: whose statement it is."""
        return self.attributions[-1].speaker if self.attributions else None

    @property
    def content(self) -> tuple[Span, ...]:
        """What is stated, without the reporting frame."""
        return self.attributions[-1].content if self.attributions else ((self.start, self.end),)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read: its claims, its actors, and what read it ("en_core_web_sm 3.8.0" or "rules")."""

    article: Article
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    reader: str = "rules"


# --- 4: alignment --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class ClaimRef:
    """A claim inside a set of readings: index of the article, id of the claim."""

    article: int
    claim: str


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One step of the score: `say` is a sentence a reader understands, `weight` what it moved the log-odds by."""

    name: str
    value: float
    weight: float
    say: str


@dataclass(frozen=True, slots=True)
class PairScore:
    """`score` is a probability that both state the same proposition."""

    score: float
    aligned: bool
    parts: tuple[ScorePart, ...] = ()
    shared: tuple[str, ...] = ()  # terms that both share, weightiest first


# --- 5: relation ---------------------------------------------------------------------------------------------------


class RelationKind(StrEnum):
    CONFLICT = "conflict"
    DIVERGE = "diverge"
    UPDATED = "updated"
    AGREE = "agree"


class Status(StrEnum):
    """Of a row: its strongest relation, or single-source."""

    CONFLICT = "conflict"
    DIVERGE = "diverge"
    UPDATED = "updated"
    AGREE = "agree"
    SINGLE = "single-source"


class Between(StrEnum):
    OUTLETS = "outlets"
    ACTORS = "actors"


class Dimension(StrEnum):
    DATE = "date"
    NUMBER = "number"
    POLARITY = "polarity"
    ROLE = "role"
    SPEAKER = "speaker"
    PLACE = "place"
    WORDING = "wording"


class Outcome(StrEnum):
    """What a guard found in one dimension."""

    SAME = "same"
    DETAIL = "detail"  # one says more, nothing against the other
    DIFFERS = "differs"  # materially different, both could stand
    EXCLUDES = "excludes"  # cannot both be true of the same thing at the same time
    LATER = "later"  # differs because time passed


@dataclass(frozen=True, slots=True)
class Reason:
    """Typed evidence on one dimension. `a` and `b` are the words (or "" when one is silent), spans into each text."""

    dimension: Dimension
    outcome: Outcome
    a: str
    b: str
    say: str
    a_span: Span | None = None
    b_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    a: ClaimRef
    b: ClaimRef
    score: PairScore
    kind: RelationKind
    between: Between
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Two claims of one row with the score that put them there: what `judge` turns into a Relation."""

    a: ClaimRef
    b: ClaimRef
    score: PairScore


@dataclass(frozen=True, slots=True)
class Wording:
    """What one claim has of an utterance. Offsets are into the text the claim points into."""

    claim: ClaimRef
    text: str
    start: int
    end: int
    quoted: bool = True  # in quotation marks; a paraphrase otherwise


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something one speaker said once, as two or more articles give it: translated or cut differently.

    `why` are sentences a reader understands (the same speaker, the same day, how like the words are); `likeness` is that
    of the least like wording with its best match, 0 to 1.
    """

    speaker: str  # actor key
    name: str
    wordings: tuple[Wording, ...]
    why: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """One row of the side-by-side view. `id` is unique in one result; the store gives rows a lasting one.

    `pairs` are the pairs worth judging, in the order of their claims: every two claims of different articles, and two
    actors' claims of one article where the row holds such a difference. `score` is the probability that two claims of
    different articles in it state one proposition; a reader's strictness is the least score of the rows he sees.
    """

    id: str
    label: str
    status: Status
    claims: tuple[ClaimRef, ...]
    relations: tuple[Relation, ...] = field(default=())
    pairs: tuple[AlignedPair, ...] = ()
    score: float = 1.0
    utterances: tuple[Utterance, ...] = ()
