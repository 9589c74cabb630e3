"""Two statements someone asks about: agree, diverge, conflict, updated, unsure, or nothing to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.encoder import Encoder
from app.core.records import Article, Between, Claim, PairScore, Reason, RelationKind
from app.core.relation.found import Slots
from app.core.relation.matters import two_matters
from app.core.relation.opinion import OwnModel, guard_of
from app.core.relation.sides import Guard, Sides
from app.core.relation.verdict import GUARDS, verdict
from app.core.relation.wording import compare_wording
from app.core.relation.worth import load_worth
from app.core.thresholds import RELATION_SCORE

__all__ = ["Judged", "PairInContext", "relate_all"]

Judged = tuple[RelationKind | None, Between, tuple[Reason, ...]]
"""The relation (None: they speak of different things), between whom, and why."""


@dataclass(frozen=True, slots=True)
class PairInContext:
    """A pair with the articles it stands in and its score."""

    a: Claim
    b: Claim
    a_article: Article
    b_article: Article
    score: PairScore
    stance: RelationKind | None = None
    """What the stance model says, for statements known without articles that bear on one matter (`stance.py`)."""


def relate_all(
    asked: Sequence[PairInContext], model: OwnModel | None = None, encoder: Encoder | None = None
) -> list[Judged]:
    """One answer a pair, in order; a and b may change places.

    Two statements of two matters have nothing to do with each other. What the score aligns is judged as rows are; of what it almost aligns, only a difference that is told as one counts. Of
    the rest the stance model is heard, where the pair bears on one matter at all (`PairScore.one_matter`); all other pairs
    have nothing to do with each other. `model` is one of the user's own.
    """
    guards: tuple[Guard, ...] = (*GUARDS, compare_wording)
    if model is not None:
        guards = (*guards, guard_of(model, [(x.a, x.b) for x in asked if x.score.aligned]))
    slots = Slots(encoder) if encoder else None
    out: list[Judged] = []
    for x in asked:
        if two_matters(x.a, x.b):
            out.append((None, Between.OUTLETS, ()))
            continue
        found = verdict(Sides.of(x.a, x.b, x.a_article, x.b_article, x.score), load_worth(), guards, slots, asked=True)
        near = x.score.score >= RELATION_SCORE and found.kind not in {RelationKind.AGREE, RelationKind.UNSURE}
        kind = found.kind if x.score.aligned or near else x.stance if x.score.one_matter else None
        out.append((kind, found.between, found.reasons))
    return out
