"""Two statements someone asks about: agree, diverge, conflict, updated, or nothing to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import thresholds
from app.core.records import Article, Between, Claim, Outcome, PairScore, Reason, RelationKind
from app.core.relation.apart import speak_of_two_things
from app.core.relation.classify import GUARDS, between, classify, collect
from app.core.relation.context import Context
from app.core.relation.opinion import OwnModel, guard_of
from app.core.relation.stance import applies, features, load_model

__all__ = ["Asked", "Judged", "by_guards", "relate", "relate_all"]

_STANCES = {"agree": RelationKind.AGREE, "contradict": RelationKind.DIVERGE, "neutral": None}

Judged = tuple[RelationKind | None, Between, tuple[Reason, ...]]
"""The relation (None: they speak of different things), between whom, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair with the articles it stands in and its score; `story` names what it is asked along with."""

    a: Claim
    b: Claim
    a_article: Article
    b_article: Article
    score: PairScore
    story: str | None = None


def relate(a: Claim, b: Claim, a_article: Article, b_article: Article, score: PairScore) -> Judged:
    """The relation of two claims that nothing else is asked along with."""
    return relate_all([Asked(a, b, a_article, b_article, score)])[0]


def relate_all(asked: Sequence[Asked], model: OwnModel | None = None) -> list[Judged]:
    """One answer a pair, in order; a and b may change places.

    Guards decide what the score aligns, and of what it almost aligns that they find excluded of one thing; `model`, one of
    the user's own, is heard on aligned pairs as one guard more. Two longer statements that the score does not align, known
    without articles and bearing on one matter (`PairScore.one_matter`), are asked whether one backs or weakens the other
    (`stance.py`), pairs of one `story` together. All other pairs have nothing to do with each other.
    """
    guards = GUARDS if model is None else (*GUARDS, guard_of(model, [(x.a, x.b) for x in asked if x.score.aligned]))
    out: list[Judged] = []
    open_pairs: dict[str | None, list[int]] = {}
    for k, x in enumerate(asked):
        context = Context(x.a_article, x.b_article, x.score)
        reasons = collect(x.a, x.b, context, guards)
        decided, kind = by_guards(x, reasons)
        if not decided:
            open_pairs.setdefault(x.story, []).append(k)
        out.append((kind, between(x.a, x.b, context, reasons), reasons))
    for members in open_pairs.values():
        answers = load_model().answer(features([(asked[k].a, asked[k].b) for k in members]))
        for k, answer in zip(members, answers, strict=True):
            out[k] = (_STANCES[answer], *out[k][1:])
    return out


def by_guards(x: Asked, reasons: Sequence[Reason]) -> tuple[bool, RelationKind | None]:
    """Whether guards decide, and what they say; undecided pairs are for the stance model."""
    if not x.score.aligned and x.score.one_matter and applies(x.a, x.b):
        return False, None
    if speak_of_two_things(x.a, x.b, reasons):
        return True, None
    if x.score.aligned or (_near(x.score) and any(r.outcome is Outcome.EXCLUDES for r in reasons)):
        return True, classify(reasons)
    return True, None


def _near(score: PairScore) -> bool:
    """Likely enough to be of one thing that what excludes is a conflict, and not another thing."""
    return score.score >= thresholds.RELATION_SCORE
