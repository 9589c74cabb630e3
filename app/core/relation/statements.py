"""Two statements someone asks about: agree, diverge, conflict, updated, or nothing to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.records import Article, Between, Claim, Outcome, PairScore, Reason, RelationKind
from app.core.relation.apart import speak_of_two_things
from app.core.relation.classify import GUARDS, between, classify, collect
from app.core.relation.context import Context, Guard
from app.core.relation.opinion import OwnModel, guard_of
from app.core.relation.stance import applies, features, load_model

__all__ = ["Asked", "Judged", "relate", "relate_all"]

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

    Guards decide what the score aligns, and what they find excluded of one thing; `model`, one of the user's own, is heard on
    aligned pairs as one guard more. Of the rest, two longer statements without articles are asked whether one backs or
    weakens the other (`stance.py`).
    """
    guards = GUARDS if model is None else (*GUARDS, guard_of(model, [(x.a, x.b) for x in asked if x.score.aligned]))
    return [_relate(x, guards) for x in asked]


def _relate(x: Asked, guards: Sequence[Guard]) -> Judged:
    context = Context(x.a_article, x.b_article, x.score)
    reasons = collect(x.a, x.b, context, guards)
    return _kind(x.a, x.b, context, reasons), between(x.a, x.b, context, reasons), reasons


def _kind(a: Claim, b: Claim, context: Context, reasons: tuple[Reason, ...]) -> RelationKind | None:
    if speak_of_two_things(a, b, reasons):
        return None
    if context.score.aligned or any(r.outcome is Outcome.EXCLUDES for r in reasons):
        return classify(reasons)
    bare = context.a_article.headline is None and context.b_article.headline is None
    if bare and applies(a, b):
        return _STANCES[load_model().answer(features(a, b, context.score, reasons))]
    return None
