"""Stage 5: the judgement on two claims of one row, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.records.claim import Span
from app.core.records.pair import ClaimRef, PairScore

PROBABILITY_PLACES = 3
"""Places after the point of a probability that is shown or given to programs; the core and the tables keep all."""


class RelationKind(StrEnum):
    """In order of strength. `unsure`: the two may differ or tell of two things, and it is for the reader to say."""

    CONFLICT = "conflict"
    DIVERGE = "diverge"
    UPDATED = "updated"
    UNSURE = "unsure"
    AGREE = "agree"


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
    """The judgement on two claims; the same whichever of them is `a`.

    `probability`, 0 to 1, is that of the kind being right; of `unsure` that the two do not tell the same.
    """

    a: ClaimRef
    b: ClaimRef
    score: PairScore
    kind: RelationKind
    between: Between
    reasons: tuple[Reason, ...] = ()
    probability: float = 1.0
