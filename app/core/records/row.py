"""Stages 4 and 5: a row of the side-by-side view, made first and judged then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.records.claim import Span
from app.core.records.pair import AlignedPair, ClaimRef
from app.core.records.relation import Relation


class Status(StrEnum):
    """Of a row: its strongest relation, or single-source. In order of strength, which is that of what a reader sees first."""

    CONFLICT = "conflict"
    DIVERGE = "diverge"
    UPDATED = "updated"
    UNSURE = "unsure"
    AGREE = "agree"
    SINGLE = "single-source"


VERDICTS = tuple(s for s in Status if s not in (Status.UNSURE, Status.SINGLE))
"""What a person may say of a row: who is not sure says nothing, and that one outlet alone tells it is no opinion."""


@dataclass(frozen=True, slots=True)
class Comparer:
    """What makes rows. `name` is what pages say has run: the encoder, or `BY_WORDS` where there is none; `version` is a digest of
    all that rows depend on (`core/digests.py`). Both are "" where nobody told (`UNTOLD`).
    """

    name: str
    version: str


UNTOLD = Comparer("", "")
BY_WORDS = "words alone"
"""The name of what compares without an encoder."""


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
    `clauses` runs beside `claims`: the statement of each that puts it into the row, by offsets.

    `probability`, 0 to 1, is that of the status being right: that of the relation that gave it, the surest of several; of a
    row in agreement the least of its relations', since one pair that differs would undo it. Of an unsure row it is, as of
    the relation, the probability that two do not tell the same. 1.0 where nothing was judged.
    """

    id: str
    label: str
    status: Status
    claims: tuple[ClaimRef, ...]
    relations: tuple[Relation, ...] = ()
    pairs: tuple[AlignedPair, ...] = ()
    score: float = 1.0
    utterances: tuple[Utterance, ...] = ()
    probability: float = 1.0
    clauses: tuple[Span, ...] = ()
