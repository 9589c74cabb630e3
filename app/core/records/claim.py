"""Stage 3: a claim with who states it, whom, when and how many it speaks of; an article as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.core.records.page import Article

Span = tuple[int, int]
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


class Stance(StrEnum):
    """Of a speaker towards what is reported."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ASKS = "asks"
    HEDGES = "hedges"
    DECLINES = "declines"
    RETRACTS = "retracts"  # the text itself says that the report was wrong, or it was taken back


@dataclass(frozen=True, slots=True)
class Cue:
    text: str
    start: int
    end: int
    stance: Stance = Stance.ASSERTS

    @property
    def undoes(self) -> bool:
        """Whether what is reported is not told, though its words stand there."""
        return self.stance in {Stance.DENIES, Stance.RETRACTS}


@dataclass(frozen=True, slots=True)
class Attribution:
    speaker: Speaker | None
    cue: Cue | None
    content: tuple[Span, ...]
    quoted: bool = False  # wholly or mainly in the speaker's own words


DateBound = Literal["by", "from"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """`value` is ISO 8601 at its grain: 2019, 2019-Q3, 2019-11, 2019-W46, 2019-11-22, 2019-11-22T18; T18:07 where no day is told.

    A time of day is in `zone`, if one is said; two times are held against each other as instants or not at all
    (`app.core.claims.dates.instants`). `event` is the lemma of the verb or noun that the date dates, and `event_at` where it
    stands; both are known only when a language model read the sentence. `bound`: the last ("by") or the first ("from") day on which
    something may be.
    """

    text: str
    value: str
    grain: Grain
    start: int
    end: int
    upto: str | None = None  # last value of a range ("Friday and Saturday", "from 1910 to 1945")
    approximate: bool = False  # "about", "early last month"
    yearless: bool = False  # no year is said: it is the likeliest one
    zone: str | None = None  # "utc", "est", "et", "local"; None: a time of day without zone, or no time of day
    event: str | None = None
    event_at: int | None = None
    bound: DateBound | None = None


class Hedge(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class NumberRole(StrEnum):
    """What a number tells. Only numbers of one role are of one kind; a change's outcome ("to 45") is an amount."""

    AMOUNT = "amount"  # how many or how much there is
    RISE = "rise"  # by how much it went up: "rose 3 percent", "an increase of 12"
    FALL = "fall"  # by how much it went down
    FORMER = "former"  # what it was before: "from 12", "compared with 12"
    ADDED = "added"  # further ones, no total: "12 more bodies"
    MULTIPLE = "multiple"  # how many times: "doubled", "three times as many" (unit "fold")
    AGE = "age"
    SCORE = "score"  # the result of a game or a vote; `value` to `upto`
    DENIED = "denied"  # what it is not: "ten and not eleven", "ten rather than eleven"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """`value` in the unit named; `upto` closes a range; `unit` is singular ("hour", "day", "person", "usd", "percent").

    Always finite. What is counted or measured stands in the fields behind: two numbers can be held against each other only
    where none of them differs (`app.core.claims.numbers.alike`).
    """

    text: str
    value: float
    unit: str | None
    start: int
    end: int
    hedge: Hedge = Hedge.EXACT
    upto: float | None = None
    counts: str | None = None  # lemma of what is counted ("missile", "envoy", "person") when it is no unit
    fate: str | None = (
        None  # what became of those counted: "dead", "injured", "missing", "destroyed" (lexicon/counted.toml)
    )
    measure: str | None = (
        None  # what an amount measures: "price", "sentence", "depth" (lexicon/measured.toml), else its noun
    )
    of: str | None = None  # lemma of what a share is of ("voter"); of an age the noun or last name of whose it is
    per: str | None = None  # what an amount is for each of: "share", "year"
    role: NumberRole = NumberRole.AMOUNT


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
    ALLEGED = "alleged"  # accused or suspected of it, allegedly: said of somebody, not found


@dataclass(frozen=True, slots=True)
class Action:
    """What is said to be done: a class of the lexicon ("apologise", "terminate"), who does it to whom.

    A verb of no class (`listed` is false) goes by its lemma. What a noun only names ("since the launch") is not `told`.
    """

    cls: str
    polarity: Polarity
    modality: Modality
    start: int  # the trigger word(s)
    end: int
    agent: str | None = None  # actor key
    target: str | None = None  # actor key
    listed: bool = True
    told: bool = True


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
    `within` names the claim this one is nested in (an attribution inside an attribution). `clauses` are the statements that
    it holds, one at least, in order: a sentence with three facts holds three.
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
    actions: tuple[Action, ...] = ()  # of the lexicon's classes, main one first
    acts: tuple[Action, ...] = ()  # these, and what every other verb says is done, in text order
    words: tuple[Word, ...] = ()
    clauses: tuple[Span, ...] = ()
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
