"""Stage 4: two claims and the probability that they state the same."""

from __future__ import annotations

from dataclasses import dataclass


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
    one_matter: bool = False  # known without articles, and plausibly bearing on one matter


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Two claims of one row with the score that put them there: what `judge` turns into a Relation."""

    a: ClaimRef
    b: ClaimRef
    score: PairScore
