"""The records that pass from stage to stage: frozen values, no behaviour beyond reading themselves.

    Page -> Article -> Reading (Claims, Actors) -> Alignment (rows) -> Relation (with Reasons)

Offsets are Python string indices, half open, into the text named beside them. A `Claim` with `where == "body"` points
into `Article.text`; with `where == "headline"` into `Article.headline`. A headline that opens the text is read there, as
a claim of the body and once (`app.core.text.is_headline`). For every claim and mention
`text == source[start:end]` holds; a property test says so.
"""

from app.core.records.claim import (
    Action,
    Actor,
    ActorKind,
    ActorMention,
    Attribution,
    Claim,
    Cue,
    DateBound,
    DateMention,
    Grain,
    Hedge,
    Modality,
    NumberMention,
    NumberRole,
    Polarity,
    Reading,
    Span,
    Speaker,
    Stance,
    Word,
    WordKind,
)
from app.core.records.page import Article, Hints, Meta, Outlet, Page, PageKind, PublishedFrom
from app.core.records.pair import AlignedPair, ClaimRef, PairScore, ScorePart
from app.core.records.relation import PROBABILITY_PLACES, Between, Dimension, Outcome, Reason, Relation, RelationKind
from app.core.records.row import BY_WORDS, UNTOLD, VERDICTS, Alignment, Comparer, Status, Utterance, Wording

__all__ = [
    "BY_WORDS",
    "PROBABILITY_PLACES",
    "UNTOLD",
    "VERDICTS",
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
    "Comparer",
    "Cue",
    "DateBound",
    "DateMention",
    "Dimension",
    "Grain",
    "Hedge",
    "Hints",
    "Meta",
    "Modality",
    "NumberMention",
    "NumberRole",
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
    "Stance",
    "Status",
    "Utterance",
    "Word",
    "WordKind",
    "Wording",
]
